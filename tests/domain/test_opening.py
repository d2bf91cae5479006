"""A center is open on a day on which some shift runs at some station that nothing shuts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from domain.calendar import Span
from domain.center import Closure, Shift, Station
from domain.opening import EVERY_DAY, FAR, OpenDays
from domain.words import Label

SATURDAY, SUNDAY, MONDAY = date(2026, 3, 7), date(2026, 3, 8), date(2026, 3, 9)
WORKDAYS = frozenset(range(1, 7))
DAY = Shift("D", Label("Day", ""), time(7), time(12), WORKDAYS, 30)
LATE = replace(DAY, code="L", weekdays=frozenset({1}))
OPEN = OpenDays((DAY, LATE), (Station("A1", "A"), Station("A2", "A")))


def shut(*closures: Closure) -> OpenDays:
    return replace(OPEN, closures=closures)


def test_a_day_without_a_shift_is_closed_and_the_next_open_one_is_found() -> None:
    assert (SATURDAY in OPEN, SUNDAY in OPEN, MONDAY in OPEN) == (True, False, True)
    assert OPEN.first_from(SUNDAY) == MONDAY
    assert OPEN.first_from(SATURDAY) == SATURDAY


def test_a_holiday_closes_and_one_station_or_shift_that_is_shut_does_not() -> None:
    holiday = Span(MONDAY, MONDAY)
    assert MONDAY not in shut(Closure(holiday, "festival"))
    assert MONDAY in shut(Closure(holiday, "repair", station="A1"))
    assert MONDAY in shut(Closure(holiday, "repair", shift="D"))
    both = (Closure(holiday, "x", station="A1"), Closure(holiday, "x", zone="A", station="A2"))
    assert MONDAY not in shut(*both)
    assert MONDAY in shut(Closure(Span(SUNDAY, SUNDAY), "festival"))


def test_a_center_that_states_no_shifts_is_taken_to_be_open() -> None:
    assert SUNDAY in EVERY_DAY
    assert EVERY_DAY.first_from(SUNDAY) == SUNDAY


def test_a_center_that_is_shut_for_good_is_asked_on_every_day() -> None:
    assert FAR == 60
    assert shut(Closure(Span(), "moved")).first_from(MONDAY) == MONDAY
