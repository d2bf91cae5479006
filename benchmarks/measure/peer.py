"""One way to plan one timetable, judged by our check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from ortools.math_opt.python import mathopt

from benchmarks.measure.instance import problem_of
from benchmarks.measure.judged import Judged, Session, judged, sessions_of, verdict_on
from benchmarks.measure.watched import watch
from benchmarks.peers.column_model import column_model, column_start
from benchmarks.peers.linear import Solved, solve
from benchmarks.peers.names import (
    COLUMNS,
    CP_SAT,
    GREEDY,
    OURS,
    SESSIONS,
    TIMEFOLD,
    TIMEFOLD_GREEDY,
)
from benchmarks.peers.session_model import session_model
from benchmarks.peers.timefold import NotRun, timefold
from benchmarks.rows import Peer
from scheduler.effort import Effort
from scheduler.greedy import greedy
from scheduler.model import Model
from scheduler.planner import build_model
from scheduler.program import Ints
from scheduler.timetable import Timetable, build_timetable


@dataclass(frozen=True, slots=True)
class _Found:
    """Seconds of the search alone, and the sessions if there is a plan."""

    seconds: float
    proven: bool
    sessions: Iterable[Session] | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Task:
    model: Model
    timetable: Timetable
    start: Ints
    limit: float
    seed: int


def measure(peer: str, machines: int, patients: int, seed: int, limit: float, workers: int) -> Peer:
    """The same instance for everybody, and the greedy's plan to start from for all who can."""
    problem = problem_of(machines, patients, seed)
    model = build_model(problem)
    timetable = build_timetable(model)

    def row(seconds: float, proven: bool, found: Judged | None, note: str = "") -> Peer:
        legal, short, cost = (found.legal, found.short, found.cost) if found else (False, 0, [])
        return Peer(
            peer, machines, patients, seed, limit, seconds, proven, legal, short, cost, note
        )

    if peer == OURS:
        run = watch(problem, Effort(seconds=limit, workers=workers), slots_only=True)
        verdict = verdict_on(timetable.tiers, run.planned.verdict)
        return row(run.slots_end - run.build_seconds, run.slots_proven, verdict)
    begin = perf_counter()
    start = greedy(timetable, frozenset(problem.history))
    if peer == GREEDY:
        spent = perf_counter() - begin
        return row(spent, False, judged(model, timetable, sessions_of(timetable, start)))
    found = _PLANNERS[peer](_Task(model, timetable, start, limit, seed))
    if found.sessions is None:
        return row(found.seconds, False, None, found.note)
    try:
        verdict = judged(model, timetable, found.sessions)
        return row(found.seconds, found.proven, verdict, found.note)
    except ValueError as reason:
        return row(found.seconds, False, None, f"no legal plan: {reason}")


def _by_columns(kind: mathopt.SolverType, task: _Task) -> _Found:
    linear = column_model(task.timetable)
    solved = solve(linear, kind, task.limit, column_start(task.timetable, task.start))
    if solved.ones is None:
        return _kept(task, solved)
    return _Found(solved.seconds, solved.proven, linear.sessions(solved.ones))


def _by_sessions(task: _Task) -> _Found:
    program = session_model(task.model, task.timetable)
    start = program.start(task.timetable, task.start)
    solved = solve(program.linear, mathopt.SolverType.HIGHS, task.limit, start)
    if solved.ones is None:
        return _kept(task, solved)
    return _Found(solved.seconds, solved.proven, program.linear.sessions(solved.ones))


def _kept(task: _Task, solved: Solved) -> _Found:
    """Who finds nothing still has the plan to start from."""
    sessions = sessions_of(task.timetable, task.start)
    return _Found(solved.seconds, False, sessions, "kept the plan to start from")


def _by_timefold(start: Ints | None, task: _Task) -> _Found:
    begin = perf_counter()
    try:
        columns = timefold(task.timetable, start, task.limit, task.seed)
    except NotRun as reason:
        return _Found(0.0, False, None, str(reason))
    return _Found(perf_counter() - begin, False, sessions_of(task.timetable, columns))


_PLANNERS: Mapping[str, Callable[[_Task], _Found]] = {
    COLUMNS: partial(_by_columns, mathopt.SolverType.HIGHS),
    CP_SAT: partial(_by_columns, mathopt.SolverType.CP_SAT),
    SESSIONS: _by_sessions,
    TIMEFOLD: partial(_by_timefold, None),
    TIMEFOLD_GREEDY: lambda task: _by_timefold(task.start, task),
}
