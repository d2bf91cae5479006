"""What has begun stays as it is."""

from __future__ import annotations

from datetime import datetime

from domain.calendar import WEEK, Turn
from domain.center import Hold
from domain.frozen import begun, frozen, in_weeks, is_past
from domain.plan import Assignment, Lock, Plan
from scheduler.effort import Effort
from scheduler.planner import Onlooker, make_plan
from tests.scheduler.worlds import MONDAY, people, planned, who, world

PROBLEM = world(**people(who("P1"), who("P2")))
BEFORE = planned(PROBLEM, "P1 A1 am Mon Wed Fri", "P2 A2 pm Mon Thu Sat")
MONDAY_NOON = datetime.combine(MONDAY, datetime.min.time()).replace(hour=14)
SUNDAY_NIGHT = datetime.combine(MONDAY, datetime.min.time()).replace(hour=0)


def test_a_turn_has_begun_once_its_patients_sit() -> None:
    assert begun(PROBLEM, MONDAY_NOON) == (Turn(MONDAY, "am"), Turn(MONDAY, "pm"))
    assert begun(PROBLEM, SUNDAY_NIGHT) == ()


def test_before_the_week_nothing_is_frozen() -> None:
    assert frozen(PROBLEM, BEFORE.assignments, SUNDAY_NIGHT) is PROBLEM


def test_who_sat_is_promised_and_every_other_seat_is_shut() -> None:
    problem = frozen(PROBLEM, BEFORE.assignments, MONDAY_NOON)
    assert problem.register.locks == (
        Lock("P1", MONDAY, "am", "A1"),
        Lock("P2", MONDAY, "pm", "A2"),
    )
    open_ = [
        (code, turn.shift)
        for turn in begun(PROBLEM, MONDAY_NOON)
        for code in ("A1", "A2")
        if problem.is_open(code, turn)
    ]
    assert open_ == [("A1", "am"), ("A2", "pm")]
    assert problem.is_open("A2", Turn(MONDAY.replace(day=3), "am"))


def test_a_turn_in_which_nobody_sat_is_shut_as_a_whole() -> None:
    problem = frozen(PROBLEM, (), MONDAY_NOON)
    assert [(one.shift, one.station) for one in problem.register.closures] == [
        ("am", None),
        ("pm", None),
    ]


def test_planning_again_on_monday_afternoon_keeps_monday() -> None:
    now = frozen(PROBLEM, BEFORE.assignments, MONDAY_NOON)
    effort = Effort(seconds=None, deterministic=True)
    plan = make_plan(now, effort, Onlooker(lambda: 0.0)).plan
    monday = [row for row in plan.assignments if row.day == MONDAY]
    assert monday == [row for row in BEFORE.assignments if row.day == MONDAY]


def test_a_station_that_is_held_back_is_not_taken_from_who_sat() -> None:
    """It was, while all free seats of a begun turn were shut: then the held one was among those
    that somebody sat on."""
    held = world(**people(who("P1"), who("P2")), holds=(Hold("A", 1, "emergencies"),))
    now = frozen(held, BEFORE.assignments, MONDAY_NOON)
    plan = make_plan(now, Effort(seconds=None, deterministic=True), Onlooker(lambda: 0.0)).plan
    monday = [row for row in plan.assignments if row.day == MONDAY]
    assert monday == [row for row in BEFORE.assignments if row.day == MONDAY]


def test_a_week_is_past_after_its_last_turn() -> None:
    end = datetime.combine(PROBLEM.end_day, datetime.min.time())
    assert is_past(PROBLEM, end)
    assert not is_past(PROBLEM, MONDAY_NOON)


def test_sessions_of_other_weeks_and_of_stations_that_are_gone_are_left_out() -> None:
    rows = (
        *BEFORE.assignments,
        Assignment(MONDAY + WEEK, "am", "A1", "P1"),
        Assignment(MONDAY, "am", "Z9", "P3"),
    )
    assert in_weeks(PROBLEM, Plan.of(MONDAY, 2, rows)) == BEFORE.assignments
