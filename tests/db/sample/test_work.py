"""Which jobs go with which standing week, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from random import Random

import pytest

from db.sample.chains import Seat
from db.sample.size import sized
from db.sample.spec import ODD_MONDAY
from db.sample.work import Habits, Job, fits, frame_of, offers
from domain.calendar import Parity
from domain.center import Center
from domain.patient import WorkShift
from domain.words import Label

SPEC = sized(8)
FRAME = frame_of(SPEC, Center("S", Label("S", ""), "Asia/Shanghai", ODD_MONDAY))
HABITS = Habits(minutes=240, travel=20, recovery=120)
WORKDAYS = frozenset({1, 2, 3, 4, 5})


def seats(shift: str, *weekdays: int) -> tuple[Seat, ...]:
    return tuple(Seat(weekday, shift, "A01") for weekday in weekdays)


def job(start: str, end: str, weekdays: frozenset[int] = WORKDAYS, travel: int = 0) -> WorkShift:
    begin, finish = time.fromisoformat(start), time.fromisoformat(end)
    return WorkShift("P1", weekdays, begin, finish, travel)


@pytest.mark.parametrize(
    ("shift", "hours", "goes"),
    [
        ("AM", ("12:30", "18:00"), True),  # needle out at 10:30, recovered at 12:30
        ("AM", ("12:29", "18:00"), False),
        ("PM", ("09:00", "15:00"), True),  # through the door at 15:00
        ("PM", ("09:00", "15:01"), False),
        ("NIGHT", ("10:00", "16:00"), True),  # needle out at 02:00, rested at 10:00
        ("NIGHT", ("09:59", "16:00"), False),
        ("PM", ("08:00", "15:00"), True),  # 240 + 40 + 420 = 700 minutes
        ("PM", ("07:00", "15:00"), False),  # 760 minutes
        ("NOON", ("22:00", "04:00"), True),
        ("AM", ("22:00", "06:01"), False),  # still at work when the door opens
    ],
)
def test_hours_go_with_a_session(shift: str, hours: tuple[str, str], goes: bool) -> None:
    turns = seats(shift, 1, 3, 5)
    assert fits(FRAME, HABITS, [job(*hours)], turns, turns) is goes


def test_the_way_and_the_changing_count_on_both_sides() -> None:
    turns = seats("PM", 1)
    assert fits(FRAME, HABITS, [job("09:00", "14:45", travel=15)], turns, turns)
    late = replace(job("09:00", "14:45", travel=15), changing_minutes=1)
    assert not fits(FRAME, HABITS, [late], turns, turns)


def test_the_weeks_of_the_fortnight_are_told_apart() -> None:
    odd_mornings = replace(job("07:30", "13:30"), parity=Parity.ODD)
    assert fits(FRAME, HABITS, [odd_mornings], seats("PM", 1), seats("AM", 1))
    assert not fits(FRAME, HABITS, [odd_mornings], seats("AM", 1), seats("PM", 1))


def test_a_saturday_night_reaches_into_sunday_work_of_the_next_day() -> None:
    sundays = job("09:00", "12:00", frozenset({7}))
    assert not fits(FRAME, HABITS, [sundays], seats("NIGHT", 6), ())
    mondays = job("09:00", "12:00", frozenset({1}))
    assert not fits(FRAME, HABITS, [mondays], (), seats("NIGHT", 7))


def test_a_sewing_job_is_upstairs() -> None:
    found = list(offers(Random(1), Job.SEWING, "P1", frozenset({1, 3, 5})))
    shifts = [shift for jobs in found for shift in jobs]
    assert {(one.workshop, one.travel_minutes, one.changing_minutes) for one in shifts} == {
        (True, 3, 15)
    }


def test_a_rotating_job_has_early_and_late_weeks() -> None:
    for odd, even in offers(Random(1), Job.ROTATING, "P1", frozenset({1, 3, 5})):
        assert (odd.parity, even.parity) == (Parity.ODD, Parity.EVEN)
        assert (odd.start < time(12)) is not (even.start < time(12))
