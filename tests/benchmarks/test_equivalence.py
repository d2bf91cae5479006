"""The peers solve the planner's own problem: same optimum, tier by tier, by the same check."""

from time import perf_counter

import pytest
from ortools.math_opt.python import mathopt

from benchmarks.measure.instance import problem_of
from benchmarks.measure.judged import judged, sessions_of
from benchmarks.peers.column_model import column_model, column_start
from benchmarks.peers.linear import Floats, Linear, solve
from benchmarks.peers.session_model import session_model
from db.sample.center import make_center
from db.sample.named import NAMED
from db.sample.spec import FIRST_MONDAY
from domain.problem import Problem
from scheduler.effort import Effort
from scheduler.greedy import greedy
from scheduler.model import Model
from scheduler.planner import Onlooker, build_model, make_plan
from scheduler.timetable import Timetable, build_timetable

HIGHS = mathopt.SolverType.HIGHS

PROBLEMS = {
    "ordinary": problem_of(4, 33, 1),
    "over capacity": problem_of(8, 65, 1),
    "from scratch": problem_of(4, 33, 2, history=False),
    "two shifts": Problem(make_center(NAMED["xiamao"], 2), FIRST_MONDAY),
    "Sundays, every other day": Problem(make_center(NAMED["shexian"], 1), FIRST_MONDAY),
}


def cost_by(linear: Linear, start: Floats, model: Model, timetable: Timetable) -> list[int]:
    solved = solve(linear, HIGHS, 60.0, start)
    assert solved.proven
    assert solved.ones is not None
    found = judged(model, timetable, linear.sessions(solved.ones))
    assert found.legal
    assert solved.cost == (0, *found.cost)
    return found.cost


@pytest.mark.parametrize("name", PROBLEMS)
def test_sessions_weeks_and_planner_have_the_same_optimum(name: str) -> None:
    problem = PROBLEMS[name]
    model = build_model(problem)
    timetable = build_timetable(model)
    chosen = greedy(timetable, frozenset(problem.history))
    weeks, sessions = column_model(timetable), session_model(model, timetable)
    planned = make_plan(problem, Effort(seconds=None, joint_seconds=0.0), Onlooker(perf_counter))
    costs = planned.verdict.tier_costs()
    ours = [costs.get(tier, 0) for tier in timetable.tiers if tier]
    assert cost_by(weeks, column_start(timetable, chosen), model, timetable) == ours
    start = sessions.start(timetable, chosen)
    assert cost_by(sessions.linear, start, model, timetable) == ours


def test_the_session_model_refuses_several_weeks() -> None:
    problem = PROBLEMS["two shifts"]
    model = build_model(Problem(problem.register, FIRST_MONDAY, weeks=2))
    timetable = build_timetable(build_model(problem))
    with pytest.raises(ValueError, match="one week"):
        session_model(model, timetable)


def test_patients_who_do_not_fit_are_not_seated() -> None:
    problem = PROBLEMS["two shifts"]
    model = build_model(problem)
    timetable = build_timetable(model)
    first = next(iter(sessions_of(timetable, timetable.first[:1] + 1)))
    everybody = [(patient, first[1], first[2]) for patient in problem.patient]
    with pytest.raises(ValueError, match="do not fit"):
        judged(model, timetable, everybody)
