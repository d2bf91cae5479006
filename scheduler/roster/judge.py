"""What a roster costs and which limits it breaks, read off the cells one by one.

The judge of every answer: it knows no solver, no automaton and none of the search's tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from domain.words import Words, words
from scheduler.roster.shape import (
    Cover,
    Person,
    Rest,
    Roster,
    Run,
    Shape,
    Sum,
    Weekends,
    wishes_of,
)


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard limit that a person's row breaks; the day is the one where it shows."""

    person: int
    day: int
    words: Words


@dataclass(frozen=True, slots=True)
class Gap:
    """A cover that is not met, or more than met: by how many people, at what cost."""

    cover: Cover
    missing: int
    surplus: int
    cost: int


@dataclass(frozen=True, slots=True)
class Judgment:
    """All there is to say against a roster: what it breaks, and what it pays to whom."""

    breaches: tuple[Breach, ...]
    gaps: tuple[Gap, ...]
    personal: tuple[int, ...]

    @property
    def legal(self) -> bool:
        """True if no hard limit is broken."""
        return not self.breaches

    @property
    def cost(self) -> int:
        """Covers and people together."""
        return sum(gap.cost for gap in self.gaps) + sum(self.personal)


def judge(shape: Shape, roster: Roster) -> Judgment:
    """Hold a roster against everything the shape asks for. Raises ValueError if it is not one
    duty of a known kind for everybody on every day."""
    _refuse_misfits(shape, roster)
    people = range(len(shape.people))
    return Judgment(
        tuple(breach for at in people for breach in _breaches(shape, at, roster[at])),
        tuple(gap for cover in shape.covers if (gap := _gap(cover, roster)) is not None),
        tuple(personal_cost(shape, at, roster[at]) for at in people),
    )


def personal_cost(shape: Shape, at: int, row: tuple[int, ...]) -> int:
    """What a person's row costs apart from covers: wishes, and sums and weekends with prices."""
    person = shape.people[at]
    wishes = sum(w.weight for w in wishes_of(shape, at) if (row[w.day] in w.kinds) != w.wanted)
    sums = sum(_sum_cost(limit, _amount(shape, limit, row)) for limit in person.sums)
    weekends = sum(
        max(0, _worked_weekends(shape, limit, row) - limit.most) * limit.over
        for limit in person.weekends
        if limit.over is not None
    )
    return wishes + sums + weekends


def _refuse_misfits(shape: Shape, roster: Roster) -> None:
    fits = len(roster) == len(shape.people) and all(len(row) == shape.days for row in roster)
    if not fits or not all(0 <= kind < len(shape.kinds) for row in roster for kind in row):
        raise ValueError("the roster is not one known duty for everybody on every day")


def _gap(cover: Cover, roster: Roster) -> Gap | None:
    people = range(len(roster)) if cover.people is None else cover.people
    there = sum(roster[at][cover.day] in cover.kinds for at in people)
    missing, surplus = max(0, cover.need - there), max(0, there - cover.need)
    if not missing and not (surplus and cover.over):
        return None
    return Gap(cover, missing, surplus, missing * cover.under + surplus * cover.over)


def _breaches(shape: Shape, at: int, row: tuple[int, ...]) -> Iterator[Breach]:
    person = shape.people[at]
    for day, kind in enumerate(row):
        if (day, kind) in person.barred:
            yield Breach(at, day, words("not allowed on this day"))
    yield from _follow(shape, at, row)
    for run in person.runs:
        yield from _runs(at, run, person.past, row)
    for rest in person.rests:
        yield from _rests(at, rest, person.past, row)
    yield from _sums(shape, at, row)


def _follow(shape: Shape, at: int, row: tuple[int, ...]) -> Iterator[Breach]:
    past = shape.people[at].past[-1:]
    for day, pair in enumerate(zip(past + row, (past + row)[1:], strict=False), 1 - len(past)):
        if pair in shape.barred:
            yield Breach(at, day, words("may not follow the duty of the day before"))


def _runs(at: int, run: Run, past: tuple[int, ...], row: tuple[int, ...]) -> Iterator[Breach]:
    for first, end in _rows_of(run.kinds, past + row):
        day = end - 1 - len(past)  # -1: the row ended with the past, and day 0 could go on
        if run.most is not None and end - first > run.most and day >= 0:
            yield Breach(at, day, words("more than {most} days in a row", most=run.most))
        open_ended = first == 0 or end == len(past) + len(row)
        if end - first < run.least and not open_ended and day >= -1:
            least = run.least
            yield Breach(at, max(0, day), words("fewer than {least} days in a row", least=least))


def _rests(at: int, rest: Rest, past: tuple[int, ...], row: tuple[int, ...]) -> Iterator[Breach]:
    every = past + row
    for _, end in _rows_of(rest.kinds, every):
        after = every[end : end + rest.days]
        for day, kind in enumerate(after, end - len(past)):
            if kind not in rest.resting:
                if day >= 0:  # what is past cannot be mended
                    yield Breach(at, day, words("fewer than {days} days of rest", days=rest.days))
                break


def _rows_of(kinds: frozenset[int], row: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """First day and end of each row of days of these kinds."""
    day = 0
    for inside, same in groupby(row, lambda kind: kind in kinds):
        end = day + len(list(same))
        if inside:
            yield day, end
        day = end


def _sums(shape: Shape, at: int, row: tuple[int, ...]) -> Iterator[Breach]:
    person: Person = shape.people[at]
    last = shape.days - 1
    for limit in person.sums:
        amount = _amount(shape, limit, row)
        where = max(limit.days) if limit.days else last
        if limit.most is not None and limit.over is None and amount > limit.most:
            yield Breach(at, where, words("{found}, at most {most}", found=amount, most=limit.most))
        if limit.least is not None and limit.under is None and amount < limit.least:
            yield Breach(
                at, where, words("{found}, at least {least}", found=amount, least=limit.least)
            )
    for weekends in person.weekends:
        found = _worked_weekends(shape, weekends, row)
        if weekends.over is None and found > weekends.most:
            yield Breach(
                at, last, words("{found} weekends, at most {most}", found=found, most=weekends.most)
            )


def _amount(shape: Shape, limit: Sum, row: tuple[int, ...]) -> int:
    """Days, or minutes, that count for a sum."""
    return sum(
        shape.kinds[kind].minutes if limit.minutes else 1
        for day, kind in enumerate(row)
        if kind in limit.kinds and (limit.days is None or day in limit.days)
    )


def _sum_cost(limit: Sum, amount: int) -> int:
    short = max(0, (limit.least or 0) - amount) * (limit.under or 0)
    over = max(0, amount - limit.most) * (limit.over or 0) if limit.most is not None else 0
    return short + over


def _worked_weekends(shape: Shape, limit: Weekends, row: tuple[int, ...]) -> int:
    return sum(any(row[day] in limit.kinds for day in days) for days in shape.weekends)
