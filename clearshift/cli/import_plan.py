"""`clearshift import-plan`: an edited week taken back, as the plan's next version."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import Given, Wanted
from clearshift.cli.kept import keep, signature
from clearshift.cli.options import Author, CenterCode, NoSheets, Note, Publish, SheetFolder
from clearshift.cli.outage_page import outage_lines
from clearshift.cli.pages import bad, good, heading, items
from clearshift.cli.papers import Papers, print_papers, sheet_folder
from clearshift.cli.plan_document import verdict_document
from clearshift.cli.plan_files import placed, read_edited, weeks_in
from clearshift.cli.plan_page import SHOWN, missing_page, papers_page, version_line
from clearshift.cli.refusal import Refusal
from clearshift.cli.seat_words import change_said
from clearshift.cli.stored import stored_plan
from clearshift.cli.times import with_times
from clearshift.cli.titles import title
from clearshift.cli.verdict_page import all_kept, broken_rules, cost_table
from clearshift.i18n import Say
from db.plans import PlanVersion
from db.sheets.edited import EditedPlan
from domain.words import words
from scheduler.check import Verdict, check
from scheduler.missing import Missing, missing


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
    monday, _ = weeks_in(file)
    there, latest = stored_plan(settings, Wanted(monday, center=center))
    edited = read_edited(file, there.problem, latest.plan)
    if edited.plan is None or not edited.changes:
        return _nothing_stored(call, there, edited)
    verdict = check(there.problem, edited.plan)
    if not (verdict.legal or accept_violations):
        return _not_allowed(call, there, edited, verdict)
    signed = signature(author, note, publish=publish)
    version = keep(settings, there, edited.plan, None, signed)
    short = missing(there.problem, edited.plan, verdict, there.outages)
    papers = None
    if not no_sheets:
        folder = out or sheet_folder(settings.output.folder, there.problem, version.number)
        papers = print_papers(
            call,
            with_times(settings, there, edited.plan, version.number),
            edited.plan,
            version.number,
            version.author,
            short,
            folder,
            there.replaced,
        )
    return _stored(call, there, edited, verdict, version, short, papers)


def _nothing_stored(call: Call, there: Given, edited: EditedPlan) -> int:
    """The file says nothing else than the plan, or something that is not taken."""
    say = _say(call, there)
    if edited.refusals:
        ending = bad(
            say, words("Refused: {count}. Nothing was stored.", count=len(edited.refusals))
        )
    else:
        ending = good(
            say, words("Nothing differs from version {number}.", number=there.latest or 0)
        )
    call.output.result(
        _document(there, edited),
        title(there.problem, call.say),
        *_read(there, edited, say),
        ending,
        *items(say, placed(edited.refusals)),
    )
    return 2 if edited.refusals else 0


def _not_allowed(call: Call, there: Given, edited: EditedPlan, verdict: Verdict) -> int:
    """The edited plan breaks hard rules, and nobody has taken that upon them."""
    say = _say(call, there)
    call.output.result(
        _document(there, edited, verdict),
        title(there.problem, call.say),
        *_read(there, edited, say),
        *broken_rules(there.problem, verdict.broken, say),
        words("Nothing was stored. To store it so: --accept-violations --note REASON"),
    )
    return 1


def _stored(
    call: Call,
    there: Given,
    edited: EditedPlan,
    verdict: Verdict,
    version: PlanVersion,
    short: tuple[Missing, ...],
    papers: Papers | None,
) -> int:
    say = _say(call, there)
    judged = (
        [all_kept(there.problem, say)]
        if verdict.legal
        else broken_rules(there.problem, verdict.broken, say)
    )
    call.output.result(
        _document(there, edited, verdict, version, papers),
        title(there.problem, call.say),
        *_read(there, edited, say),
        *judged,
        version_line(version, say),
        heading(say, words("What the plan costs")),
        cost_table(verdict, say),
        *missing_page(there.problem, short, say, SHOWN),
        *(papers_page(papers, say) if papers else ()),
    )
    return 0


def _say(call: Call, there: Given) -> Say:
    return call.say_in(there.problem.first_day.year)


def _read(there: Given, edited: EditedPlan, say: Say) -> Iterator[RenderableType]:
    """Which machines are out, and what was understood."""
    yield from outage_lines(there, say)
    if edited.changes:
        yield heading(say, words("Changes: {count}", count=len(edited.changes)))
        yield from items(say, (change_said(there.problem, one) for one in edited.changes))
    if edited.remarks:
        yield heading(say, words("Seen, but without meaning for the plan"))
        yield from items(say, placed(edited.remarks))


def _document(
    there: Given,
    edited: EditedPlan,
    verdict: Verdict | None = None,
    version: PlanVersion | None = None,
    papers: Papers | None = None,
) -> dict[str, object]:
    return {
        "center": there.center,
        "first_day": there.problem.first_day,
        "stored": version is not None,
        "version": version.number if version else None,
        "state": version.state.value if version else None,
        "changes": [
            {"what": change_said(there.problem, one), "change": one} for one in edited.changes
        ],
        "refusals": edited.refusals,
        "remarks": edited.remarks,
        **(verdict_document(there.problem, verdict) if verdict else {}),
        "sheets": papers,
    }
