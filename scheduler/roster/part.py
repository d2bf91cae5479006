"""A piece of a shape: some people on some days, everything else as a roster has it.

What the piece costs differs from what the whole costs by what does not change in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from scheduler.roster.shape import (
    Cell,
    Cover,
    Person,
    Roster,
    Shape,
    Sum,
    Weekends,
    Wish,
    fixed,
    wishes_of,
)


@dataclass(frozen=True, slots=True)
class Part:
    """People and days `first` up to `end` that are free; days from there up to `tail` are held
    but count, so that what is free fits what comes after."""

    people: tuple[int, ...]
    first: int
    end: int
    tail: int


def part_of(shape: Shape, people: Sequence[int], first: int, end: int) -> Part:
    """The part that leaves these free, widened so that no weekend is split at its start and
    that nothing can reach across its tail."""
    while first and any(first - 1 in days and first in days for days in shape.weekends):
        first -= 1
    tail = shape.days if end >= shape.days else min(shape.days, end + _memory(shape))
    while tail < shape.days and any(tail - 1 in d and tail in d for d in shape.weekends):
        tail += 1
    return Part(tuple(sorted(people)), first, min(end, shape.days), tail)


def piece(shape: Shape, roster: Roster, part: Part) -> Shape:
    """The part as a shape of its own, its days and people counted from 0."""
    inside = frozenset(range(part.first, part.tail))
    return Shape(
        part.tail - part.first,
        shape.kinds,
        tuple(_person(shape, roster, part, at) for at in part.people),
        tuple(_covers(shape, roster, part)),
        shape.barred,
        tuple(_moved(days, part) for days in shape.weekends if days & inside),
    )


def cut(roster: Roster, part: Part) -> Roster:
    """What a roster has in the part, tail included."""
    return tuple(roster[at][part.first : part.tail] for at in part.people)


def pasted(roster: Roster, part: Part, answer: Roster) -> Roster:
    """The roster with the part's free days as in the answer."""
    rows = list(roster)
    for at, row in zip(part.people, answer, strict=True):
        free = row[: part.end - part.first]
        rows[at] = rows[at][: part.first] + free + rows[at][part.end :]
    return tuple(rows)


def _memory(shape: Shape) -> int:
    """Days after which nothing that went before matters any more, but for sums."""
    runs = [max(run.least, run.most or 0) for person in shape.people for run in person.runs]
    rests = [rest.days for person in shape.people for rest in person.rests]
    return max([1, *runs, *rests]) + 1


def _moved(days: frozenset[int], part: Part) -> frozenset[int]:
    return frozenset(day - part.first for day in days if part.first <= day < part.tail)


def _person(shape: Shape, roster: Roster, part: Part, at: int) -> Person:
    person, row = shape.people[at], roster[at]
    past = (person.past + row[: part.first])[-_memory(shape) :]
    held = (fixed(shape, day - part.first, row[day]) for day in range(part.end, part.tail))
    barred = _barred(person, part).union(*held)
    return replace(
        person,
        sums=tuple(_sums(shape, person, row, part)),
        weekends=tuple(_weekends(shape, person, row, part)),
        wishes=tuple(_wishes(shape, at, part)),
        barred=barred,
        past=past,
    )


def _barred(person: Person, part: Part) -> frozenset[Cell]:
    return frozenset(
        (day - part.first, kind) for day, kind in person.barred if part.first <= day < part.end
    )


def _wishes(shape: Shape, at: int, part: Part) -> Iterator[Wish]:
    for wish in wishes_of(shape, at):
        if part.first <= wish.day < part.end:
            yield replace(wish, day=wish.day - part.first)


def _sums(shape: Shape, person: Person, row: Sequence[int], part: Part) -> Iterator[Sum]:
    """What the days outside leave of each limit."""
    for limit in person.sums:
        days = frozenset(range(shape.days)) if limit.days is None else limit.days
        inside = _moved(days, part)
        counted = (row[day] for day in days if not part.first <= day < part.tail)
        kinds = (shape.kinds[kind].minutes if limit.minutes else 1
                 for kind in counted if kind in limit.kinds)  # fmt: skip
        outside = sum(kinds)
        if inside:
            yield replace(
                limit,
                least=None if limit.least is None else limit.least - outside,
                most=None if limit.most is None else limit.most - outside,
                days=None if len(inside) == part.tail - part.first else inside,
            )


def _weekends(shape: Shape, person: Person, row: Sequence[int], part: Part) -> Iterator[Weekends]:
    outside = [d for d in shape.weekends if not _moved(d, part)]
    for limit in person.weekends:
        worked = sum(any(row[day] in limit.kinds for day in days) for days in outside)
        yield replace(limit, most=max(0, limit.most - worked))


def _covers(shape: Shape, roster: Roster, part: Part) -> Iterator[Cover]:
    """What the people who are not free leave to be covered; may be less than nothing."""
    free = set(part.people)
    numbers = {at: number for number, at in enumerate(part.people)}
    for cover in shape.covers:
        if part.first <= cover.day < part.end:
            people = set(range(len(roster))) if cover.people is None else cover.people
            there = sum(roster[at][cover.day] in cover.kinds for at in people - free)
            mine = frozenset(numbers[at] for at in people & free)
            if mine:
                everybody = len(mine) == len(numbers)
                yield replace(
                    cover,
                    day=cover.day - part.first,
                    need=cover.need - there,
                    people=None if everybody else mine,
                )
