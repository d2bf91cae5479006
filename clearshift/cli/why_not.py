"""`clearshift why-not`: why a patient does not have a seat, and the cheapest way to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from difflib import get_close_matches
from time import monotonic
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.clock import now_at
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Given, Wanted
from clearshift.cli.options import CenterCode, Version, Week
from clearshift.cli.outage_page import outage_lines
from clearshift.cli.refusal import Refusal
from clearshift.cli.stored import stored_plan
from clearshift.cli.titles import title, week_remark
from clearshift.cli.weeks import asked_week
from clearshift.cli.why_not_page import why_not_document, why_not_page
from clearshift.i18n import speaker
from db.plans import StoredPlan
from domain.calendar import Turn, monday_of
from domain.frozen import begun, frozen, in_weeks
from domain.plan import Plan
from domain.problem import Problem
from domain.terms import WEEKDAY_WORDS
from domain.why_not import Ask, WhyNot
from domain.words import words
from scheduler.planner import Onlooker
from scheduler.why_not.answer import ENOUGH
from scheduler.why_not.answer import why_not as asked

_LETTERS = 3
"""Of an English weekday that are enough."""


def why_not(
    context: typer.Context,
    patient: Annotated[str, typer.Argument(help=str(words("The patient's code.")))],
    day: Annotated[
        str, typer.Argument(help=str(words("A weekday, Tuesday or 2, or a date, 2026-03-03.")))
    ],
    shift: Annotated[str, typer.Argument(help=str(words("The shift's code or name.")))],
    zone: Annotated[
        str | None,
        typer.Option(metavar=str(words("CODE")), help=str(words("Only in this zone."))),
    ] = None,
    station: Annotated[
        str | None,
        typer.Option(metavar=str(words("CODE")), help=str(words("Only at this station."))),
    ] = None,
    week: Week = None,
    version: Version = None,
    center: CenterCode = None,
) -> None:
    """Names what blocks the seat, rule by rule, and the cheapest plan that has it."""
    call = call_of(context)
    on = _date(day)
    monday = asked_week(week) if on is None else monday_of(on)
    wanted = Wanted(monday, center=center)
    there, stored = stored_plan(settings_of(call), wanted, version)
    whole = there.problem
    if on is None:
        first = asked_week(week) or whole.first_day
        on = first + timedelta(days=_weekday(day) - 1)
    ask = Ask(
        _known(patient, whole.patient),
        Turn(on, _shift(whole, shift)),
        zone and _known(zone, whole.zone_stations),
        station and _known(station, whole.station),
    )
    found = _answer(there, stored, ask)
    say = call.say_in(whole.first_day.year)
    call.output.result(
        why_not_document(whole, stored.version, found),
        title(whole, call.say),
        *week_remark(there),
        *outage_lines(there, say),
        *why_not_page(whole, stored.version, found, say),
    )


def _answer(there: Given, stored: StoredPlan, ask: Ask) -> WhyNot:
    """What was put in force and has begun stays as it is."""
    whole = there.problem
    over: tuple[Turn, ...] = ()
    rows = in_weeks(whole, stored.plan)
    plan = Plan.of(whole.first_day, whole.weeks, rows)
    held = whole
    if stored.version.published is not None:
        now = now_at(whole.register.center)
        held, over = frozen(whole, rows, now), begun(whole, now)
    return asked(held, plan, ask, ENOUGH, Onlooker(monotonic), begun=over)


# --- what was meant ---------------------------------------------------------------------------


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _weekday(text: str) -> int:
    """The ISO number of a weekday said in any way, in Chinese by its last character; raises
    Refusal."""
    sought, chinese = text.strip().casefold(), speaker("zh")
    for number, name in WEEKDAY_WORDS.items():
        short = len(sought) >= _LETTERS and str(name).casefold().startswith(sought)
        ours = not sought.isascii() and sought[-1] == chinese(name)[-1]
        if sought == str(number) or short or ours:
            return number
    raise Refusal(words("{value} is neither a weekday nor a date such as 2026-03-03.", value=text))


def _shift(problem: Problem, text: str) -> str:
    """The code of a shift that is called so in any language; raises Refusal."""
    sought = text.strip().casefold()
    for shift in problem.shift.values():
        if sought in (shift.code.casefold(), shift.name.en.casefold(), shift.name.zh):
            return shift.code
    raise Refusal(
        words("There is no shift {value}; there are {shifts}.", value=text,
              shifts=tuple(problem.shift))
    )  # fmt: skip


def _known(code: str, known: Iterable[str]) -> str:
    """The code, if there is one like it; raises Refusal."""
    there = tuple(known)
    if code in there:
        return code
    near = tuple(get_close_matches(code, there)) or there[:5]
    raise Refusal(words("There is no {code} in the center; perhaps {near}.", code=code, near=near))
