"""Who goes short in a stored plan, whose wishes are not met, and who has borne what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from dashboard.planning.asked import Weeks, read_weeks
from dashboard.planning.fairness import Borne, by_month, months_of, shares
from dashboard.planning.result import known_part
from dashboard.planning.short import closing
from db.history import borne_before
from db.plans import PlanVersion, load_plan
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import Words, words
from scheduler.check import Verdict, check
from scheduler.missing import Missing, missing

HABIT_RULES = frozenset(
    {"few_moves", "standing_pattern", "one_shift", "regular_days", "same_station", "one_station"}
)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A stored plan and everything that it leaves open, by the data as they are now."""

    version: PlanVersion
    weeks: Weeks
    plan: Plan
    verdict: Verdict
    short: tuple[Missing, ...]
    months: tuple[date, ...]
    borne: tuple[Borne, ...]

    @property
    def problem(self) -> Problem:
        """The center in the plan's weeks."""
        return self.weeks.problem


@dataclass(frozen=True, slots=True)
class ShortRow:
    """A patient's week without all its sessions. Counts are missing where the plan breaks hard
    rules, as then nobody can say."""

    patient: str
    monday: date | None
    planned: int | None
    wanted: int | None
    reason: Words
    closing: tuple[Words, ...]


def unmet_of(
    session: Session, center: str, first_day: date, history_weeks: int, now: datetime
) -> Unmet:
    """The latest version. Raises DatabaseRefusal if there is none."""
    stored = load_plan(session, center, first_day)
    weeks = read_weeks(session, center, first_day, stored.plan.weeks, history_weeks, now)
    plan = known_part(weeks.problem, stored.plan)
    verdict = check(weeks.problem, plan)
    rows = borne_before(session, center, first_day, history_weeks)
    found = by_month(rows, weeks.problem.shift)
    return Unmet(
        stored.version, weeks, plan, verdict,
        missing(weeks.problem, plan, verdict, weeks.outages),
        months_of(found), shares(weeks.problem, plan, found),
    )  # fmt: skip


def short_rows(short: Iterable[Missing]) -> Iterator[ShortRow]:
    """Everybody who goes short, those who miss most first."""
    for one in sorted(short, key=_weight):
        detail = one.detail
        if detail is None:
            said = words("Mend the broken hard rules first; then the reason can be told.")
            yield ShortRow(one.patient, None, None, None, one.reason, (said,))
        else:
            yield ShortRow(
                one.patient, detail.monday, detail.planned, detail.wanted, one.reason,
                tuple(closing(detail)),
            )  # fmt: skip


def grouped(paid: Iterable[Violation], rules: frozenset[str] | None) -> Mapping[str, int]:
    """What the violations of some rules, or of all, cost each patient, the dearest first."""
    found: dict[str, int] = {}
    for one in _of(paid, rules):
        if one.patient:
            found[one.patient] = found.get(one.patient, 0) + one.cost
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def told(
    paid: Iterable[Violation], rules: frozenset[str] | None, patient: str | None
) -> tuple[Violation, ...]:
    """Every violation of some rules, or of all, that costs something, by patient."""
    mine = (one for one in _of(paid, rules) if patient in (None, one.patient))
    return tuple(sorted(mine, key=lambda one: (one.patient or "~", one.rule, str(one.words))))


def _of(paid: Iterable[Violation], rules: frozenset[str] | None) -> Iterator[Violation]:
    for one in paid:
        if one.cost and one.rule != "everyone_placed" and (rules is None or one.rule in rules):
            yield one


def _weight(one: Missing) -> tuple[int, str]:
    return (-(one.detail.missing if one.detail else 0), one.patient)
