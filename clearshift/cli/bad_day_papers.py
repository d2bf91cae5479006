"""The lists of a bad day as files: PDF for each, and one Excel workbook with all."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from clearshift.cli.call import Call
from clearshift.cli.failures import failed_file
from clearshift.cli.papers import Papers
from dashboard.planning.bad_day import Ordered, given_problem
from db.plans import PlanVersion
from db.sheets.bad_day_lists import bad_day_book, bad_day_paper, listings
from db.sheets.day_sheets import day_sheets
from db.sheets.edition import Edition, Imprint, Voice
from db.sheets.glyphs import MissingGlyph
from db.sheets.sheet_folder import FolderRefused, put_sheets
from db.sheets.write_all import missing_names
from domain.bad_day import BadDay


def number_of(version: PlanVersion | None) -> int:
    """The version's number for the imprint; 0 where nothing is stored."""
    return version.number if version else 0


def bad_day_folder(out: Path, asked: Ordered, version: PlanVersion | None) -> Path:
    """The usual place: one for each week, and for each version that is stored."""
    center = quote(asked.problem.register.center.code, safe="")
    name = f"{center}-{asked.problem.first_day}-bad-day"
    return out / (name if version is None else f"{name}-v{version.number}")


def bad_day_papers(
    call: Call, asked: Ordered, answer: BadDay, imprint: Imprint, folder: Path
) -> Papers:
    """Writes every list, and the day sheets of the days that are left. Where the folder must not
    or cannot be written, that is told and no error."""
    edition = Edition(given_problem(asked, answer), answer.plan, imprint, changes=answer.changes)
    voice = Voice(call.language, call.say_in(asked.problem.first_day.year))
    warnings: list[MissingGlyph] = list(missing_names(edition))
    contents: dict[str, bytes] = {}
    lists = listings(edition, answer, asked.known, voice)
    for listing in lists:
        made = bad_day_paper(edition, listing, voice)
        contents[f"{listing.name}.pdf"] = made.pdf
        warnings += made.missing
    for day in edition.problem.days:
        if day >= asked.now.date() and edition.turns_on(day):
            contents[f"days/{day}.pdf"] = day_sheets(edition, day, voice).pdf
    contents["bad-day.xlsx"] = bad_day_book(edition, lists, voice)
    try:
        put_sheets(folder, contents)
    except FolderRefused as refused:
        return Papers(folder, refusal=refused.words)
    except OSError as error:
        return Papers(folder, refusal=failed_file(error))
    told = tuple(one.words for one in dict.fromkeys(warnings))
    return Papers(folder, tuple(sorted(contents)), told)
