"""`clearshift sheets`: the papers of a stored plan."""

from __future__ import annotations

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Wanted
from clearshift.cli.options import CenterCode, SheetFolder, Version, Week
from clearshift.cli.papers import print_papers, sheet_folder
from clearshift.cli.plan_page import papers_page
from clearshift.cli.stored import parent_plan, stored_plan
from clearshift.cli.titles import title, week_remark
from clearshift.cli.weeks import asked_week
from scheduler.check import check
from scheduler.missing import missing


def sheets(
    context: typer.Context,
    week: Week = None,
    version: Version = None,
    center: CenterCode = None,
    out: SheetFolder = None,
) -> int:
    """Writes the weekly workbook, sheets for the wall, slips, lists and calendars."""
    call = call_of(context)
    settings = settings_of(call)
    there, stored = stored_plan(settings, Wanted(asked_week(week), center=center), version)
    problem, plan = there.problem, stored.plan
    number, author = stored.version.number, stored.version.author
    folder = out or sheet_folder(settings.output.folder, problem, number)
    short = missing(problem, plan, check(problem, plan), there.outages)
    previous = parent_plan(settings, stored.version)
    papers = print_papers(call, problem, plan, number, author, short, folder, previous)
    call.output.result(
        papers,
        title(problem, call.say),
        *week_remark(there),
        *papers_page(papers, call.say),
    )
    return 0 if papers.refusal is None else 1
