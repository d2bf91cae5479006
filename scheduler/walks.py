"""On which days of a week a patient's sessions may lie, before anybody asks for a seat.

`weeks` lists whole weeks for the search; here only days matter, so that capacity arithmetic
and the look for contradictions take milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.calendar import DAY, WEEK, Turn, days_from
from domain.need import treated_elsewhere_between
from domain.problem import Problem
from scheduler.model import Model

Walk = tuple[int, ...]
"""Session days of a week, counted from its Monday, in order; a day twice is two sessions."""

Steps = tuple[tuple[bool, ...], ...]

_WEEK = range(7)


@dataclass(frozen=True, slots=True)
class Pace:
    """How sessions may follow each other in one week of one patient: on which days the first
    may be, which day may follow which, on which days the last may be, and how many."""

    first: tuple[bool, ...]
    follows: Steps
    last: tuple[bool, ...]
    counts: range


def pace_of(model: Model, patient: str, monday: date) -> Pace:
    """The pace that history, the week after and all rules between sessions allow."""
    problem = model.problem
    days = tuple(days_from(monday, 7))
    legal = _legal_steps(model, patient)
    history = problem.history.get(patient) if monday == problem.first_day else None
    begins = (legal(history[-1].day, day) if history else True for day in days)
    follows = tuple(
        tuple([then >= first and legal(first, then) for then in days]) for first in days
    )
    ends = _may_end(model, patient, monday, days)
    most = range(1, 7 * len(problem.shift) + 1)
    counts = model.counts.get((patient, monday), most)
    return Pace(tuple(begins), follows, tuple(ends), counts)


def _legal_steps(model: Model, patient: str) -> Callable[[date, date], bool]:
    problem = model.problem
    rules = model.follow_ups.get(patient, ())
    travels = _may_travel(problem, patient)

    def legal(first: date, then: date) -> bool:
        if travels and treated_elsewhere_between(problem, patient, first, then):
            return True
        return all(rule(first, then) for rule in rules)

    return legal


def _may_travel(problem: Problem, patient: str) -> bool:
    """False if the patient is certainly not treated elsewhere from last week to next week."""
    span = problem.patient[patient].span
    edges = (problem.first_day - 8 * DAY, problem.end_day + 8 * DAY)
    return patient in problem.absences or any(day not in span for day in edges)


def _may_end(model: Model, patient: str, monday: date, days: tuple[date, ...]) -> Iterator[bool]:
    """The week after the horizon must be able to follow, rule by rule."""
    problem = model.problem
    rules = model.follow_ups.get(patient, ())
    after = [then for then in days_from(problem.end_day, 7) if problem.is_open_day(then)]
    inner = monday != problem.mondays[-1] or not after
    travels = _may_travel(problem, patient)
    for day in days:
        if inner or (
            travels and treated_elsewhere_between(problem, patient, day, problem.end_day + DAY)
        ):
            yield True
        else:
            yield all(any(rule(day, then) for then in after) for rule in rules)


@lru_cache(maxsize=4096)
def walks(pace: Pace, turns: tuple[int, ...]) -> tuple[Walk, ...]:
    """Every legal week of days; `turns` are the turns that each day has for the patient."""
    return tuple(_walks(pace, turns))


def any_walk(pace: Pace, turns: tuple[int, ...], least: tuple[int, ...] = (0,) * 7) -> bool:
    """True if there is a legal week with at least so many sessions on each day.

    Goes by (last day, sessions so far) only, since all weeks would be too many to list where
    few rules are left.
    """
    ends: set[tuple[int | None, int]] = {(None, 0)}
    for day in _WEEK:
        staying = set() if least[day] else set(ends)
        for last, count in ends:
            if pace.first[day] if last is None else pace.follows[last][day]:
                most = turns[day] if pace.follows[day][day] else min(1, turns[day])
                staying |= {(day, count + k) for k in range(max(1, least[day]), most + 1)}
        ends = staying
    return any(last is not None and pace.last[last] and n in pace.counts for last, n in ends)


def _walks(pace: Pace, turns: tuple[int, ...]) -> Iterator[Walk]:
    def onward(walk: Walk) -> Iterator[Walk]:
        if walk and pace.last[walk[-1]] and len(walk) in pace.counts:
            yield walk
        if len(walk) + 1 >= pace.counts.stop:
            return
        for day in _WEEK:
            legal = pace.follows[walk[-1]][day] if walk else pace.first[day]
            if legal and walk.count(day) < turns[day]:
                yield from onward((*walk, day))

    return onward(())


def turns_by_day(monday: date, turns: Iterable[Turn]) -> tuple[int, ...]:
    """How many of the turns lie on each day of the week."""
    count = [0] * 7
    for turn in turns:
        count[(turn.day - monday).days] += 1
    return tuple(count)


def seats_in_week(model: Model, patient: str, monday: date) -> dict[Turn, int]:
    """The stations, as bits, at which the patient may sit in the week's turns."""
    barred = model.barred.get(patient, ())
    turns = (turn for turn in model.problem.turns if monday <= turn.day < monday + WEEK)
    allowed = {turn: model.allowed(patient, turn) for turn in turns if turn not in barred}
    return {turn: seats for turn, seats in allowed.items() if seats}


def zone_masks(model: Model) -> dict[str, int]:
    """Every zone's stations as bits."""
    return {zone: model.mask(there) for zone, there in model.problem.zone_stations.items()}


def has_week(model: Model, patient: str, monday: date, zones: Iterable[int]) -> bool:
    """True if the rules leave the patient a legal week in which every promise is kept; `zones`
    are the stations of each, as bits. Without any session only if none is asked for."""
    seats = seats_in_week(model, patient, monday)
    pace = pace_of(model, patient, monday)
    week = frozenset(days_from(monday, 7))
    promised = {turn for turn in model.promises.get(patient, ()) if turn.day in week}
    if not promised and 0 in pace.counts:
        return True
    least = turns_by_day(monday, promised)
    for stations in zones if model.one_zone else (model.every_station,):
        there = {turn for turn, mask in seats.items() if mask & stations}
        if promised <= there and any_walk(pace, turns_by_day(monday, there), least):
            return True
    return False
