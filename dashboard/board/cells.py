"""What a cell of the board shows: who, and the marks that a grey copy still tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.board.opened import Opened
from dashboard.board.person import is_guest
from db.sheets.marks import Marks, marks
from domain.changes import since_last_week
from domain.need import wanted_sessions
from domain.patient import Patient
from domain.plan import Assignment
from domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Cell:
    """One session. `edited`: not in the stored version; `broken`: a hard rule speaks of it."""

    row: Assignment
    marks: Marks
    guest: bool
    edited: bool
    broken: bool


@dataclass(frozen=True)
class Cells:
    """The sessions of the week shown, with what they are marked by."""

    opened: Opened

    @property
    def problem(self) -> Problem:
        """The center in these weeks."""
        return self.opened.problem

    @cached_property
    def moved(self) -> frozenset[Assignment]:
        """Sessions that differ from last week's."""
        changed = since_last_week(self.problem, self.opened.known)
        return frozenset(one.after for one in changed if one.after)

    @cached_property
    def patient(self) -> Mapping[str, Patient]:
        """Everybody on the center's books."""
        return {one.code: one for one in self.problem.register.patients}

    def all(self) -> tuple[Cell, ...]:
        """Every session of the week that has a place on the board."""
        days = frozenset(self.opened.days)
        return tuple(self._cell(row) for row in self.opened.known.assignments if row.day in days)

    def _cell(self, row: Assignment) -> Cell:
        who = self.patient.get(row.patient)
        return Cell(
            row=row,
            marks=marks(self, row),
            guest=who is not None and is_guest(who),
            edited=row not in self._stored,
            broken=self._is_broken(row),
        )

    @cached_property
    def _stored(self) -> frozenset[Assignment]:
        return frozenset(self.opened.stored.plan.assignments)

    def _is_broken(self, row: Assignment) -> bool:
        """A rule speaks of the session, of the patient's week, or of the station then."""
        told = self._told
        return bool(
            told[row.patient, row.turn] or told[row.patient, None] or told[row.station, row.turn]
        )

    @cached_property
    def _told(self) -> Counter[tuple[object, object]]:
        return Counter((one.patient or one.station, one.turn) for one in self.opened.verdict.broken)


@dataclass(frozen=True, slots=True)
class Missing:
    """A patient with fewer sessions in the week shown than prescribed."""

    patient: str
    planned: int
    wanted: int


def missing(opened: Opened) -> tuple[Missing, ...]:
    """Who has too few, those with the most missing first."""
    found = []
    for patient in sorted(opened.problem.patient):
        wanted = wanted_sessions(opened.problem, patient, opened.monday)
        planned = len(opened.known.by_week.get((patient, opened.monday), ()))
        if planned < wanted:
            found.append(Missing(patient, planned, wanted))
    return tuple(sorted(found, key=lambda one: (one.planned - one.wanted, one.patient)))
