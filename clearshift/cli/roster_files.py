"""`clearshift roster export` and `import`: the ward's own sheet, written and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from clearshift.cli.call import Call, call_of
from clearshift.cli.clock import now_at
from clearshift.cli.configured import settings_of
from clearshift.cli.options import Author, CenterCode, Force, InLanguage, Note, Version, Week
from clearshift.cli.overwriting import require_free
from clearshift.cli.pages import bad, good, heading, items
from clearshift.cli.plan_files import placed
from clearshift.cli.refusal import Refusal
from clearshift.cli.roster import keep_roster, verdict_document, version_line
from clearshift.cli.roster_page import change_words, roster_title, verdict_lines
from clearshift.cli.ward_given import WardGiven, ward_stored
from clearshift.cli.weeks import asked_week
from clearshift.i18n import speaker
from db.files.replacing import replace_file
from db.nurse_rosters import RosterVersion, of_roster
from db.sheets.book_cells import NoWorkbook
from db.sheets.edition import Voice
from db.sheets.read_roster import EditedRoster, read_roster, roster_key
from db.sheets.roster_book import RosterEdition, roster_book
from domain.nurse_roster import DutyChange
from domain.words import words
from scheduler.ward.check import RosterVerdict, check_roster
from scheduler.ward.repair import roster_changes


def export(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=str(words("The Excel workbook to write.")))],
    week: Week = None,
    version: Version = None,
    center: CenterCode = None,
    language: InLanguage = None,
    force: Force = False,
) -> None:
    """Writes a stored roster as the ward's own sheet, to print, edit and give back."""
    call = call_of(context)
    require_free(file, force=force)
    there, stored = ward_stored(settings_of(call), asked_week(week), center, version)
    chosen = language.value if language else call.language
    now = now_at(there.ward.problem.register.center).replace(tzinfo=None)
    edition = RosterEdition(
        there.ward,
        stored.roster,
        check_roster(there.ward, stored.roster).gaps,
        stored.version.number,
        stored.version.author,
        now,
        of_roster(stored.roster),
    )
    content = roster_book(edition, Voice(chosen, speaker(chosen, now.year)))
    replace_file(file, lambda part: _write(part, content))
    said = words("Written: {file}", file=str(file))
    call.output.result({"file": file, "version": stored.version}, good(call.say, said))


def import_roster(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help=str(words("The edited roster as a workbook.")))],
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
) -> int:
    """Takes an edited roster as the next version: all of it, or nothing, with every problem
    named by its cell."""
    call = call_of(context)
    settings = settings_of(call)
    if accept_violations and not note.strip():
        raise Refusal(words("--accept-violations needs a reason: --note."))
    try:
        key = roster_key(file)
    except NoWorkbook as error:
        raise Refusal(error.reason) from error
    there, latest = ward_stored(settings, key.first_day, center)
    edited = read_roster(file, there.ward, latest.roster)
    if edited.roster is None:
        return _refused(call, there, edited)
    verdict = check_roster(there.ward, edited.roster)
    changes = roster_changes(latest.roster, edited.roster)
    version = None
    if edited.roster != latest.roster and (verdict.legal or accept_violations):
        version = keep_roster(settings, there, edited.roster, None, author, note)
    _tell(call, there, changes, verdict, version, same=edited.roster == latest.roster)
    return 0 if version is not None or edited.roster == latest.roster else 1


def _refused(call: Call, there: WardGiven, edited: EditedRoster) -> int:
    say = call.say_in(there.ward.problem.first_day.year)
    count = words("Refused: {count}. Nothing was stored.", count=len(edited.refusals))
    call.output.result(
        {"stored": False, "refusals": edited.refusals},
        roster_title(there.ward, call.say),
        bad(say, count),
        *items(say, placed(edited.refusals)),
    )
    return 2


def _tell(
    call: Call,
    there: WardGiven,
    changes: tuple[DutyChange, ...],
    verdict: RosterVerdict,
    version: RosterVersion | None,
    *,
    same: bool,
) -> None:
    say = call.say_in(there.ward.problem.first_day.year)
    if version is not None:
        end = good(say, version_line(version))
    elif same:
        end = good(say, words("Nothing differs from the stored roster."))
    else:
        end = bad(
            say,
            words("Nothing was stored. To store it so: --accept-violations --note REASON"),
        )
    call.output.result(
        {
            "stored": version is not None,
            "version": version,
            "changes": changes,
            **verdict_document(verdict),
        },
        roster_title(there.ward, call.say),
        heading(say, words("Changes: {count}", count=len(changes))),
        *items(say, (change_words(there.ward, one) for one in changes)),
        *verdict_lines(verdict, say),
        end,
    )


def _write(part: Path, content: bytes) -> None:
    part.write_bytes(content)
