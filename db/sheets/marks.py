"""The small marks in a seat's cell: letters beside the colors, so that a grey copy still tells.

Infection letters are the same in every language; the marks that say how somebody lives are
words and come from the catalog.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from domain.center import Infection, Modality
from domain.plan import Assignment
from domain.problem import Problem
from domain.words import Words, words

LETTERS = {
    Infection.HIV: "H",
    Infection.HBV: "B",
    Infection.HCV: "C",
    Infection.SYPHILIS: "S",
    Infection.UNKNOWN: "?",
    Infection.CLEARED: "R",
}
FILLS = {
    Infection.HIV: "#F6D3D8",
    Infection.HBV: "#FBE6BD",
    Infection.HCV: "#D3E5F4",
    Infection.SYPHILIS: "#E4D9EF",
    Infection.UNKNOWN: "#E3E3E0",
    Infection.CLEARED: "#DCEBD5",
}
MOVED = "▲"


class Marked(Protocol):
    """What seats are marked by: an edition, or a week on a screen."""

    @property
    def problem(self) -> Problem:
        """The center in these weeks."""
        ...

    @property
    def moved(self) -> frozenset[Assignment]:
        """Sessions that differ from last week's."""
        ...


class Habit(StrEnum):
    """What else a cell tells of the patient in it."""

    NIGHT = "night"
    WORK = "work"
    WORKSHOP = "workshop"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Marks:
    """What a seat's cell shows besides the name."""

    infections: frozenset[Infection]
    modality: Modality
    habits: tuple[Habit, ...]
    moved: bool

    @property
    def letters(self) -> str:
        """Infection letters, none for a patient with valid negative reports."""
        return "".join(letter for kind, letter in LETTERS.items() if kind in self.infections)

    @property
    def fill(self) -> str | None:
        """Background color, that of the infection with the strictest separation."""
        return next((fill for kind, fill in FILLS.items() if kind in self.infections), None)

    @property
    def mode(self) -> str:
        """The modality unless it is plain hemodialysis."""
        return "" if self.modality is Modality.HD else self.modality.value


def habit_mark(habit: Habit) -> Words:
    """The letter that stands for a habit."""
    match habit:
        case Habit.NIGHT:
            return words("N")
        case Habit.WORK:
            return words("W")
        case Habit.WORKSHOP:
            return words("WS")
        case Habit.LOCKED:
            return words("L")


def habit_meaning(habit: Habit) -> Words:
    """What the letter stands for, for the legend."""
    match habit:
        case Habit.NIGHT:
            return words("night shift")
        case Habit.WORK:
            return words("has a job")
        case Habit.WORKSHOP:
            return words("works in the workshop")
        case Habit.LOCKED:
            return words("locked")


def infection_meaning(infection: Infection) -> Words:
    """The status in words, for the legend."""
    match infection:
        case Infection.HIV:
            return words("HIV")
        case Infection.HBV:
            return words("hepatitis B")
        case Infection.HCV:
            return words("hepatitis C")
        case Infection.SYPHILIS:
            return words("syphilis")
        case Infection.UNKNOWN:
            return words("reports missing or expired")
        case Infection.CLEARED:
            return words("turned negative, under observation")
        case Infection.NEGATIVE:
            return words("negative")


def marks(edition: Marked, row: Assignment) -> Marks:
    """The marks of one seat."""
    problem = edition.problem
    prescription = problem.prescription(row.patient, row.day)
    return Marks(
        infections=problem.infection(row.patient, row.day),
        modality=prescription.modality if prescription else Modality.HD,
        habits=tuple(_habits(edition, row)),
        moved=row in edition.moved,
    )


def _habits(edition: Marked, row: Assignment) -> list[Habit]:
    problem = edition.problem
    work = [one for one in problem.work_shifts.get(row.patient, ()) if row.day in one.span]
    locked = any(
        (lock.turn, lock.station or row.station) == (row.turn, row.station)
        for lock in problem.locks.get(row.patient, ())
    )
    told = {
        Habit.NIGHT: problem.shift[row.shift].night,
        Habit.WORKSHOP: any(one.workshop for one in work),
        Habit.WORK: bool(work) and not any(one.workshop for one in work),
        Habit.LOCKED: locked,
    }
    return [habit for habit, holds in told.items() if holds]
