"""Finding every written cell of a workbook again, wherever rows and columns have gone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from db.sheets.book_cells import CellText, SheetText
from db.sheets.edited import Refusal
from db.sheets.week_key import KeyRow, Kind, WeekKey
from domain.words import Words, words

_EMPTY = CellText("")


@dataclass(frozen=True, slots=True)
class Found:
    """A seat as it is now, with where it stands."""

    key: KeyRow
    sheet: str
    cell: str
    now: CellText


@dataclass(slots=True)
class Match:
    """Every seat that was found, and everything that is not as it was written."""

    seats: list[Found] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    remarks: list[Refusal] = field(default_factory=list)


def match_book(sheets: tuple[SheetText, ...], key: WeekKey, hidden: frozenset[str]) -> Match:
    """Compares the workbook's sheets with the key, cell by cell; `hidden` are titles of the
    program's own sheets."""
    match = Match()
    written: dict[str, list[KeyRow]] = {}
    for row in key.rows:
        written.setdefault(row.sheet, []).append(row)
    marked = [(_sheet_key(sheet), sheet) for sheet in sheets if sheet.title not in hidden]
    copies = Counter(name for name, _ in marked)
    for name, sheet in marked:
        if name not in written:
            match.remarks += _foreign(sheet)
        elif copies[name] > 1:
            match.refusals.append(_about(sheet, words("the sheet is in the workbook twice")))
        else:
            _match_sheet(sheet, written[name], match)
    for name in written:
        if not copies[name]:
            text = words("the sheet {name} is gone or its hidden keys are", name=name)
            match.refusals.append(Refusal("", "", text))
    return match


def address(place: tuple[int, int]) -> str:
    """A1-style address of a row and column counted from 1."""
    return f"{get_column_letter(place[1])}{place[0]}"


def squeezed(text: str) -> str:
    """The text with every run of spaces and line breaks as one space."""
    return " ".join(text.split())


def _sheet_key(sheet: SheetText) -> str:
    corner = sheet.cells.get((1, 1))
    return corner.text if corner else ""


def _about(sheet: SheetText, text: Words) -> Refusal:
    return Refusal(sheet.title, "", text)


def _foreign(sheet: SheetText) -> Iterator[Refusal]:
    if sheet.cells:
        yield _about(sheet, words("the sheet is none of the plan's and is not read"))


def _match_sheet(sheet: SheetText, written: list[KeyRow], match: Match) -> None:
    rows = _lines(sheet, {row.row for row in written}, 0, match)
    columns = _lines(sheet, {row.column for row in written}, 1, match)
    claimed: set[tuple[int, int]] = set()
    for key in written:
        place = (rows.get(key.row, 0), columns.get(key.column, 0))
        if all(place):
            claimed.add(place)
            _compare(sheet, key, place, match)
    hidden = {(row, 1) for row in rows.values()} | {(1, column) for column in columns.values()}
    for place, cell in sheet.cells.items():
        if cell.comment:
            text = words("the comment is not read: “{text}”", text=cell.comment)
            match.remarks.append(Refusal(sheet.title, address(place), text))
        if place not in claimed | hidden | {(1, 1)} and cell.text.strip():
            text = words("“{text}” stands outside the plan's cells", text=squeezed(cell.text))
            match.refusals.append(Refusal(sheet.title, address(place), text))


def _lines(sheet: SheetText, keys: set[str], axis: int, match: Match) -> Mapping[str, int]:
    """Where each row (axis 0) or column (axis 1) stands; one that is gone or there twice is
    refused and left out."""
    found: dict[str, list[int]] = {key: [] for key in keys}
    for place, cell in sheet.cells.items():
        if place[1 - axis] == 1 and cell.text in found:
            found[cell.text].append(place[axis])
    for key, places in sorted(found.items()):
        if len(places) != 1:
            match.refusals.append(_about(sheet, _lost(key, axis, len(places))))
    return {key: places[0] for key, places in found.items() if len(places) == 1}


def _lost(key: str, axis: int, times: int) -> Words:
    name = key.split("|", 1)[-1].replace("|", " ")
    match axis, times:
        case 0, 0:
            return words("the row {name} is gone", name=name)
        case 0, _:
            return words("the row {name} is there {times} times", name=name, times=times)
        case _, 0:
            return words("the column {name} is gone", name=name)
        case _:
            return words("the column {name} is there {times} times", name=name, times=times)


def _compare(sheet: SheetText, key: KeyRow, place: tuple[int, int], match: Match) -> None:
    now = sheet.cells.get(place, _EMPTY)
    cell = address(place)
    if key.kind is Kind.SEAT:
        if place in sheet.merged:
            text = words("the cell is merged with its neighbor")
            match.refusals.append(Refusal(sheet.title, cell, text))
        else:
            match.seats.append(Found(key, sheet.title, cell, now))
    elif not (key.kind is Kind.COUNT and now.formula) and squeezed(now.text) != squeezed(key.text):
        text = words(
            "was “{before}” and is “{now}”, which is not an edit of the plan",
            before=squeezed(key.text),
            now=squeezed(now.text),
        )
        match.refusals.append(Refusal(sheet.title, cell, text))
