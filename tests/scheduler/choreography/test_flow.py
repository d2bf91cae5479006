"""The times of a plan: patients' hours, stations and nurses together, judged without a solver."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

import pytest

from domain.calendar import Span, Turn
from domain.choreography import STANDARD_PACE, UNSTAGGERED, Choreography, Cue
from domain.patient import Absence
from domain.plan import Plan
from domain.problem import Problem
from scheduler.check import check
from scheduler.choreography.flow import Flowed, choreograph
from scheduler.choreography.judge import Hand, judge
from scheduler.choreography.permitted import permitted
from scheduler.choreography.scene import Promises, scenes
from scheduler.choreography.strain import NO_STRAIN
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from tests.scheduler.random_worlds import random_plan, random_problem
from tests.scheduler.worlds import (
    AFTERNOON,
    MONDAY,
    MORNING,
    NIGHT,
    nurses,
    people,
    planned,
    stations_named,
    who,
    works,
    world,
)

ROOMY = replace(MORNING, end=time(13))
NOON = replace(AFTERNOON, start=time(12, 30), end=time(17))
FIVE = ("P1", "P2", "P3", "P4", "P5")
PACE = replace(STANDARD_PACE, latest=60)
NOTHING = Promises()


def flowed(problem: Problem, plan: Plan, promises: Promises = NOTHING) -> Flowed:
    effort = Effort(deterministic=True)
    return choreograph(problem, plan, PACE, effort, Onlooker(lambda: 0.0), promises)


def times(problem: Problem, found: Flowed, shift: str = "am") -> list[str]:
    """When the turn's patients begin, by code."""
    timed = replace(problem, choreography=found.choreography)
    cues = (cue for cue in found.choreography.cues if cue.turn == Turn(MONDAY, shift))
    return [f"{timed.session(cue.patient, cue.turn).start:%H:%M}" for cue in cues]


def ward(**tables: object) -> Problem:
    """Five stations, a nurse, a morning of five hours and an afternoon of four and a half."""
    own = {
        "stations": stations_named("A1 A2 A3 A4 A5"),
        "shifts": (ROOMY, AFTERNOON),
        "staffing": nurses("A", am=1, pm=1),
        **people(*map(who, (*FIVE, "Q1"))),
    }
    return world(**{**own, **tables})


def everybody(problem: Problem, *more: str) -> Plan:
    """All five on Monday morning."""
    rows = (f"{code} A{number} am Mon" for number, code in enumerate(FIVE, start=1))
    return planned(problem, *rows, *more)


def test_five_patients_of_a_nurse_begin_ten_minutes_apart() -> None:
    problem = ward()
    found = flowed(problem, everybody(problem))
    assert sorted(times(problem, found)) == ["08:00", "08:10", "08:20", "08:30", "08:40"]
    assert found.proven
    assert (found.cost.crowded, found.cost.waited, found.scenes) == (0, 100, 1)


def test_whoever_keeps_the_chair_keeps_the_time() -> None:
    problem = ward()
    rows = (f"{code} A{number} am Mon Wed Fri" for number, code in enumerate(FIVE, start=1))
    cues = flowed(problem, planned(problem, *rows)).choreography.cues
    late = {cue.patient: cue.delay for cue in cues}
    assert late == {"P1": 0, "P2": 10, "P3": 20, "P4": 30, "P5": 40}
    assert all(cue.delay == late[cue.patient] for cue in cues)


def test_two_nurses_need_half_as_long() -> None:
    problem = ward(staffing=nurses("A", am=2, pm=1))
    found = flowed(problem, everybody(problem))
    assert sorted(times(problem, found)) == ["08:00", "08:00", "08:10", "08:10", "08:20"]
    assert found.scenes == 2


def test_whoever_works_afterwards_is_among_the_first() -> None:
    problem = ward(work_shifts=(works("P5", "Mon", time(12, 50), time(18)),))
    plan = everybody(problem)
    allowed = permitted(problem, plan, PACE.delays)
    recovers = replace(
        problem,
        register=replace(
            problem.register,
            patients=tuple(replace(one, recovery_minutes=30) for one in problem.register.patients),
        ),
    )
    soon = (0, 5, 10, 15, 20, 25, 30)  # not recovered anyway, but not yet due at work
    assert allowed["P5", Turn(MONDAY, "am")] == soon
    assert permitted(recovers, plan, PACE.delays)["P5", Turn(MONDAY, "am")] == (0, 5, 10, 15, 20)
    found = flowed(recovers, plan)
    timed = replace(recovers, choreography=found.choreography)
    assert not judge(timed, plan, PACE).broken
    assert found.cost.crowded == 0


