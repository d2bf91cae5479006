"""Promised stations in a plan that was stopped early."""

from __future__ import annotations

from dashboard.planning.promised import exchanged, with_promised_seats
from domain.plan import Lock, Plan, Run, Status
from domain.problem import Problem
from scheduler.check import check
from scheduler.planner import Planned
from tests.scheduler.worlds import MONDAY, people, planned, who, world

RUN = Run(Status.FEASIBLE, (), (), 1.0, 1, 1, deterministic=True, version="1", interrupted=True)


def promised(*locks: Lock) -> Problem:
    return world(**people(who("P1"), who("P2")), locks=locks)


def found(problem: Problem, plan: Plan) -> Planned:
    return Planned(plan, RUN, check(problem, plan))


def test_two_change_places_if_one_was_promised_the_others() -> None:
    problem = promised(Lock("P1", MONDAY, "am", "A2"))
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
    mended = with_promised_seats(problem, found(problem, plan))
    assert [row.station for row in mended.plan.by_patient["P1"]] == ["A2", "A1", "A1"]
    assert [row.station for row in mended.plan.by_patient["P2"]] == ["A1", "A2", "A2"]
    assert mended.verdict.legal
    assert mended.run.costs == mended.verdict.costs


def test_a_free_station_is_simply_taken() -> None:
    problem = promised(Lock("P1", MONDAY, "am", "A2"))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    assert exchanged(problem, plan).by_patient["P1"][0].station == "A2"


def test_what_keeps_every_promise_stays_the_same() -> None:
    problem = promised(Lock("P1", MONDAY, "am", None))
    plan = found(problem, planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri"))
    assert with_promised_seats(problem, plan) is plan


def test_what_exchanging_does_not_mend_stays_the_same() -> None:
    problem = promised(Lock("P1", MONDAY, "pm", "A2"))
    plan = found(problem, planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri"))
    assert not plan.verdict.legal
    assert with_promised_seats(problem, plan) is plan
