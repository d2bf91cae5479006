"""`clearshift plan`: the week planned, checked, stored and on paper."""

from __future__ import annotations

from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Wanted, given
from clearshift.cli.kept import signature
from clearshift.cli.options import (
    Author,
    CenterCode,
    Files,
    LogFile,
    NoSheets,
    Note,
    Publish,
    Seconds,
    Seed,
    SheetFolder,
    Week,
    Weeks,
    Workers,
)
from clearshift.cli.outage_page import outage_lines
from clearshift.cli.plan_document import document
from clearshift.cli.plan_page import next_steps, plan_page
from clearshift.cli.refusal import Refusal
from clearshift.cli.run import Order, effort_of, run
from clearshift.cli.titles import title, week_remark
from clearshift.cli.weeks import asked_week
from domain.words import words


def plan(
    context: typer.Context,
    week: Week = None,
    weeks: Weeks = 1,
    center: CenterCode = None,
    files: Files = None,
    seconds: Seconds = None,
    seed: Seed = None,
    workers: Workers = None,
    deterministic: Annotated[
        bool,
        typer.Option(
            "--deterministic",
            help=str(words("The same input gives the same plan to the byte; takes its time.")),
        ),
    ] = False,
    scratch: Annotated[
        bool,
        typer.Option(
            "--scratch", help=str(words("As if nobody had standing turns or a last week's seat."))
        ),
    ] = False,
    author: Author = None,
    note: Note = "",
    out: SheetFolder = None,
    log: LogFile = None,
    no_sheets: NoSheets = False,
    publish: Publish = False,
) -> int:
    """Plans with everything the center's data say; Ctrl-C keeps the best plan so far."""
    call = call_of(context)
    settings = settings_of(call)
    if publish and files is not None:
        raise Refusal(words("--publish needs a stored plan; --from stores nothing."))
    there = given(settings, Wanted(asked_week(week), weeks, center, files))
    call.output.note(
        title(there.problem, call.say), *week_remark(there), *outage_lines(there, call.say)
    )
    order = Order(
        effort_of(settings.plan, seconds, seed, workers, deterministic=deterministic),
        signature(author, note, publish=publish),
        scratch,
        not no_sheets,
        out,
        log,
    )
    result = run(call, settings, there, order)
    say = call.say_in(there.problem.first_day.year)
    call.output.result(document(result), *plan_page(result, say), *next_steps(result, say))
    return 0 if result.verdict.legal else 1
