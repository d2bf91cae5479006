"""`clearshift import-plan`: an edited week taken back, as the plan's next version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Given, Wanted
from clearshift.cli.kept import keep, signature
from clearshift.cli.options import Author, CenterCode, NoSheets, Note, Publish, SheetFolder
from clearshift.cli.pages import bad, good, heading, items
from clearshift.cli.papers import Papers, print_papers, sheet_folder
from clearshift.cli.plan_document import verdict_document
from clearshift.cli.plan_files import placed, read_edited
from clearshift.cli.plan_page import papers_page, version_line
from clearshift.cli.refusal import Refusal
from clearshift.cli.seat_words import change_said
from clearshift.cli.shortages import missing
from clearshift.cli.stored import stored_plan
from clearshift.cli.titles import title
from clearshift.cli.verdict_page import all_kept, broken_rules, cost_table
from clearshift.cli.weeks import asked_week
from clearshift.settings import Settings
from db.plans import PlanVersion
from db.sheets.edited import EditedPlan
from db.sheets.plan_file import weeks_of
from domain.plan import Plan
from domain.words import Words, words
from scheduler.check import Verdict, check


@dataclass(frozen=True, slots=True)
class Taken:
    """An edited plan, what the rules say of it, and what became of it."""

    given: Given
    edited: EditedPlan
    verdict: Verdict | None = None
    version: PlanVersion | None = None
    papers: Papers | None = None


def import_plan(
    context: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(help=str(words("The edited weekly workbook, or a plan as CSV or JSON."))),
    ],
    center: CenterCode = None,
    accept_violations: Annotated[
        bool,
        typer.Option(
            "--accept-violations",
            help=str(words("Store it although hard rules are broken; --note says why.")),
        ),
    ] = False,
    author: Author = None,
    note: Note = "",
    publish: Publish = False,
    out: SheetFolder = None,
    no_sheets: NoSheets = False,
) -> int:
    """Says what changed and what is refused; stores all of it or nothing."""
    call = call_of(context)
    settings = settings_of(call)
    if accept_violations and not note.strip():
        raise Refusal(words("--accept-violations needs a reason: --note."))
    span = weeks_of(file)
    there, latest = stored_plan(settings, Wanted(span[0] if span else None, center=center))
    taken = Taken(there, read_edited(file, there.problem, latest.plan))
    plan = taken.edited.plan
    if plan is not None and taken.edited.changes:
        taken = Taken(there, taken.edited, check(there.problem, plan))
        ...
    return 0
