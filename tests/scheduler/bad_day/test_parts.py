"""The parts of a bad day: counting, lengths, and the two rules that hold on to the known plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from domain.bad_day import DoctorsRule, Squeeze
from domain.center import Infection
from domain.patient import Absence, Marker
from domain.plan import Plan
from domain.problem import Problem
from domain.trouble import StationOut
from domain.troubled import troubled
from scheduler.bad_day.asked import put
from scheduler.bad_day.kept_rules import ROWS, KnownStations, KnownTurns
from scheduler.bad_day.lengths import given
from scheduler.bad_day.squeeze import squeezes
from tests.scheduler.worlds import (
    MONDAY,
    blood_tests,
    cost,
    last_week,
    nurses,
    on,
    people,
    planned,
    stations_named,
    who,
    world,
    zone,
)

DAWN = datetime(2026, 3, 2, 6)


def crowd(count: int, **tables: Any) -> Problem:
    """So many people who all came on Friday, in a center of two chairs and two shifts."""
    codes = [f"P{n}" for n in range(1, count + 1)]
    seats = ["A1 am", "A2 am", "A1 pm", "A2 pm"]
    texts = [f"{code} {seats[n % 4]} Fri" for n, code in enumerate(codes)]
    return world(**people(*map(who, codes)), sessions=last_week(*texts), **tables)


def counted(problem: Problem, now: datetime = DAWN) -> tuple[Squeeze, ...]:
    empty = Plan.of(problem.first_day, 1, ())
    return squeezes(put(problem, empty, (), DoctorsRule(), now))


def test_more_people_due_than_seats_is_told_with_both_numbers() -> None:
    found = counted(crowd(5))
    assert found == (Squeeze(MONDAY, ("A",), 5, 4),)
    assert found[0].short == 1
    assert counted(crowd(4)) == ()


def test_seats_that_are_lost_unstaffed_or_have_begun_do_not_count() -> None:
    lost = troubled(crowd(4), [StationOut("A2", DAWN, datetime(2026, 3, 3, 6))], DAWN)
    assert [(one.due, one.seats) for one in counted(lost)] == [(4, 2)]
    staffed = crowd(4, staffing=nurses("A", am=0, pm=1))
    assert [(one.day, one.seats) for one in counted(staffed)] == [(MONDAY, 2)]
    assert [one.seats for one in counted(crowd(4), datetime(2026, 3, 2, 9))][:1] == [2]


def test_people_of_one_zone_are_counted_against_their_zone() -> None:
    day = date(2026, 2, 20)
    problem = world(
        **people(who("P1"), who("P2"), who("P3")),
        zones=(zone("A", Infection.NEGATIVE), zone("B", Infection.HBV)),
        stations=stations_named("A1 A2 B1"),
        shifts=world().register.shifts[:1],
        serology=(
            *blood_tests("P1", day, Marker.HBSAG),
            *blood_tests("P2", day, Marker.HBSAG),
            *blood_tests("P3", day),
        ),
        sessions=last_week("P1 B1 am Fri", "P2 B1 pm Fri", "P3 A1 am Fri"),
    )
    assert counted(problem) == (Squeeze(MONDAY, ("B",), 2, 1),)


def test_who_cannot_come_at_all_is_no_matter_of_seats() -> None:
    away = tuple(Absence(f"P{n}", on("Mon Sun"), "hospital") for n in (1, 2))
    assert counted(crowd(5, absences=away)) == ()


# --- lengths ------------------------------------------------------------------------------------


def test_a_patient_with_little_time_gets_the_short_session_and_others_the_long_one() -> None:
    busy = Absence("P1", on("Mon Sun"), "child", start=time(11, 35), end=time(20))
    problem = world(**people(who("P1"), who("P2")), absences=(busy,))
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon")
    asked = put(problem, plan, (), DoctorsRule("Dr Zhao", minutes=180), DAWN)
    found = given(asked, plan)
    assert [(one.patient, one.minutes) for one in found.shortened] == [("P1", 180)]
    assert found.broken == ()
    assert found.problem.minutes("P1", MONDAY) == 180
    assert found.problem.minutes("P1", MONDAY + timedelta(days=2)) == 240


def test_what_was_broken_before_is_not_told_again() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon Tue", "P2 A1 am Tue")
    asked = put(problem, plan, (), DoctorsRule(), DAWN)
    assert given(asked, plan).broken == ()
    worse = planned(problem, "P1 A1 am Mon Tue Wed", "P2 A1 am Tue")
    assert {one.rule for one in given(asked, worse).broken} == {"rest_day"}


# --- holding on to the known plan ---------------------------------------------------------------


def _with_rows(problem: Problem) -> Problem:
    return replace(problem, register=replace(problem.register, rules=ROWS))


def test_another_time_costs_one_and_another_day_two() -> None:
    problem = _with_rows(world(**people(who("P1"))))
    rule = KnownTurns(planned(problem, "P1 A1 am Mon Wed Fri"))
    assert cost(rule, problem, planned(problem, "P1 A2 am Mon Wed Fri")) == 0
    assert cost(rule, problem, planned(problem, "P1 A1 pm Mon Wed Fri")) == 3
    assert cost(rule, problem, planned(problem, "P1 A1 am Tue Thu Sat")) == 6


def test_another_station_costs_one_where_the_patient_had_one() -> None:
    problem = _with_rows(world(**people(who("P1"), who("P2"))))
    rule = KnownStations(planned(problem, "P1 A1 am Mon Wed Fri"))
    assert cost(rule, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == 0
    assert cost(rule, problem, planned(problem, "P1 A2 am Mon Wed Fri")) == 3
    assert (
        cost(rule, problem, planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 am Mon Wed Fri")) == 0
    )
