"""A week on the table, by hand: no database, exact values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from clearshift.i18n import speaker
from dashboard.board.opened import Opened
from db.plans import PlanState, PlanVersion, Publication, StoredPlan
from db.sheets.edition import Voice
from domain.draft import Move, Step, edited
from domain.plan import Assignment, Plan
from domain.problem import Problem
from tests.scheduler.worlds import MONDAY

NOW = datetime(2026, 3, 1, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
"""The Sunday before the week."""
MADE = datetime(2026, 2, 27, 4, tzinfo=UTC)
ENGLISH = Voice("en", speaker("en", 2026))
CHINESE = Voice("zh", speaker("zh", 2026))


def version(number: int = 1, *, published: bool = False, parent: int | None = None) -> PlanVersion:
    """One version of the week, by Li."""
    made = PlanVersion("C", MONDAY, number, 1, parent, "Li", "", MADE, "f")
    if not published:
        return made
    return PlanVersion(
        "C", MONDAY, number, 1, parent, "Li", "", MADE, "f",
        PlanState.PUBLISHED, Publication(1, "Wang", MADE + timedelta(hours=1)),
    )  # fmt: skip


def on_table(
    problem: Problem,
    plan: Plan,
    *moves: Move,
    now: datetime = NOW,
    versions: Iterable[PlanVersion] = (),
    who: str = "Li",
) -> Opened:
    """The plan as version 1, and each move as a step on it."""
    known = tuple(versions) or (version(),)
    steps = tuple(Step(n, who, MADE, (one,)) for n, one in enumerate(moves, 1))
    force = next((one for one in known if one.published), None)
    return Opened(
        problem, MONDAY, now, known, StoredPlan(known[0], plan, None, ""), steps,
        edited(plan, steps), force,
    )  # fmt: skip


def sitting(plan: Plan, patient: str, place: int = 0) -> Assignment:
    """One of a patient's sessions, by default the first."""
    return plan.by_patient[patient][place]
