"""`clearshift flow`: who is connected when, so that nurses' hands are enough."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

import typer

from clearshift.cli.call import Call, call_of
from clearshift.cli.clock import now_at
from clearshift.cli.configured import settings_of
from clearshift.cli.flow_page import flow_document, flow_page
from clearshift.cli.given import Given, Wanted
from clearshift.cli.options import CenterCode, Version, Week
from clearshift.cli.refusal import Refusal
from clearshift.cli.stored import stored_plan
from clearshift.cli.times import found_times, pace_of
from clearshift.cli.titles import title, week_remark
from clearshift.cli.weeks import asked_week
from clearshift.settings import Settings
from dashboard.planning.staggered import promises_of
from db.connection import reading, writing
from db.cues import load_cues, store_cues
from db.opening import open_database
from db.plans import StoredPlan
from domain.choreography import UNSTAGGERED, Pace
from domain.frozen import in_weeks
from domain.plan import Plan
from domain.words import words
from scheduler.choreography.flow import Flowed
from scheduler.choreography.judge import judge
from scheduler.choreography.scene import Promises


def flow(
    context: typer.Context,
    week: Week = None,
    version: Version = None,
    center: CenterCode = None,
    day: Annotated[
        str | None,
        typer.Option(
            metavar=str(words("DATE")),
            help=str(words("Every task of one day of the week, such as 2026-03-02.")),
        ),
    ] = None,
    apart: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=120,
            help=str(words("Try another number of minutes between two tasks; stores nothing.")),
        ),
    ] = None,
    latest: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=240,
            help=str(words("Try another latest begin after the shift's; stores nothing.")),
        ),
    ] = None,
) -> int:
    """Finds the times that a version has not yet, stores them with it, and judges them; the exit
    code is 1 if a station is not ready in time or a rule of a patient is broken."""
    call = call_of(context)
    settings = settings_of(call)
    there, stored = stored_plan(settings, Wanted(asked_week(week), center=center), version)
    shown = _day(day, there)
    pace = pace_of(settings.flow)
    found: Flowed | None
    if apart is None and latest is None:
        there, found = _kept(settings, there, stored, pace)
    else:
        pace = replace(pace, apart=apart or pace.apart, latest=_either(latest, pace.latest))
        there, found = _tried(settings, there, stored, pace)
    return _tell(call, there, stored, pace, found, shown)


def _either(asked: int | None, usual: int) -> int:
    return usual if asked is None else asked


def _day(asked: str | None, there: Given) -> date | None:
    """The day whose tasks are wanted. Raises Refusal if it is none of the plan."""
    if asked is None:
        return None
    for day in there.problem.days:
        if day.isoformat() == asked:
            return day
    raise Refusal(
        words(
            "{day} is not a day of the plan from {first} to {last}.",
            day=asked,
            first=there.problem.days[0],
            last=there.problem.days[-1],
        )
    )


def _kept(
    settings: Settings, there: Given, stored: StoredPlan, pace: Pace
) -> tuple[Given, Flowed | None]:
    """The version with every time it has, those found now included."""
    engine, version = open_database(settings.database.url), stored.version
    key = (version.center, version.first_day)
    problem, now = there.problem, now_at(there.problem.register.center)
    with reading(engine) as session:
        promises = promises_of(session, problem, stored.plan, version.number, now)
    found = found_times(settings, problem, stored.plan, promises, pace)
    if found is not None:
        with writing(engine) as session:
            store_cues(session, key, version.number, found.choreography.cues)
    with reading(engine) as session:
        times = load_cues(session, key, version.number)
    return replace(there, problem=replace(problem, choreography=times)), found


def _tried(
    settings: Settings, there: Given, stored: StoredPlan, pace: Pace
) -> tuple[Given, Flowed | None]:
    found = found_times(settings, there.problem, stored.plan, Promises(), pace)
    if found is None:
        return there, None
    return replace(there, problem=replace(there.problem, choreography=found.choreography)), found


def _tell(
    call: Call,
    there: Given,
    stored: StoredPlan,
    pace: Pace,
    found: Flowed | None,
    day: date | None,
) -> int:
    problem = there.problem
    say = call.say_in(problem.first_day.year)
    known = Plan.of(problem.first_day, problem.weeks, in_weeks(problem, stored.plan))
    rhythm = judge(problem, known, pace)
    before = judge(replace(problem, choreography=UNSTAGGERED), known, pace)
    call.output.result(
        flow_document(problem, stored.version, rhythm, before, found, day),
        title(problem, call.say),
        *week_remark(there),
        *flow_page(problem, rhythm, before, found, day, say),
    )
    return 1 if rhythm.unready or rhythm.broken else 0
