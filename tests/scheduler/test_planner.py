"""Whole plans: legal, repeatable, honest about what they prove, and never nothing."""

from __future__ import annotations

from datetime import date, timedelta
from time import monotonic

import pytest
from ortools.util.python.solve_interrupter import SolveInterrupter

from db.sample.center import make_center
from db.sample.named import NAMED, SEED
from db.sample.size import sized
from db.sample.spec import FIRST_MONDAY
from domain.plan import Plan, Status
from domain.problem import Problem
from scheduler.check import check
from scheduler.effort import Effort
from scheduler.planner import Onlooker, Progress, make_plan
from tests.scheduler.planning import TO_THE_END, plan_for
from tests.scheduler.worlds import (
    MONDAY,
    last_week,
    people,
    stations_named,
    who,
    world,
)


@pytest.mark.parametrize(
    ("machines", "patients", "tightness", "seed"),
    [(5, 36, 0.8, 1), (8, 64, 0.97, 2), (6, 60, 1.2, 3), (10, 48, 0.5, 4)],
)
def test_a_random_center_gets_a_plan_without_a_hard_violation(
    machines: int, patients: int, tightness: float, seed: int
) -> None:
    register = make_center(sized(machines, patients, tightness), seed)
    planned = plan_for(Problem(register, FIRST_MONDAY), Effort(seconds=30))
    assert planned.verdict.broken == ()
    for stage in planned.run.stages:
        assert stage.bound <= stage.cost


def test_the_stages_cost_what_the_judge_says() -> None:
    problem = Problem(make_center(NAMED["xiamao"], SEED), FIRST_MONDAY)
    planned = plan_for(problem)
    by_tier = {stage.tier: stage.cost for stage in planned.run.stages if stage.tier > 0}
    assert by_tier == planned.verdict.tier_costs()


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = Problem(make_center(NAMED["shexian"], SEED), FIRST_MONDAY)
    assert plan_for(problem).plan == plan_for(problem).plan


def test_a_stopped_run_still_has_a_legal_plan() -> None:
    stop = SolveInterrupter()
    stop.interrupt()
    problem = Problem(make_center(NAMED["shexian"], SEED), FIRST_MONDAY)
    planned = make_plan(problem, Effort(), Onlooker(monotonic, stop))
    assert planned.run.interrupted
    assert planned.verdict.broken == ()
    assert planned.plan.assignments


def test_no_time_at_all_still_gives_a_legal_plan_and_claims_no_proof() -> None:
    problem = Problem(make_center(NAMED["shexian"], SEED), FIRST_MONDAY)
    planned = plan_for(problem, Effort(seconds=0.0))
    assert planned.verdict.broken == ()
    assert planned.run.status is Status.FEASIBLE


def test_progress_comes_closer_to_its_bound() -> None:
    heard: list[Progress] = []
    problem = Problem(make_center(NAMED["xiamao"], SEED), FIRST_MONDAY)
    make_plan(problem, TO_THE_END, Onlooker(monotonic, SolveInterrupter(), heard.append))
    assert {progress.stage for progress in heard} == {"timetable", "seating"}
    assert all(progress.bound <= progress.cost for progress in heard)


def test_a_center_without_patients_has_an_empty_plan() -> None:
    planned = plan_for(world())
    assert planned.plan.assignments == ()
    assert planned.run.status is Status.OPTIMAL


def test_who_does_not_fit_is_left_out_and_the_rest_is_planned() -> None:
    problem = world(
        **people(*(who(f"P{number}") for number in range(1, 6))), stations=stations_named("A1")
    )
    planned = plan_for(problem)
    # One station, two shifts, odd or even days: four of the five have a place.
    assert len(planned.plan.by_patient) == 4
    assert planned.verdict.broken == ()
    assert planned.run.status is Status.OPTIMAL


def test_two_weeks_at_once_keep_the_gap_across_their_border() -> None:
    persons = [who("P1"), who("P2", odd=3, even=2), who("P3", odd=2, even=3)]
    problem = world(weeks=2, **people(*persons))
    planned = plan_for(problem)
    assert planned.verdict.broken == ()
    assert [len(planned.plan.by_patient[p]) for p in ("P1", "P2", "P3")] == [6, 5, 5]


def test_every_other_day_walks_through_open_sundays() -> None:
    every_day = tuple(
        shift.__class__(shift.code, shift.name, shift.start, shift.end, frozenset(range(1, 8)), 30)
        for shift in world().register.shifts
    )
    problem = world(
        weeks=2,
        shifts=every_day,
        **people(who("P1", every_other_day=True)),
        sessions=last_week("P1 A1 am Sun"),
    )
    planned = plan_for(problem)
    days = [row.day for row in planned.plan.by_patient["P1"]]
    assert days == [MONDAY + timedelta(days=offset) for offset in range(1, 14, 2)]


def test_a_week_over_new_year_and_a_leap_day_is_a_week() -> None:
    for monday in (date(2026, 12, 28), date(2028, 2, 28)):
        problem = world(monday, **people(who("P1"), who("P2")))
        planned = plan_for(problem)
        assert planned.verdict.broken == ()
        assert len(planned.plan.assignments) == 6


def test_the_judge_is_not_taken_in_by_an_edited_plan() -> None:
    problem = Problem(make_center(NAMED["xiamao"], SEED), FIRST_MONDAY)
    planned = plan_for(problem)
    first, second, *rest = planned.plan.assignments
    doubled = (first, second.__class__(first.day, first.shift, first.station, second.patient))
    edited = Plan.of(FIRST_MONDAY, 1, (*doubled, *rest))
    assert any(v.rule == "one_per_station" for v in check(problem, edited).broken)
