"""What each patient's week asks of the center: sessions, and where and when they can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.calendar import Turn
from domain.center import Modality
from domain.need import wanted_sessions
from scheduler.model import Model
from scheduler.walks import Walk, pace_of, seats_in_week, turns_by_day, walks

_WEEK = range(7)


@dataclass(frozen=True, slots=True)
class Choice:
    """The walks within one zone, or anywhere where weeks may change zones; `turns` are the
    turns that each day has for the patient, `shifts` the same for single shifts."""

    walks: tuple[Walk, ...]
    turns: tuple[int, ...]
    shifts: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Demand:
    """One patient's week with sessions to be had.

    `seats` are the stations, as bits, that the patient may use in each turn, within the zones
    that allow a whole week; `longest` is the most sessions that a legal week has, and
    `on_day` the most that it has on each day. No choices: there is no legal week.
    """

    patient: str
    monday: date
    wanted: int
    modality: Modality
    zones: tuple[str, ...]
    seats: Mapping[Turn, int]
    choices: tuple[Choice, ...]
    longest: int
    on_day: tuple[int, ...]

    def least_in(self, shift: str | None, day: date | None) -> int:
        """Sessions that every legal plan has in the shift or on the day, or lacks; those that
        no legal week has room for are not counted."""
        least = self.wanted
        for choice, inside in self._inside(shift, day):
            outside = tuple(all_ - in_ for all_, in_ in zip(choice.turns, inside, strict=True))
            least = min(least, _least(choice.walks, outside, self.wanted))
        return max(0, least - max(0, self.wanted - self.longest))

    def most_in(self, shift: str | None, day: date | None) -> int:
        """The most sessions that a legal week has in the shift or on the day."""
        found = (_most(choice.walks, inside) for choice, inside in self._inside(shift, day))
        return min(self.wanted, max(found, default=0))

    def _inside(
        self, shift: str | None, day: date | None
    ) -> Iterator[tuple[Choice, tuple[int, ...]]]:
        number = (day - self.monday).days if day else None
        for choice in self.choices:
            turns = choice.shifts.get(shift, (0,) * 7) if shift else choice.turns
            yield choice, tuple(n if number in (None, d) else 0 for d, n in enumerate(turns))


@lru_cache(maxsize=4096)
def _least(found: tuple[Walk, ...], outside: tuple[int, ...], wanted: int) -> int:
    return min(
        sum(max(0, walk.count(day) - outside[day]) for day in set(walk))
        + max(0, wanted - len(walk))
        for walk in found
    )


@lru_cache(maxsize=4096)
def _most(found: tuple[Walk, ...], inside: tuple[int, ...]) -> int:
    return max(sum(min(walk.count(day), inside[day]) for day in set(walk)) for walk in found)


def demands(model: Model, zones: Mapping[str, int]) -> tuple[Demand, ...]:
    """Every patient's week for which sessions are wanted; `zones` are their stations as bits."""
    problem = model.problem
    return tuple(
        _demand(model, zones, patient, monday, wanted)
        for patient in sorted(problem.patient)
        for monday in problem.mondays
        if (wanted := wanted_sessions(problem, patient, monday))
    )


def _demand(
    model: Model, zones: Mapping[str, int], patient: str, monday: date, wanted: int
) -> Demand:
    seats = seats_in_week(model, patient, monday)
    pace = pace_of(model, patient, monday)
    masks = tuple(zones.values()) if model.one_zone else (model.every_station,)
    choices: list[Choice] = []
    usable = 0
    for stations in masks:
        there = [turn for turn, mask in seats.items() if mask & stations]
        turns = turns_by_day(monday, there)
        found = walks(pace, turns)
        if found:
            usable |= stations
            shifts = {
                shift: turns_by_day(monday, (turn for turn in there if turn.shift == shift))
                for shift in {turn.shift for turn in there}
            }
            choices.append(Choice(found, turns, shifts))
    every = tuple(walk for choice in choices for walk in choice.walks)
    kept = {turn: mask & usable for turn, mask in seats.items() if mask & usable}
    touched = _union(kept)
    prescription = model.problem.prescription_of_week(patient, monday)
    return Demand(
        patient,
        monday,
        wanted,
        prescription.modality if prescription else Modality.HD,
        tuple(zone for zone, stations in zones.items() if stations & touched),
        kept,
        tuple(choices),
        max(map(len, every), default=0),
        tuple(max((walk.count(day) for walk in every), default=0) for day in _WEEK),
    )


def _union(seats: Mapping[Turn, int]) -> int:
    total = 0
    for mask in seats.values():
        total |= mask
    return total
