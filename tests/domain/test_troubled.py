"""What troubles mean for a center, by hand on a tiny one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from domain.calendar import Span, Turn
from domain.patient import Absence
from domain.plan import Lock
from domain.problem import Problem
from domain.trouble import (
    NurseMissing,
    PatientAway,
    PatientBack,
    PatientJoins,
    PatientLate,
    PatientMissed,
    ShiftClosed,
    StationOut,
    Trouble,
    WaterOff,
)
from domain.troubled import cut_off, owed_again, still_fits, troubled
from tests.scheduler.worlds import MONDAY, booked, nurses, people, who, world

WEDNESDAY = MONDAY + timedelta(days=2)
FRIDAY = MONDAY + timedelta(days=4)


def at(day: date, clock: time) -> datetime:
    """A moment of the center."""
    return datetime.combine(day, clock)


NOON = at(WEDNESDAY, time(12, 45))


def after(problem: Problem, *troubles: Trouble) -> Problem:
    """The problem as it is from Wednesday noon on."""
    return troubled(problem, troubles, NOON)


def shut(problem: Problem, station: str) -> list[str]:
    """The turns, as "Wed pm", in which a station is shut."""
    turns = (turn for turn in problem.turns if not problem.is_open(station, turn))
    return [f"{turn.day:%a} {turn.shift}" for turn in turns]


def test_a_station_that_is_out_is_shut_in_every_turn_still_to_begin() -> None:
    problem = after(world(), StationOut("A1", at(WEDNESDAY, time(9))))
    assert shut(problem, "A1")[:3] == ["Wed pm", "Thu am", "Thu pm"]
    assert len(shut(problem, "A1")) == 7
    assert shut(problem, "A2") == []
    assert not problem.is_open("A1", Turn(MONDAY + timedelta(days=8), "am"))


def test_a_station_that_is_back_is_open_again() -> None:
    problem = after(world(), StationOut("A1", NOON, at(FRIDAY, time(7))))
    assert shut(problem, "A1") == ["Wed pm", "Thu am", "Thu pm"]


@pytest.mark.parametrize(
    ("start", "end", "turns"),
    [
        (time(8), time(8, 30), []),
        (time(12, 1), time(13), []),
        (time(7), time(8), []),
    ],
)
def test_hours_that_a_short_session_can_be_held_around_shut_nothing(
    start: time, end: time, turns: list[str]
) -> None:
    problem = world(**people(who("P1", minutes=210)))
    out = StationOut("A1", at(FRIDAY, start), at(FRIDAY, end))
    assert shut(after(problem, out), "A1") == turns


def test_a_station_is_shut_where_the_longest_session_cannot_begin_late_enough() -> None:
    problem = world(**people(who("P1", minutes=210), who("P2", minutes=240)))
    out = StationOut("A1", at(FRIDAY, time(7)), at(FRIDAY, time(8, 30)))
    assert shut(after(problem, out), "A1") == ["Fri am"]


def test_without_water_only_who_can_begin_late_enough_may_come() -> None:
    problem = world(**people(who("P1", minutes=180), who("P2", minutes=240)))
    off = WaterOff(at(FRIDAY, time(6)), at(FRIDAY, time(9)))
    dry = after(problem, off)
    assert shut(dry, "A1") == []
    assert [row.patient for row in dry.register.absences] == ["P2"]
    assert shut(after(problem, replace(off, end=at(FRIDAY, time(10)))), "A1") == ["Fri am"]


def test_the_minute_that_bars_a_turn_bars_no_other() -> None:
    problem = world(**people(who("P1", minutes=240)))
    late = PatientLate("P1", Turn(FRIDAY, "am"), 90)
    absence = after(problem, late).register.absences[0]
    assert absence.interval(FRIDAY) == (at(FRIDAY, time(10, 15)), at(FRIDAY, time(10, 16)))


def test_a_shift_closes_in_one_zone_or_in_all() -> None:
    closed = ShiftClosed(Turn(FRIDAY, "pm"))
    assert shut(after(world(), closed), "A2") == ["Fri pm"]
    assert shut(after(world(), replace(closed, zone="B")), "A2") == []


def test_a_missing_nurse_is_missing_in_that_turn_only() -> None:
    problem = after(
        world(staffing=nurses("A", am=3, pm=2)), NurseMissing("A", Turn(FRIDAY, "am"), 2)
    )
    counts = [problem.nurses("A", turn) for turn in problem.turns]
    assert counts == [3, 2] * 4 + [1, 2] + [3, 2]


def test_nobody_is_missing_who_is_not_there() -> None:
    problem = after(world(staffing=nurses("A", am=1)), NurseMissing("A", Turn(FRIDAY, "am"), 5))
    assert problem.nurses("A", Turn(FRIDAY, "am")) == 0


def test_who_is_away_is_away_on_whole_days() -> None:
    problem = after(world(**people(who("P1"))), PatientAway("P1", FRIDAY, FRIDAY))
    row = problem.register.absences[0]
    assert (row.span, row.start, row.end) == (Span(FRIDAY, FRIDAY), None, None)


def test_who_is_back_is_away_until_the_day_before() -> None:
    stay = Absence("P1", Span(MONDAY), "hospital")
    later = Absence("P1", Span(FRIDAY + timedelta(days=9)), "trip")
    problem = world(**people(who("P1")), absences=(stay, later))
    back = after(problem, PatientBack("P1", FRIDAY)).register.absences
    assert back == (replace(stay, span=Span(MONDAY, FRIDAY - timedelta(days=1))), later)
    gone = world(**people(who("P1")), absences=(replace(stay, span=Span(FRIDAY)),))
    assert after(gone, PatientBack("P1", FRIDAY)).register.absences == ()


def test_who_joins_belongs_to_the_center_from_that_day_on() -> None:
    problem = after(world(**people(who("P1"))), PatientJoins("P1", FRIDAY))
    assert problem.patient["P1"].span == Span(FRIDAY)


def test_a_missed_turn_to_come_is_barred_and_one_that_has_begun_is_not() -> None:
    problem = world(**people(who("P1")))
    assert len(after(problem, PatientMissed("P1", Turn(FRIDAY, "am"))).register.absences) == 1
    assert after(problem, PatientMissed("P1", Turn(MONDAY, "am"))).register.absences == ()


def test_promises_are_taken_back_only_as_far_as_they_cannot_be_kept() -> None:
    here, there = Lock("P1", FRIDAY, "am", "A1"), Lock("P2", FRIDAY, "pm")
    held = Lock("P1", MONDAY, "am", "A1")
    problem = world(**people(who("P1"), who("P2")), locks=(here, there, held))
    out = after(problem, StationOut("A1", NOON)).register.locks
    assert out == (replace(here, station=None), there, held)
    assert after(problem, ShiftClosed(Turn(FRIDAY, "am"))).register.locks == (there, held)
    assert after(problem, PatientAway("P2", FRIDAY)).register.locks == (here, held)


@pytest.mark.parametrize(("start", "counts"), [(time(9, 59), False), (time(10), True)])
def test_half_a_session_counts_as_held(start: time, counts: bool) -> None:
    problem = world(**people(who("P1")))
    rows = booked("P1 A1 am Wed")
    now = at(WEDNESDAY, start)
    assert cut_off(problem, rows, (StationOut("A1", now),), now, 50) == (() if counts else rows)


def test_only_a_turn_under_way_can_break_off() -> None:
    problem = world(**people(who("P1")))
    rows = booked("P1 A1 am Mon Wed Fri")
    now = at(WEDNESDAY, time(8, 30))
    since = StationOut("A1", at(MONDAY, time(8)))
    assert cut_off(problem, rows, (since,), now, 50) == rows[1:2]
    assert cut_off(problem, rows, (StationOut("A2", now),), now, 50) == ()
    assert cut_off(problem, rows, (WaterOff(now, now + timedelta(hours=1)),), now, 50) == rows[1:2]


def test_what_was_missed_or_comes_too_late_is_owed_again() -> None:
    problem = world(**people(who("P1")))
    rows = booked("P1 A1 am Mon Wed Fri")
    late = PatientLate("P1", Turn(WEDNESDAY, "am"), 1)
    assert not still_fits(problem, late)
    assert owed_again(problem, rows, (late,)) == rows[1:2]
    assert owed_again(problem, rows, (replace(late, minutes=0),)) == ()
    assert owed_again(problem, rows, (PatientMissed("P1", Turn(MONDAY, "am")),)) == rows[:1]
