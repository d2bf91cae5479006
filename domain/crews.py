"""Which of a zone's nurses has whom: neighbors together, the same stations all day if they can.

The one place that says so, for sheets of nurses and for who is connected when.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from domain.calendar import Turn
from domain.plan import Assignment
from domain.problem import Problem

Seat = TypeVar("Seat")


def natural(code: str) -> tuple[tuple[int, str], ...]:
    """A sort key in which numbers inside a code count as numbers: 2 before 10."""
    parts = re.split(r"([0-9]+)", code)
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)


def shares(seats: Sequence[Seat], parts: int) -> Iterator[Sequence[Seat]]:
    """The seats in at most so many parts of nearly equal size, in their order; none is empty."""
    parts = max(1, min(parts, len(seats)))
    for number in range(parts):
        part = seats[len(seats) * number // parts : len(seats) * (number + 1) // parts]
        if part:
            yield part


def crew_size(problem: Problem, zone: str, turn: Turn, patients: int) -> int:
    """Nurses of the zone in the turn; where the center states none, as many as the patients
    need at the most that one may care for."""
    stated = problem.nurses(zone, turn)
    return stated or -(-patients // problem.limit("nurse_ratio", turn.day))


def crews(problem: Problem, rows: Iterable[Assignment]) -> Mapping[tuple[str, Turn], int]:
    """The number of the nurse, from 1 in each zone and turn, by patient and turn."""
    seated: dict[tuple[str, Turn], list[Assignment]] = {}
    for row in rows:
        seated.setdefault((problem.station[row.station].zone, row.turn), []).append(row)
    return {
        (row.patient, turn): number
        for (zone, turn), there in seated.items()
        for row, number in _numbered(problem, zone, turn, there)
    }


def _numbered(
    problem: Problem, zone: str, turn: Turn, there: list[Assignment]
) -> list[tuple[Assignment, int]]:
    """Each nurse has the same stations turn after turn, unless that gives one of them more
    patients than need be: then the patients are divided, not the stations."""
    there.sort(key=lambda row: (natural(row.station), row.patient))
    nurses = crew_size(problem, zone, turn, len(there))
    divided = [
        (row, number) for number, part in enumerate(shares(there, nurses), start=1) for row in part
    ]
    stations = sorted((s.code for s in problem.register.stations if s.zone == zone), key=natural)
    block = {
        code: number for number, part in enumerate(shares(stations, nurses), 1) for code in part
    }
    steady = [(row, block[row.station]) for row in there]
    return steady if _most(steady) <= _most(divided) else divided


def _most(numbered: list[tuple[Assignment, int]]) -> int:
    """The most patients that one nurse has."""
    return max(Counter(number for _, number in numbered).values())


def hands(problem: Problem, rows: Iterable[Assignment]) -> Mapping[tuple[str, Turn], int]:
    """The same, but where a patient has a cue, the nurse that it names."""
    cues = problem.choreography.by_session
    return {
        key: cues[key].nurse if key in cues else number
        for key, number in crews(problem, rows).items()
    }
