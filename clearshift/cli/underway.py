"""A week under way, for the commands that mend it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from clearshift.cli.clock import now_at
from clearshift.cli.given import center_code, require_database
from clearshift.cli.kept import signature
from clearshift.cli.refusal import Refusal
from clearshift.settings import Settings
from dashboard.planning.standing import StandingWeek, standing_week
from db.chain import Signed, go_on
from db.connection import reading, writing
from db.drafts import Override
from db.fingerprint import of_problem
from db.load import load_center, load_centers
from db.opening import open_database
from db.plans import PlanVersion
from domain.plan import Plan
from domain.words import words

At = Annotated[
    str | None,
    typer.Option(
        metavar=str(words("TIME")),
        help=str(words("The center's time to go by, 2026-03-04T11:00; otherwise now.")),
    ),
]
Store = Annotated[
    bool,
    typer.Option("--store", help=str(words("Store it as a version, in force if the plan is."))),
]


@dataclass(frozen=True, slots=True)
class Wished:
    """Which week was asked for: a day of it or none, a center or none, a time to go by or none."""

    day: date | None = None
    center: str | None = None
    at: str | None = None


def underway(settings: Settings, wished: Wished) -> StandingWeek:
    """The plan of the wanted week, else of the week of the moment to go by.

    Raises Refusal, and DatabaseRefusal if there is no plan to go on from.
    """
    require_database(settings.database.url)
    with reading(open_database(settings.database.url)) as session:
        code = center_code(tuple(one.code for one in load_centers(session)), wished.center)
        center = load_center(session, code)
        now = _moment(wished.at, ZoneInfo(center.timezone)) if wished.at else now_at(center)
        day = wished.day or now.date()
        return standing_week(session, code, day, settings.plan.history_weeks, now)


@dataclass(frozen=True, slots=True)
class Decided:
    """The remark with a version, and the hard rules with their patients that it breaks because
    somebody decided so, on whose word."""

    note: str = ""
    source: str = ""
    exceptions: tuple[tuple[str, str], ...] = ()


def keep_on(
    settings: Settings, there: StandingWeek, plan: Plan, author: str | None, decided: Decided
) -> PlanVersion:
    """The plan as a version on the one it was made from, in force if that one is.

    Raises DatabaseRefusal if another version came between.
    """
    who, now = signature(author, "", publish=False).author, datetime.now(UTC)
    reason = decided.source or decided.note
    overrides = tuple(
        Override(rule, patient, who, reason, now) for rule, patient in decided.exceptions
    )
    signed = Signed(who, now, decided.note, overrides)
    with writing(open_database(settings.database.url)) as session:
        return go_on(session, there.version, plan, of_problem(there.problem), signed)


def require_code(code: str, known: tuple[str, ...]) -> None:
    """Raises Refusal with the nearest ones for a code that the center does not have."""
    if code not in known:
        near = tuple(get_close_matches(code, known)) or known[:5]
        raise Refusal(
            words("There is no {code} in the center; perhaps {near}.", code=code, near=near)
        )


def _moment(text: str, zone: ZoneInfo) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refusal(
            words("--at: {value} is not a time such as 2026-03-04T11:00.", value=text)
        ) from error
    return found.replace(tzinfo=zone) if found.tzinfo is None else found.astimezone(zone)