def test_two_for_whom_work_waits_do_not_share_a_nurse() -> None:
    early = tuple(works(code, "Mon", time(12, 25), time(18)) for code in ("P1", "P2"))
    problem = ward(staffing=nurses("A", am=2, pm=1), work_shifts=early)
    people_there = (replace(one, recovery_minutes=20) for one in problem.register.patients)
    register = replace(problem.register, patients=tuple(people_there))
    problem = replace(problem, register=register)
    found = flowed(problem, everybody(problem))
    nurse = {cue.patient: cue.nurse for cue in found.choreography.cues}
    assert nurse["P1"] != nurse["P2"]
    assert found.cost.crowded == 0


def test_a_station_that_is_needed_at_once_makes_its_patient_hurried_too() -> None:
    next_ones = ("R1", "R2")
    early = tuple(works(code, "Mon", time(16, 50), time(20)) for code in next_ones)
    problem = ward(
        shifts=(MORNING, NOON), staffing=nurses("A", am=2, pm=2), work_shifts=early,
        **people(*map(who, (*FIVE, *next_ones))),
    )  # fmt: skip
    people_there = (replace(one, recovery_minutes=20) for one in problem.register.patients)
    register = replace(problem.register, patients=tuple(people_there))
    problem = replace(problem, register=register)
    found = flowed(problem, everybody(problem, "R1 A1 pm Mon", "R2 A2 pm Mon"))
    cues = {cue.patient: cue for cue in found.choreography.cues}
    assert {cues[code].delay for code in ("P1", "P2", *next_ones)} == {0}
    assert cues["P1"].nurse != cues["P2"].nurse
    assert found.cost[:3] == (0, 0, 0)


def test_an_absence_later_in_the_day_is_heeded() -> None:
    away = Absence("P1", Span(MONDAY, MONDAY), "clinic", start=time(12, 25), end=time(15))
    problem = ward(absences=(away,))
    allowed = permitted(problem, everybody(problem), PACE.delays)
    assert allowed["P1", Turn(MONDAY, "am")] == (0, 5)
    assert allowed["P2", Turn(MONDAY, "am")] == PACE.delays


def test_a_station_is_ready_when_its_next_patient_begins() -> None:
    next_ones = [code.replace("P", "R") for code in FIVE]
    problem = ward(shifts=(MORNING, NOON), **people(*map(who, (*FIVE, *next_ones))))
    seats = (f"{code} A{number} pm Mon" for number, code in enumerate(next_ones, start=1))
    plan = everybody(problem, *seats)
    found = flowed(problem, plan)
    rhythm = judge(replace(problem, choreography=found.choreography), plan, PACE)
    assert rhythm.smooth
    assert (found.cost.late, found.cost.crowded) == (0, 0)
    late = {cue.patient: cue.delay for cue in found.choreography.cues}
    assert all(late[f"P{n}"] <= late[f"R{n}"] for n in range(1, 6))


def test_a_night_is_over_before_the_next_days_first_shift() -> None:
    problem = world(
        shifts=(replace(MORNING, start=time(6, 35)), NIGHT),
        staffing=nurses("A", night=1),
        **people(who("P1", minutes=480), who("P2", minutes=480), who("P3")),
    )
    plan = planned(problem, "P1 A1 night Mon", "P2 A2 night Mon", "P3 A1 am Tue")
    found = flowed(problem, plan)
    assert sorted(cue.delay for cue in found.choreography.cues) == [0, 0, 5]
    assert found.cost.crowded == 5 + 5


def test_before_a_day_without_shifts_a_night_may_last() -> None:
    problem = world(
        shifts=(replace(NIGHT, weekdays=frozenset({6})),),
        staffing=nurses("A", night=1),
        **people(who("P1", minutes=480), who("P2", minutes=480)),
    )
    plan = planned(problem, "P1 A1 night Sat", "P2 A2 night Sat")
    assert sorted(cue.delay for cue in flowed(problem, plan).choreography.cues) == [0, 10]


def test_fixed_times_stand_and_told_ones_are_kept_if_they_can() -> None:
    problem = ward()
    plan = everybody(problem)
    fixed = Choreography((Cue(MONDAY, "am", "P1", 35, 1),))
    told = Choreography((Cue(MONDAY, "am", "P2", 33, 1), Cue(MONDAY, "am", "P1", 0, 1)))
    found = flowed(problem, plan, promises=Promises(fixed, told))
    late = {cue.patient: cue.delay for cue in found.choreography.cues}
    assert (late["P1"], late["P2"]) == (35, 33)
    assert found.cost.retold == 0
    assert found.cost.crowded == 2 * (10 - 2)


