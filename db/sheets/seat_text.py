"""What one seat of an edited workbook says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from db.sheets.book_match import Found, squeezed
from db.sheets.typed import People
from db.sheets.week_key import KeyRow, Kind, WeekKey
from domain.words import Words, words


@dataclass(frozen=True)
class SeatReader:
    """Reads seats of one workbook; it needs to know what all its seats said at first."""

    key: WeekKey
    people: People

    def occupant(self, found: Found) -> str | Words | None:
        """The code of who sits there now, `None` for nobody, or why it cannot be told."""
        now = squeezed(found.now.text)
        if found.now.formula:
            return words("a formula is not read: type the name")
        if not now:
            return None
        if found.now.struck:
            return words("“{text}” is struck through: empty the cell to cancel", text=now)
        if now == squeezed(found.key.text):
            return found.key.patient or None
        if now in (self.key.held, self.key.shut):
            return None
        return self._copied(now) or self._typed(now, found)

    def _copied(self, now: str) -> str | None:
        """A cell copied or swapped whole, with its marks and, if the name needs it, its code."""
        row = self._texts.get(now)
        if row is None or self.people.called(squeezed(row.text.split("\n")[0])) != {row.patient}:
            return None
        return row.patient if row.patient in self.people.problem.patient else None

    def _typed(self, now: str, found: Found) -> str | Words:
        meant = self.people.meant(now)
        if isinstance(meant, Words):
            return meant
        if meant.rest in {"", _marks(found.key), *self._marks.get(meant.patient, ())}:
            return meant.patient
        return words(
            "“{rest}” beside {patient} is not understood: marks are not changed here",
            rest=meant.rest,
            patient=self.people.shown(meant.patient),
        )

    @cached_property
    def _taken(self) -> tuple[KeyRow, ...]:
        return tuple(row for row in self.key.rows if row.kind is Kind.SEAT and row.patient)

    @cached_property
    def _texts(self) -> Mapping[str, KeyRow]:
        bearers = Counter({(squeezed(row.text), row.patient) for row in self._taken})
        unique = Counter(text for text, _ in bearers)
        return {text: row for row in self._taken if unique[text := squeezed(row.text)] == 1}

    @cached_property
    def _marks(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for row in self._taken:
            found.setdefault(row.patient, set()).add(_marks(row))
        return {patient: frozenset(marks) for patient, marks in found.items()}


def _marks(row: KeyRow) -> str:
    """The marks under a written name, without the code before them."""
    small = squeezed(" ".join(row.text.split("\n")[1:]))
    return small.removeprefix(row.patient).strip() if row.patient else ""


def misplaced_signs(seats: list[Found], sign: str) -> tuple[list[Found], list[Found]]:
    """Seats where a sign such as “Held” was put and seats where it was taken away, unless
    within a turn as many came as went: then somebody only swapped cells."""
    came: dict[tuple[str, str], list[Found]] = {}
    went: dict[tuple[str, str], list[Found]] = {}
    for found in seats:
        now, before = squeezed(found.now.text), squeezed(found.key.text)
        if (now == sign) != (before == sign):
            column = (found.key.sheet, found.key.column)
            (came if now == sign else went).setdefault(column, []).append(found)
    many = [
        one
        for column, group in came.items()
        if len(group) > len(went.get(column, ()))
        for one in group
    ]
    few = [
        one
        for column, group in went.items()
        if len(group) > len(came.get(column, ()))
        for one in group
        if not squeezed(one.now.text)
    ]
    return many, few
