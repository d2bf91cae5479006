"""A day of a zone as a problem of times alone: sessions, hands, and stations to be got ready.

Minutes count from midnight of the day. Parts of a zone that share neither a nurse nor a station
are scenes of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import pairwise

from domain.calendar import DAY
from domain.choreography import UNSTAGGERED, Choreography, Pace
from domain.crews import crews
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.choreography.dealt import dealt
from scheduler.choreography.entry import Entry
from scheduler.choreography.permitted import permitted

_DAY_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Handover:
    """Two entries (by position) that follow each other at a station, and the least minutes
    between their begins: the first session and the turnover after it."""

    first: int
    then: int
    least: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What hangs together on a day: tasks of a nurse are to begin `apart` minutes after each
    other."""

    entries: tuple[Entry, ...]
    handovers: tuple[Handover, ...]
    apart: int


@dataclass(frozen=True, slots=True)
class Promises:
    """Cues that exist already. `fixed` ones stand; people know of those `told`, which are kept
    unless a station could not be got ready in time."""

    fixed: Choreography = UNSTAGGERED
    told: Choreography = UNSTAGGERED

    @property
    def delays(self) -> frozenset[int]:
        """The minutes that somebody has been told."""
        return frozenset(cue.delay for cue in self.told.cues)


def scenes(problem: Problem, plan: Plan, pace: Pace, promises: Promises) -> tuple[Scene, ...]:
    """Every scene of the plan, by day and zone."""
    delays = tuple(sorted({*pace.delays, *promises.delays}))
    open_ = permitted(problem, plan, delays)
    hands = crews(problem, plan.assignments)
    days: defaultdict[tuple[date, str], list[Entry]] = defaultdict(list)
    for row in plan.assignments:
        key = (row.patient, row.turn)
        entry = _promised(_entry(problem, row, hands[key], open_[key]), promises)
        regular = tuple(one for one in entry.delays if one in pace.delays or one == entry.told)
        zone = problem.station[row.station].zone
        days[row.day, zone].append(entry if entry.fixed else replace(entry, delays=regular))
    return tuple(scene for day in sorted(days) for scene in _parts(problem, days[day], pace))


def _entry(problem: Problem, row: Assignment, nurse: int, delays: tuple[int, ...]) -> Entry:
    """A session with the delays after which its station is ready before the next day."""
    start = _minute(row.day, problem.shift[row.shift].interval(row.day).start)
    minutes = problem.minutes(row.patient, row.day)
    latest = _closing(problem, row.day) - minutes - problem.shift[row.shift].turnover_minutes
    fitting = tuple(delay for delay in delays if delay == 0 or start + delay <= latest)
    return Entry(row, start, minutes, fitting, nurse)


def _promised(entry: Entry, promises: Promises) -> Entry:
    key = (entry.row.patient, entry.row.turn)
    fixed, told = promises.fixed.by_session.get(key), promises.told.by_session.get(key)
    if fixed is not None:
        return replace(entry, delays=(fixed.delay,), nurse=fixed.nurse, fixed=True)
    if told is not None and told.delay in entry.delays:
        return replace(entry, told=told.delay)
    return entry


def _minute(day: date, moment: datetime) -> int:
    return int((moment - datetime.combine(day, time.min)).total_seconds()) // 60


def _closing(problem: Problem, day: date) -> int:
    """When the next day's first shift begins, by which every station is ready again."""
    following = problem.turns_on(day + DAY)
    if not following:
        return 2 * _DAY_MINUTES
    return _minute(day, problem.shift[following[0].shift].interval(day + DAY).start)


def _parts(problem: Problem, entries: Sequence[Entry], pace: Pace) -> Iterator[Scene]:
    """The day of a zone in scenes, each with its entries in the order of time and station."""
    ordered = sorted(entries, key=lambda one: (one.start, one.row))
    links = tuple(_handovers(problem, ordered))
    ordered = dealt(ordered, _hurried(ordered, links, pace.apart))
    label = _labels(ordered, links)
    for part in sorted(set(label)):
        mine = [position for position, found in enumerate(label) if found == part]
        at = {position: number for number, position in enumerate(mine)}
        yield Scene(
            tuple(ordered[position] for position in mine),
            tuple(
                Handover(at[link.first], at[link.then], link.least)
                for link in links
                if link.first in at
            ),
            pace.apart,
        )


def _handovers(problem: Problem, entries: Sequence[Entry]) -> Iterator[Handover]:
    """Neighbors in time at each station, where the one before can be too late."""
    at: defaultdict[str, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        at[entry.row.station].append(position)
    for positions in at.values():
        for first, then in pairwise(positions):
            one, other = entries[first], entries[then]
            least = one.minutes + problem.shift[one.row.shift].turnover_minutes
            if other.start + other.delays[0] < one.start + one.delays[-1] + least:
                yield Handover(first, then, least)


def _hurried(entries: Sequence[Entry], links: Sequence[Handover], apart: int) -> frozenset[int]:
    """Who cannot begin as much later as a task takes, the own hours and the next patient's of
    the same station considered."""
    room = [entry.delays[-1] for entry in entries]
    for link in sorted(links, key=lambda one: one.then, reverse=True):
        latest = entries[link.then].start + room[link.then] - link.least
        room[link.first] = min(room[link.first], latest - entries[link.first].start)
    return frozenset(number for number, delay in enumerate(room) if delay < apart)


def _labels(entries: Sequence[Entry], links: Iterable[Handover]) -> list[int]:
    """The number of the part to which each entry belongs: entries of one nurse hang together,
    and so do those that a handover joins."""
    root: dict[int, int] = {}

    def top(nurse: int) -> int:
        while root.setdefault(nurse, nurse) != nurse:
            nurse = root[nurse]
        return nurse

    for link in links:
        one, other = top(entries[link.first].nurse), top(entries[link.then].nurse)
        root[max(one, other)] = min(one, other)
    return [top(entry.nurse) for entry in entries]
