"""Every paper and file of a plan, into one folder, all or none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from db.files.kinds import Language
from db.sheets.calendar_file import calendar_file
from db.sheets.day_sheets import day_sheets
from db.sheets.edition import Edition, Voice
from db.sheets.glyphs import MissingGlyph, missing
from db.sheets.lists import change_list, unplaced_list
from db.sheets.names import flat
from db.sheets.nurse_sheets import nurse_sheets
from db.sheets.paper import Paper
from db.sheets.plan_csv import write_plan_csv
from db.sheets.plan_json import write_plan_json
from db.sheets.sheet_folder import put_sheets
from db.sheets.slips import slips
from db.sheets.wall import wall, workers
from db.sheets.week import zone_weeks
from db.sheets.week_book import week_book
from db.sheets.week_paper import week_paper
from domain.plan import Plan


@dataclass(frozen=True, slots=True)
class Written:
    """The files written, by their names within the folder, and what to look at by hand."""

    files: tuple[str, ...]
    warnings: tuple[MissingGlyph, ...]


def write_all(
    edition: Edition,
    folder: Path,
    voices: Mapping[str, Voice],
    language: Language,
    previous: Plan | None = None,
) -> Written:
    """Writes every paper in the house's `language`, slips and calendars in the patient's own.

    `previous` is the version that this plan replaces, so that calendars cancel what is gone.
    The folder appears whole or stays as it was; what was written there before is replaced.
    Raises FolderRefused rather than overwrite an edited sheet or a folder of somebody's.
    """
    contents: dict[str, bytes] = {}
    warnings = list(missing_names(edition))
    for name, content in _made(edition, voices, voices[language], language, previous):
        contents[name] = content.pdf if isinstance(content, Paper) else content
        warnings += content.missing if isinstance(content, Paper) else ()
    put_sheets(folder, contents)
    return Written(tuple(sorted(contents)), tuple(dict.fromkeys(warnings)))


def missing_names(edition: Edition) -> Iterator[MissingGlyph]:
    """Planned and unplaced patients whose name no font of ours prints whole."""
    told = {*edition.plan.by_patient, *(patient for patient, _ in edition.unplaced)}
    for code in sorted(told & edition.patient.keys()):
        if lacking := missing(flat(edition.patient[code].name)):
            yield MissingGlyph(lacking, patient=code)


def _made(
    edition: Edition,
    voices: Mapping[str, Voice],
    house: Voice,
    language: Language,
    previous: Plan | None,
) -> Iterator[tuple[str, bytes | Paper]]:
    """Every file by its name; names are made of codes and dates, so they tell no names."""
    for monday in edition.problem.mondays:
        yield from _week(edition, monday, house)
    for day in edition.problem.days:
        if edition.turns_on(day):
            yield f"days/{day}.pdf", day_sheets(edition, day, house)
            yield f"nurses/{day}.pdf", nurse_sheets(edition, day, house)
    if edition.plan.assignments:
        yield "slips.pdf", slips(edition, voices, house)
    yield "changes.pdf", change_list(edition, house)
    yield "unplaced.pdf", unplaced_list(edition, house)
    yield "plan.csv", write_plan_csv(edition.plan, language)
    yield "plan.json", write_plan_json(edition.plan, edition.problem.register.center.code)
    for code, patient in sorted(edition.patient.items()):
        voice = voices.get(patient.language, house)
        if calendar := calendar_file(edition, code, voice, previous):
            yield f"calendars/{_name(code)}.ics", calendar


def _week(edition: Edition, monday: date, house: Voice) -> Iterator[tuple[str, bytes | Paper]]:
    yield f"week-{monday}.xlsx", week_book(edition, monday, house)
    for week in zone_weeks(edition, monday):
        yield f"week-{monday}-zone-{_name(week.zone.code)}.pdf", week_paper(edition, week, house)
    if workers(edition, monday):
        yield f"workshop-{monday}.pdf", wall(edition, monday, house)


def _name(code: str) -> str:
    """A code as part of a file name, different for different codes on every system."""
    return quote(code, safe="")