def test_a_told_time_that_the_patient_can_no_longer_keep_is_forgotten() -> None:
    away = Absence("P1", Span(MONDAY, MONDAY), "clinic", start=time(12, 25), end=time(15))
    problem = ward(absences=(away,))
    told = Choreography((Cue(MONDAY, "am", "P1", 30, 1),))
    found = flowed(problem, everybody(problem), promises=Promises(told=told))
    late = {cue.patient: cue.delay for cue in found.choreography.cues}
    assert late["P1"] in {0, 5}
    assert found.cost.retold == 0


def test_a_session_at_a_station_that_is_gone_has_no_cue() -> None:
    problem = ward()
    plan = planned(problem, "P1 A1 am Mon", "P2 Z9 am Mon")
    assert [cue.patient for cue in flowed(problem, plan).choreography.cues] == ["P1"]


def test_with_little_time_it_ends_and_says_what_is_not_proven() -> None:
    problem = ward()
    clock = iter(range(1000))
    onlooker = Onlooker(lambda: float(next(clock)))
    found = choreograph(problem, everybody(problem), PACE, Effort(seconds=1.0), onlooker)
    assert (found.proven, found.open, found.seconds) == (False, 1, 2.0)
    assert found.bound == NO_STRAIN
    assert sorted(times(problem, found)) == ["08:00", "08:10", "08:20", "08:30", "08:40"]


def test_the_judge_names_what_is_wrong_with_times_of_any_origin() -> None:
    afternoon = works("P2", "Mon", time(14, 50), time(18))
    problem = ward(shifts=(MORNING, NOON), work_shifts=(afternoon,))
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon", "Q1 A1 pm Mon")
    bad = Choreography.of((Cue(MONDAY, "am", "P1", 55, 1), Cue(MONDAY, "am", "P2", 60, 1)))
    rhythm = judge(replace(problem, choreography=bad), plan, PACE)
    assert not rhythm.smooth
    assert [(one.first.patient, one.then.patient, one.minutes) for one in rhythm.crowded] == [
        ("P1", "P2", 5), ("P1", "P2", 5),
    ]  # fmt: skip
    (unready,) = rhythm.unready
    assert (unready.then.patient, unready.ready - unready.begins) == ("Q1", timedelta(minutes=55))
    assert [one.rule for one in rhythm.broken] == ["work_recovery"]
    assert rhythm.peak == 2
    first = rhythm.tasks[0]
    assert (first.at, first.hand) == (datetime.combine(MONDAY, time(8, 55)), Hand.CONNECT)


def test_without_sessions_nothing_is_wrong() -> None:
    problem = ward()
    rhythm = judge(problem, planned(problem), PACE)
    assert rhythm.smooth
    assert rhythm.peak == 0


def test_days_and_zones_are_scenes_of_their_own() -> None:
    problem = ward(stations=stations_named("A1 A2 B1"), staffing=nurses("A", am=1))
    plan = planned(problem, "P1 A1 am Mon Tue", "P2 A2 am Mon", "P3 B1 am Mon")
    found = scenes(problem, plan, PACE, NOTHING)
    assert [[entry.row.patient for entry in one.entries] for one in found] == [
        ["P1", "P2"], ["P3"], ["P1"],
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(25))
def test_no_rule_is_broken_that_beginning_with_the_shift_keeps(seed: int) -> None:
    dice = Random(seed)
    problem = random_problem(dice)
    plan = random_plan(dice, problem, anywhere=False)
    found = flowed(problem, plan)
    timed = replace(problem, choreography=found.choreography)
    rhythm, before = judge(timed, plan, PACE), judge(problem, plan, PACE)
    assert not rhythm.broken
    assert len(check(timed, plan).broken) <= len(check(problem, plan).broken)
    assert sum(PACE.apart - one.minutes for one in rhythm.crowded) == found.cost.crowded
    assert sum(PACE.apart - one.minutes for one in before.crowded) >= found.cost.crowded
    assert len(rhythm.unready) <= len(before.unready)
    for row in plan.assignments:
        late, at_once = timed.session(row.patient, row.turn), problem.session(row.patient, row.turn)
        assert late.minutes == at_once.minutes
        assert timedelta() <= late.start - at_once.start <= timedelta(minutes=PACE.latest)
    assert problem.choreography == UNSTAGGERED
