"""From the cells of one table to its rows, or to reasons naming row and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from db.files.columns import Column, Empty, Table
from db.files.headings import Headings, read_headings
from db.files.kinds import Cell, Kind
from db.files.natives import Native, Unusable, text_of
from db.files.problems import FileProblem, row_name
from db.files.sheets import Line, Place, Sheet
from domain.calendar import Span
from domain.words import Label, Words, words

MAX_PROBLEMS = 1000

_NESTED: Mapping[str, type] = {"span": Span, "name": Label, "address": Label}
_MOMENT = words("text; the cell holds a date or a time: give it the format Text and type it again")
_NO_HEADING = words("an empty cell, as there is no heading above it")
_LAST_BEFORE_FIRST = words("a day that is not before the first one")
_NO_NAME = words("a name in at least one of the two languages")


@dataclass(frozen=True, slots=True)
class Record:
    """One row as read: its readable values by field, and the row that they make, or `None`
    if something is wrong with it."""

    line: Line
    values: Mapping[str, Any]
    row: Any = None


@dataclass(frozen=True, slots=True)
class Records:
    """A table as read. `whole` is false if the code of some row could not be read, so that
    nothing can be said about references to the table."""

    table: Table
    place: Place
    headings: Headings
    records: tuple[Record, ...] = ()
    problems: tuple[FileProblem, ...] = ()
    whole: bool = True

    def problem(self, record: Record, field: str, value: str, expected: Words) -> FileProblem:
        """Something wrong with the cell of a field."""
        return _problem(self, record.line, field, value, expected)

    def row_name(self, record: Record) -> Words:
        """What the record's row is called when another is compared with it."""
        return row_name(self.place.file, record.line.number)


def read_records(table: Table, sheet: Sheet) -> Records:
    """The rows of a sheet; blank ones are passed over."""
    headings, wrong = read_headings(table, sheet)
    frame = Records(table, sheet.place, headings)
    problems = Gathered(wrong)
    records = []
    for line in headings.body:
        record, wrong = _read_line(frame, line)
        records.append(record)
        problems.add(wrong)
    return replace(
        frame,
        records=tuple(records),
        problems=tuple(problems.told(sheet.place)),
        whole=not sheet.partial and all("code" in record.values for record in records),
    )


class Gathered:
    """Problems of one table, of which only so many are kept as a person can use."""

    def __init__(self, problems: list[FileProblem]) -> None:
        self._kept = problems[:MAX_PROBLEMS]
        self._more = len(problems) - len(self._kept)

    def add(self, problems: list[FileProblem]) -> None:
        """Keeps the problems, or counts them where enough are kept."""
        room = MAX_PROBLEMS - len(self._kept)
        self._kept += problems[:room]
        self._more += len(problems[room:])

    def told(self, place: Place) -> list[FileProblem]:
        """The problems kept, and a last one that says how many more there are."""
        if not self._more:
            return self._kept
        expected = words("these to be mended first; {more} more are not shown", more=self._more)
        return [*self._kept, place.problem(expected)]


def _read_line(frame: Records, line: Line) -> tuple[Record, list[FileProblem]]:
    values: dict[str, Any] = {}
    wrong = list(_unheaded(frame, line))
    for column in frame.table.columns:
        try:
            _read_into(values, column, _cell(frame, line, column.field))
        except _Misread as misread:
            text = text_of(_cell(frame, line, column.field))
            if column.field in frame.headings.index:
                wrong.append(_problem(frame, line, column.field, text, misread.expected))
    if wrong or len(values) < len(frame.table.columns):
        return Record(line, values), wrong
    wrong = list(_against_itself(frame, line, values))
    return Record(line, values, None if wrong else _built(frame.table.row, values)), wrong


class _Misread(Exception):
    def __init__(self, expected: Words) -> None:
        super().__init__(expected)
        self.expected = expected


def _cell(frame: Records, line: Line, field: str) -> Native:
    index = frame.headings.index.get(field)
    return None if index is None or index >= len(line.cells) else line.cells[index]


def _read_into(values: dict[str, Any], column: Column, native: Native) -> None:
    """Reads a cell; leaves out one whose meaning hangs on another that could not be read."""
    kind = column.kind_in(values)
    if kind is None:
        return
    text = text_of(native).strip()
    if isinstance(native, Unusable):
        raise _Misread(native.expected)
    if not text:
        if column.empty is Empty.REFUSED:
            raise _Misread(kind.expected)
        values[column.field] = column.empty
        return
    if not _takes(kind.natives, native):
        raise _Misread(_MOMENT if _is_lost_text(kind, native) else kind.expected)
    try:
        values[column.field] = kind.parse(text)
    except ValueError as error:
        raise _Misread(kind.expected) from error


def _is_lost_text(kind: Kind, native: Native) -> bool:
    """True if Excel made a date of a text, as it does with a code such as 1-2."""
    moment = isinstance(native, date | time | timedelta)
    return moment and kind.cell is Cell.TEXT and int in kind.natives


def _takes(natives: tuple[type, ...], native: Native) -> bool:
    if isinstance(native, str):
        return True
    if isinstance(native, bool):
        return bool in natives
    return isinstance(native, natives)


def _problem(frame: Records, line: Line, field: str, value: str, expected: Words) -> FileProblem:
    index = frame.headings.index.get(field)
    number = line.number if index is None else line.place(index)
    column = frame.headings.name(frame.table.column(field))
    return frame.place.problem_at(expected, number, column, value)


def _unheaded(frame: Records, line: Line) -> Iterator[FileProblem]:
    above = frame.headings.above
    for position, cell in enumerate(line.cells):
        text = text_of(cell).strip()
        if text and (position >= len(above) or not above[position]):
            yield frame.place.problem(_NO_HEADING, line.place(position), text)


def _against_itself(frame: Records, line: Line, values: Mapping[str, Any]) -> Iterator[FileProblem]:
    first, last = values.get("span.first"), values.get("span.last")
    if first is not None and last is not None and last < first:
        yield _problem(frame, line, "span.last", last.isoformat(), _LAST_BEFORE_FIRST)
    if "name.en" in values and not values["name.en"] and not values["name.zh"]:
        yield _problem(frame, line, "name.en", "", _NO_NAME)


def _built(row: type, values: Mapping[str, Any]) -> Any:
    fields: dict[str, Any] = {}
    nested: dict[str, dict[str, Any]] = {}
    for field, value in values.items():
        outer, _, inner = field.partition(".")
        if inner:
            nested.setdefault(outer, {})[inner] = value
        else:
            fields[field] = value
    for outer, parts in nested.items():
        fields[outer] = _NESTED[outer](**parts)
    return row(**fields)
