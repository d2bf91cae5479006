"""The hidden sheet that lets an edited workbook be read back.

Every cell that a visible sheet was given stands here with its row key and column key, so that
rows and columns may move without anything getting lost. Seats also have the patient's code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.calendar import Turn
from domain.plan import Assignment

TITLE = "_key"
FORMAT = "clearshift week 1"


class Kind(StrEnum):
    """How a cell is read back: as it was, as a seat, or as a number counted from the seats."""

    TEXT = "text"
    SEAT = "seat"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One written cell. `patient` is the code of who sits there, empty for a free seat."""

    sheet: str
    row: str
    column: str
    kind: Kind
    text: str
    patient: str = ""

    @property
    def place(self) -> tuple[str, str, str]:
        """Where the cell is, whatever has been moved."""
        return self.sheet, self.row, self.column

    @property
    def slot(self) -> tuple[Turn, str]:
        """Turn and station of a seat."""
        return turn_of(self.column), station_of(self.row)


@dataclass(frozen=True, slots=True)
class WeekKey:
    """What the hidden sheet says. `held` and `shut` are the words in seats nobody has."""

    center: str
    monday: date
    version: int
    fingerprint: str
    held: str
    shut: str
    rows: tuple[KeyRow, ...]

    def digest(self) -> str:
        """A check sum, to notice that somebody edited the hidden sheet."""
        cells = [cell for line in _content(self) for cell in line]
        return hashlib.sha256("\x1f".join(cells).encode()).hexdigest()[:16]

    def assignments(self) -> tuple[Assignment, ...]:
        """The week as it was printed."""
        seats = ((row.slot, row.patient) for row in self.rows if row.patient)
        return tuple(sorted(Assignment(turn.day, turn.shift, at, who) for (turn, at), who in seats))


class BrokenKey(ValueError):
    """The hidden sheet is not as it was written."""


def row_key(station: str) -> str:
    """Key of a station's row."""
    return f"station|{station}"


def column_key(turn: Turn) -> str:
    """Key of a turn's column."""
    return f"turn|{turn.day.isoformat()}|{turn.shift}"


def station_of(key: str) -> str:
    """The station of a row key."""
    return key.split("|", 1)[1]


def turn_of(key: str) -> Turn:
    """The turn of a column key."""
    _, day, shift = key.split("|", 2)
    return Turn(date.fromisoformat(day), shift)


def key_lines(key: WeekKey) -> Iterator[tuple[str, ...]]:
    """The hidden sheet's lines, as text only."""
    yield FORMAT, key.digest()
    yield from _content(key)


def read_key(lines: Iterable[Sequence[str]]) -> WeekKey:
    """The key from its lines. Raises BrokenKey if they are not what was written."""
    first, *rest = [list(line) for line in lines] or [[]]
    if first[:1] != [FORMAT]:
        raise BrokenKey("format")
    try:
        head, *rows = rest
        center, monday, version, fingerprint, held, shut = head[:6]
        key = WeekKey(
            center,
            date.fromisoformat(monday),
            int(version),
            fingerprint,
            held,
            shut,
            tuple(KeyRow(s, r, c, Kind(kind), text, who) for s, r, c, kind, text, who in rows),
        )
        seats = [row.slot for row in key.rows if row.kind is Kind.SEAT]
    except (ValueError, IndexError) as error:
        raise BrokenKey(str(error)) from error
    if first[1:2] != [key.digest()] or len(seats) != len(set(seats)):
        raise BrokenKey("digest")
    return key


def _content(key: WeekKey) -> Iterator[tuple[str, ...]]:
    yield (
        key.center,
        key.monday.isoformat(),
        str(key.version),
        key.fingerprint,
        key.held,
        key.shut,
    )
    for row in key.rows:
        yield row.sheet, row.row, row.column, row.kind.value, row.text, row.patient
