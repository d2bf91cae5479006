"""Days cut into more turns, when a doctor allows shorter sessions. Pure.

The hours of the day stay: from the start of its first shift to the end of its last, nights left
alone. Each new turn holds the shortest session that is allowed and the turnover after it, and has
the nurses that every shift has which it overlaps, so that nobody works more than before. What is
made are ordinary rows of the center's register, for these days only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.bad_day import DoctorsRule
from domain.calendar import DAY, Interval, Span, Turn
from domain.center import Closure, Hold, Shift, Staffing
from domain.frozen import begun
from domain.problem import Problem
from domain.register import Register
from domain.words import Label, words

_STEP = 5
"""Minutes that turns begin on a multiple of."""
_WHY = str(words("more and shorter turns on this day"))
_ONLY = str(words("only on days with more and shorter turns"))


@dataclass(frozen=True, slots=True)
class _Cut:
    """Days with the same day shifts, and the turns that take their place."""

    days: tuple[date, ...]
    instead_of: tuple[Shift, ...]
    shifts: tuple[Shift, ...]


def with_more_turns(problem: Problem, rule: DoctorsRule, now: datetime) -> Problem:
    """The week with its days that have not begun cut into as many turns as the shortest session
    allows; the same week where that gives no more. `problem` has one week."""
    if not rule.more_turns or rule.minutes is None:
        return problem
    register = problem.register
    for cut in _cuts(problem, rule.minutes, now):
        register = _with(problem, register, cut)
    return replace(problem, register=register)


def _cuts(problem: Problem, minutes: int, now: datetime) -> Iterator[_Cut]:
    started = {turn.day for turn in begun(problem, now)}
    groups: dict[tuple[Shift, ...], list[date]] = {}
    for day in problem.days:
        shifts = tuple(problem.shift[turn.shift] for turn in problem.turns_on(day))
        by_day = tuple(shift for shift in shifts if not shift.night)
        if by_day and day not in started and day >= now.date():
            groups.setdefault(by_day, []).append(day)
    taken = set(problem.shift)
    for by_day, days in groups.items():
        shifts = _cut(by_day, days, minutes, taken)
        if len(shifts) > len(by_day):
            taken |= {shift.code for shift in shifts}
            yield _Cut(tuple(days), by_day, shifts)


def _cut(
    by_day: tuple[Shift, ...], days: list[date], minutes: int, taken: set[str]
) -> tuple[Shift, ...]:
    """As many turns as fit, of the same length, one after the other."""
    turnover = max(shift.turnover_minutes for shift in by_day)
    start, end = _hours(by_day, days[0])
    room = Interval(start, end).minutes
    count = room // (minutes + turnover)
    length = max(room // max(1, count) // _STEP * _STEP, minutes + turnover)
    found = []
    for number in range(count):
        begin = start + timedelta(minutes=length * number)
        found.append(
            Shift(
                _code(number + 1, days[0], taken),
                Label(f"Short turn {number + 1}", f"短班{number + 1}"),
                begin.time(),
                (begin + timedelta(minutes=length)).time(),
                frozenset(day.isoweekday() for day in days),
                turnover,
                early=number == 0 and by_day[0].early,
            )
        )
    return tuple(found)


def _hours(by_day: Iterable[Shift], day: date) -> Interval:
    windows = [shift.interval(day) for shift in by_day]
    return Interval(min(one.start for one in windows), max(one.end for one in windows))


def _code(number: int, day: date, taken: set[str]) -> str:
    """A code that no shift has, the same for the same day."""
    code = f"S{number}-{day:%m%d}"
    while code in taken:
        code = f"{code}x"
    return code


# --- rows -------------------------------------------------------------------------------------


def _with(problem: Problem, register: Register, cut: _Cut) -> Register:
    return replace(
        register,
        shifts=(*register.shifts, *cut.shifts),
        closures=(*register.closures, *_closures(cut)),
        staffing=(*register.staffing, *_staffing(problem, cut)),
        holds=(*register.holds, *_holds(register, cut)),
    )


def _closures(cut: _Cut) -> Iterator[Closure]:
    """The shifts that give way on these days, and the new ones on all others."""
    for first, last in _runs(cut.days):
        for shift in cut.instead_of:
            yield Closure(Span(first, last), _WHY, shift.code)
    for shift in cut.shifts:
        yield Closure(Span(None, cut.days[0] - DAY), _ONLY, shift.code)
        yield Closure(Span(cut.days[-1] + DAY, None), _ONLY, shift.code)
        inside = {cut.days[0] + DAY * n for n in range((cut.days[-1] - cut.days[0]).days)}
        for day in sorted(inside - set(cut.days)):
            if day.isoweekday() in shift.weekdays:
                yield Closure(Span(day, day), _ONLY, shift.code)


def _runs(days: tuple[date, ...]) -> Iterator[tuple[date, date]]:
    first = last = days[0]
    for day in days[1:]:
        if day - last > DAY:
            yield first, last
            first = day
        last = day
    yield first, last


def _staffing(problem: Problem, cut: _Cut) -> Iterator[Staffing]:
    """The fewest nurses of the shifts that a new turn overlaps; none stated, none counted."""
    for day in cut.days:
        for shift in cut.shifts:
            for zone in problem.register.zones:
                turns = [Turn(day, one.code) for one in _overlapped(cut, shift, day)]
                found = [problem.nurses(zone.code, turn) for turn in turns]
                known = [nurses for nurses in found if nurses is not None]
                if known:
                    weekday = frozenset({day.isoweekday()})
                    yield Staffing(zone.code, shift.code, min(known), weekday, Span(day, day))


def _holds(register: Register, cut: _Cut) -> Iterator[Hold]:
    """What is kept free in a shift is kept free in the new turns that overlap it."""
    for hold in register.holds:
        for shift in cut.shifts:
            over = _overlapped(cut, shift, cut.days[0])
            if hold.shift in {one.code for one in over}:
                yield replace(hold, shift=shift.code)


def _overlapped(cut: _Cut, shift: Shift, day: date) -> list[Shift]:
    window = shift.interval(day)
    return [one for one in cut.instead_of if one.interval(day).overlaps(window)]
