"""What remedies cost, in one unit: minutes of a nurse's ordinary working time.

A center counts in what it is short of, and that is nurses; machines, harm to patients and
travel are weighed in the same unit so that remedies can be put in order. Every rate is a row
with its source and can be replaced by the center's own; none is hidden in code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from domain.calendar import Parity, Turn
from domain.need import wanted_sessions
from domain.problem import Problem
from domain.remedy import (
    Crew,
    ExtraShift,
    FewerSessions,
    GuestElsewhere,
    MoreMachines,
    MoreNurses,
    OpenNight,
    Remedy,
)
from domain.words import Words, words

_SUNDAY = 7
_HOUR = 60


class Item(StrEnum):
    """What is counted: hours of nurses, machines for a week, sessions given up or moved away."""

    NURSE_HOUR = "nurse hour"
    REST_DAY_HOUR = "nurse hour on a rest day"
    NIGHT_HOUR = "nurse hour at night"
    MACHINE_WEEK = "machine for a week"
    SESSION_LESS = "session less"
    GUEST_SESSION = "session elsewhere"


@dataclass(frozen=True, slots=True)
class Rate:
    """What one of an item weighs, in minutes of a nurse's ordinary time."""

    item: Item
    minutes: int
    source: str


def _rate(item: Item, minutes: int, source: Words) -> tuple[Item, Rate]:
    return item, Rate(item, minutes, str(source))


STANDARD_RATES: Mapping[Item, Rate] = MappingProxyType(
    dict(
        (
            _rate(Item.NURSE_HOUR, 60, words("The unit itself")),
            _rate(
                Item.REST_DAY_HOUR,
                120,
                words("Labor Law, Article 44: twice the wage on a rest day"),
            ),
            _rate(Item.NIGHT_HOUR, 90, words("Proposal of this product; the center sets it")),
            _rate(
                Item.MACHINE_WEEK,
                900,
                words("Proposal of this product: price, upkeep and space over eight years"),
            ),
            _rate(
                Item.SESSION_LESS,
                600,
                words("Proposal of this product: a session less harms; the doctor sets it"),
            ),
            _rate(
                Item.GUEST_SESSION,
                480,
                words("Proposal of this product: a day's journey for the patient"),
            ),
        )
    )
)
"""The rates of a center that has set none of its own."""


@dataclass(frozen=True, slots=True)
class CostLine:
    """A part of what remedies cost; `amount` counts the item (hours, machine weeks, sessions)
    in sixtieths, so that half an hour stays exact."""

    rate: Rate
    amount: int

    @property
    def minutes(self) -> int:
        """In minutes of a nurse's ordinary time, rounded up."""
        return -(-self.amount * self.rate.minutes // _HOUR)


@dataclass(frozen=True, slots=True)
class RemedyCost:
    """What remedies cost over the horizon, part by part."""

    lines: tuple[CostLine, ...]

    @property
    def minutes(self) -> int:
        """All together, in minutes of a nurse's ordinary time."""
        return sum(line.minutes for line in self.lines)


def cost_of(
    problem: Problem, remedies: Sequence[Remedy], rates: Mapping[Item, Rate] = STANDARD_RATES
) -> RemedyCost:
    """What the remedies cost over the horizon of the problem as it is without them."""
    amounts: dict[Item, int] = {}
    for remedy in remedies:
        for item, amount in _amounts(problem, remedy):
            amounts[item] = amounts.get(item, 0) + amount
    return RemedyCost(
        tuple(CostLine(rates[item], amounts[item]) for item in Item if amounts.get(item))
    )


def _amounts(problem: Problem, remedy: Remedy) -> Iterator[tuple[Item, int]]:
    """Items with how much of each, in sixtieths: minutes of hours."""
    match remedy:
        case ExtraShift(turns, crews):
            for turn in turns:
                minutes = _length(problem, turn)
                yield _hour(problem.shift[turn.shift].night, turn.day), _nurses(crews) * minutes
        case OpenNight(shift, crews):
            for day in problem.days:
                if day.isoweekday() in shift.weekdays:
                    minutes = shift.interval(day).minutes
                    yield _hour(shift.night, day), _nurses(crews) * minutes
        case MoreMachines(_, count, _):
            yield Item.MACHINE_WEEK, _HOUR * count * problem.weeks
        case MoreNurses(_, shift_code, days, nurses):
            for day in days:
                minutes = _length(problem, Turn(day, shift_code))
                yield _hour(problem.shift[shift_code].night, day), nurses * minutes
        case FewerSessions(odd, even, _):
            yield Item.SESSION_LESS, _HOUR * _given_up(problem, odd, even)
        case GuestElsewhere(patients):
            wanted = (wanted_sessions(problem, p, m) for p in patients for m in problem.mondays)
            yield Item.GUEST_SESSION, _HOUR * sum(wanted)


def _hour(night: bool, day: date) -> Item:
    if day.isoweekday() == _SUNDAY:
        return Item.REST_DAY_HOUR
    return Item.NIGHT_HOUR if night else Item.NURSE_HOUR


def _nurses(crews: Iterable[Crew]) -> int:
    return sum(crew.nurses for crew in crews)


def _length(problem: Problem, turn: Turn) -> int:
    return problem.shift[turn.shift].interval(turn.day).minutes


def _given_up(problem: Problem, odd: Sequence[str], even: Sequence[str]) -> int:
    """A session in each odd week for the first, in each even week for the others."""
    parities = [problem.parity(monday) for monday in problem.mondays]
    return sum(len(odd) if parity is Parity.ODD else len(even) for parity in parities)
