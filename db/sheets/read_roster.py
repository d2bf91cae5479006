"""Reading an edited roster back: every cell understood, or named with what is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from openpyxl.utils import get_column_letter

from db.nurse_rosters import of_roster
from db.sheets.book_cells import CellText, NoWorkbook, SheetText, book_cells
from db.sheets.edited import Refusal
from db.sheets.roster_key import TITLE, BrokenRosterKey, RosterKey, read_roster_key
from domain.nurse_roster import AwayDay, NurseRoster
from domain.roster_marks import Marked, NotAMark, read_mark
from domain.ward import Ward
from domain.words import Words, words

_NO_KEY = words("the workbook's hidden sheet is missing or was changed")


@dataclass(frozen=True, slots=True)
class EditedRoster:
    """What the workbook says: the roster, or `None` as soon as anything is refused; each
    refusal has its sheet and cell."""

    roster: NurseRoster | None
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    """A cell of a nurse's day."""

    sheet: str
    cell: str
    nurse: str
    day: date
    said: CellText


def roster_key(path: Path) -> RosterKey:
    """What a roster's workbook says of itself. Raises NoWorkbook."""
    return _key(book_cells(path))


def read_roster(path: Path, ward: Ward, original: NurseRoster | None = None) -> EditedRoster:
    """What the workbook at `path` says. `original` is the version it must have been made from;
    an edit of another is refused. Nothing is lost: a row or day that vanished is refused."""
    try:
        sheets = book_cells(path)
        key = _key(sheets)
    except NoWorkbook as error:
        return EditedRoster(None, (Refusal("", "", error.reason),))
    strange = [Refusal("", "", one) for one in _strange(key, ward, original)]
    cells, wrong = _cells(sheets, ward)
    marked, misread = _marked(ward, cells)
    lost = list(_lost(ward, cells))
    refusals = (*strange, *wrong, *misread, *lost)
    return EditedRoster(None if refusals else _roster(ward, marked), refusals)


def _key(sheets: tuple[SheetText, ...]) -> RosterKey:
    sheet = next((sheet for sheet in sheets if sheet.title == TITLE), None)
    lines: list[list[str]] = [[], []]
    for (row, _), cell in sorted(sheet.cells.items()) if sheet else ():
        if row <= len(lines):
            lines[row - 1].append(cell.text)
    try:
        return read_roster_key(lines)
    except BrokenRosterKey as error:
        raise NoWorkbook(_NO_KEY) from error


def _strange(key: RosterKey, ward: Ward, original: NurseRoster | None) -> Iterator[Words]:
    """Why the workbook as a whole does not belong to this ward and roster."""
    center = ward.problem.register.center.code
    if key.center != center:
        yield words("the workbook is of center {other}, not {own}", other=key.center, own=center)
    if (key.first_day, key.weeks) != (ward.problem.first_day, ward.problem.weeks):
        yield words("the workbook is of {weeks} weeks from {day}", weeks=key.weeks,
                    day=key.first_day)  # fmt: skip
    if original is not None and of_roster(original) != key.fingerprint:
        yield words(
            "the workbook was made from version {version}, which is not the roster to change: "
            "write it again and repeat the edits",
            version=key.version,
        )


def _cells(sheets: tuple[SheetText, ...], ward: Ward) -> tuple[list[_Found], list[Refusal]]:
    found: list[_Found] = []
    wrong: list[Refusal] = []
    for sheet in sheets:
        if sheet.title == TITLE:
            continue
        days = dict(_days(sheet))
        nurses = {row: cell.text for (row, column), cell in sheet.cells.items()
                  if column == 1 and row > 1}  # fmt: skip
        for row, nurse in sorted(nurses.items()):
            if nurse not in ward.nurse:
                place = f"A{row}"
                text = words("nurse {code} is not in the center's files", code=nurse)
                wrong.append(Refusal(sheet.title, place, text))
                continue
            for column, day in sorted(days.items()):
                said = sheet.cells.get((row, column), CellText(""))
                cell = f"{get_column_letter(column)}{row}"
                found.append(_Found(sheet.title, cell, nurse, day, said))
    return found, wrong


def _days(sheet: SheetText) -> Iterator[tuple[int, date]]:
    for (row, column), cell in sheet.cells.items():
        if row == 1:
            try:
                yield column, date.fromisoformat(cell.text)
            except ValueError:
                continue  # a heading that somebody typed beside the hidden days


def _marked(
    ward: Ward, cells: list[_Found]
) -> tuple[dict[tuple[str, date], Marked], list[Refusal]]:
    marked: dict[tuple[str, date], Marked] = {}
    refusals: list[Refusal] = []
    for one in cells:
        if (one.nurse, one.day) in marked:
            text = words("{nurse} has this day twice in the workbook", nurse=one.nurse)
            refusals.append(Refusal(one.sheet, one.cell, text))
        elif one.said.formula:
            text = words("a formula, where a mark is expected")
            refusals.append(Refusal(one.sheet, one.cell, text))
        else:
            try:
                text_of = "" if one.said.struck else one.said.text
                marked[one.nurse, one.day] = read_mark(ward, one.nurse, one.day, text_of)
            except NotAMark as error:
                refusals.append(Refusal(one.sheet, one.cell, error.reason))
    return marked, refusals


def _lost(ward: Ward, cells: list[_Found]) -> Iterator[Refusal]:
    there = {(one.nurse, one.day) for one in cells}
    for nurse in ward.nurse:
        missing = [day for day in ward.days if (nurse, day) not in there]
        if missing:
            text = words("{nurse}: {count} days are missing in the workbook", nurse=nurse,
                         count=len(missing))  # fmt: skip
            yield Refusal("", "", text)


def _roster(ward: Ward, marked: Mapping[tuple[str, date], Marked]) -> NurseRoster:
    duties = (one.duty for one in marked.values() if one.duty is not None)
    away = (
        AwayDay(day, nurse, one.away)
        for (nurse, day), one in marked.items()
        if one.away is not None
    )
    return NurseRoster.of(ward.problem.first_day, ward.problem.weeks, duties, away)
