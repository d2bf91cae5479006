"""`clearshift bad-day`: far too few machines, and who comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated

import typer

from clearshift.cli.bad_day_page import bad_day_document, bad_day_page
from clearshift.cli.bad_day_papers import bad_day_folder, bad_day_papers, number_of
from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.kept import signature
from clearshift.cli.options import (
    Author,
    CenterCode,
    NoSheets,
    Note,
    Seconds,
    SheetFolder,
    Week,
    Workers,
)
from clearshift.cli.plan_page import version_line
from clearshift.cli.refusal import Refusal
from clearshift.cli.run import effort_of
from clearshift.cli.titles import title
from clearshift.cli.underway import At, Store, Wished, require_code, underway
from clearshift.cli.weeks import asked_week
from clearshift.settings import Settings
from dashboard.planning.bad_day import Ordered, lost_stations, ordered, stored_bad_day
from dashboard.planning.standing import StandingWeek
from db.chain import Signed
from db.connection import writing
from db.opening import open_database
from db.plans import PlanVersion
from db.sheets.conditions import ConditionsRefused, read_conditions
from db.sheets.edition import Imprint
from domain.bad_day import BadDay, Condition, DoctorsRule
from domain.easing import LEAST_MINUTES
from domain.words import words
from scheduler.bad_day.answer import bad_day as answer
from scheduler.planner import Onlooker

Lost = Annotated[
    list[str] | None,
    typer.Option(
        "--lost",
        metavar=str(words("CODES")),
        help=str(words("Stations, machines or zones that are out; commas between them.")),
    ),
]
Until = Annotated[
    str | None,
    typer.Option(
        metavar=str(words("TIME")),
        help=str(words("When they are back, 2026-03-06T12:00; otherwise not this week.")),
    ),
]


def bad_day(
    context: typer.Context,
    lost: Lost = None,
    until: Until = None,
    minutes: Annotated[
        int | None,
        typer.Option(
            min=LEAST_MINUTES,
            max=600,
            help=str(words("The doctor allows sessions as short as this.")),
        ),
    ] = None,
    line: Annotated[
        int | None,
        typer.Option(
            min=1, max=14, help=str(words("The doctor's longest gap in days for these days."))
        ),
    ] = None,
    plain: Annotated[
        bool,
        typer.Option("--plain", help=str(words("The doctor allows plain HD for everybody."))),
    ] = False,
    more_turns: Annotated[
        bool,
        typer.Option(
            "--more-turns",
            help=str(words("Cut days that have not begun into more turns; needs --minutes.")),
        ),
    ] = False,
    source: Annotated[
        str,
        typer.Option(
            "--source",
            metavar=str(words("TEXT")),
            help=str(words("Which doctor allows it, and when; needed for what is allowed.")),
        ),
    ] = "",
    conditions: Annotated[
        Path | None,
        typer.Option(
            metavar=str(words("FILE")),
            help=str(words("CSV with patient, gain kg, dry weight kg, flag.")),
        ),
    ] = None,
    week: Week = None,
    at: At = None,
    center: CenterCode = None,
    seconds: Seconds = None,
    workers: Workers = None,
    out: SheetFolder = None,
    no_sheets: NoSheets = False,
    store: Store = False,
    author: Author = None,
    note: Note = "",
) -> int:
    """Plans the rest of the week for what is left: the worst wait as short as it can be, then by
    the order of the people. The exit code is 1 if somebody has to wait too long."""
    call = call_of(context)
    settings = settings_of(call)
    rule = _rule(DoctorsRule(source.strip(), minutes, line, plain, more_turns))
    there = underway(settings, Wished(asked_week(week), center, at))
    asked = _ordered(there, rule, tuple(lost or ()), until, conditions)
    effort = effort_of(settings.plan, seconds, None, workers, deterministic=False)
    call.output.note(title(asked.problem, call.say), words("Searching ..."))
    found = answer(
        asked.problem, asked.known, asked.conditions, rule, asked.now, effort, Onlooker(monotonic)
    )
    signed = Signed(signature(author, note, publish=False).author, datetime.now(UTC), note)
    version = _stored(settings, there, asked, found, signed) if store else None
    papers = None
    if not no_sheets:
        imprint = Imprint(there.now.replace(tzinfo=None), number_of(version), signed.author)
        folder = out or bad_day_folder(settings.output.folder, asked, version)
        papers = bad_day_papers(call, asked, found, imprint, folder)
    say = call.say_in(asked.problem.first_day.year)
    call.output.result(
        bad_day_document(asked, found, version, papers),
        *bad_day_page(asked, found, papers, say),
        *(() if version is None else (version_line(version, say),)),
    )
    return 0 if not found.beyond else 1


def _stored(
    settings: Settings, there: StandingWeek, asked: Ordered, found: BadDay, signed: Signed
) -> PlanVersion:
    with writing(open_database(settings.database.url)) as session:
        return stored_bad_day(session, there.stored, asked, found, signed)


def _rule(rule: DoctorsRule) -> DoctorsRule:
    """Nothing is allowed that nobody answers for."""
    if rule.more_turns and rule.minutes is None:
        raise Refusal(words("--more-turns needs --minutes: how short a session may be."))
    if rule != DoctorsRule(rule.source) and not rule.source:
        raise Refusal(
            words("What a doctor allows needs --source: which doctor, and when it was said.")
        )
    return rule


def _ordered(
    there: StandingWeek,
    rule: DoctorsRule,
    lost: tuple[str, ...],
    until: str | None,
    file: Path | None,
) -> Ordered:
    codes = tuple(code for text in lost for code in text.replace("、", ",").split(",") if code)
    register = there.problem.register
    known = {one.code for one in register.stations}
    known |= {one.code for one in register.machines} | {one.code for one in register.zones}
    for code in codes:
        require_code(code, tuple(sorted(known)))
    stations = lost_stations(there.problem, codes, there.now.date())
    end = _end(until)
    asked = ordered(there.problem, there.plan, there.monday, there.now, rule, stations, end)
    if asked.over:
        raise Refusal(words("Nothing is left to plan in the week of {week}.", week=there.monday))
    return replace(asked, conditions=_conditions(asked, file))


def _end(until: str | None) -> datetime | None:
    if until is None:
        return None
    try:
        found = datetime.fromisoformat(until)
    except ValueError as error:
        raise Refusal(
            words("--until: {value} is not a time such as 2026-03-06T12:00.", value=until)
        ) from error
    return found.replace(tzinfo=None)


def _conditions(asked: Ordered, file: Path | None) -> tuple[Condition, ...]:
    if file is None:
        return ()
    try:
        return read_conditions(file.read_bytes(), asked.problem, file.name)
    except ConditionsRefused as refused:
        raise Refusal(*(one.words() for one in refused.problems)) from refused
