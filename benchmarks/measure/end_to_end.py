"""A center's week from the database and back into it, as the program does it."""

from __future__ import annotations

from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.measure.instance import register_of
from benchmarks.measure.judged import Judged, judged, sessions_of, short_of, verdict_on
from benchmarks.measure.process import age_seconds, peak_mib
from benchmarks.measure.watched import Watch, watch
from benchmarks.rows import EndToEnd
from db.connection import reading, writing
from db.fingerprint import of_problem
from db.history import load_problem
from db.migrations import upgrade
from db.opening import open_database
from db.plans import save_plan
from db.sample.spec import FIRST_MONDAY
from db.save import save_register
from domain.problem import Problem
from scheduler.check import check
from scheduler.effort import Effort
from scheduler.greedy import greedy
from scheduler.planner import build_model
from scheduler.timetable import build_timetable, tiers_of


def measure(machines: int, patients: int, seed: int, limit: float, workers: int) -> EndToEnd:
    """Another process fills the database; this one has seen nothing of it."""
    start = age_seconds()
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'center.db'}"
        _prepare(url, machines, patients, seed)
        begin = perf_counter()
        engine = open_database(url)
        with reading(engine) as session:
            problem = load_problem(session, "SAMPLE", FIRST_MONDAY)
        loaded = perf_counter()
        run = watch(problem, Effort(seconds=limit, workers=workers, joint_seconds=0.0))
        planned = perf_counter()
        with writing(engine) as session:
            save_plan(
                session,
                "SAMPLE",
                run.planned.plan,
                run.planned.run,
                author="benchmark",
                note="",
                now=datetime.now(UTC),
                parent=None,
                input_fingerprint=of_problem(problem),
            )
        saved = perf_counter()
        engine.dispose()
    seconds = (start, loaded - begin, planned - loaded, saved - planned)
    jointly = watch(problem, Effort(seconds=limit, workers=workers, joint_seconds=limit)).joint_gap
    return _row(machines, patients, seed, problem, run, seconds, jointly, peak_mib())


def _prepare(url: str, machines: int, patients: int, seed: int) -> None:
    child = get_context("spawn").Process(target=_fill, args=(url, machines, patients, seed))
    child.start()
    child.join()
    if child.exitcode:
        raise RuntimeError(f"the database could not be filled: exit code {child.exitcode}")


def _fill(url: str, machines: int, patients: int, seed: int) -> None:
    engine = open_database(url)
    upgrade(engine)
    with writing(engine) as session:
        save_register(session, register_of(machines, patients, seed))
    engine.dispose()


def _row(
    machines: int,
    patients: int,
    seed: int,
    problem: Problem,
    run: Watch,
    seconds: tuple[float, float, float, float],
    joint_gap: float | None,
    memory_mib: int,
) -> EndToEnd:
    start, load, plan, save = seconds
    begin = perf_counter()
    verdict = check(problem, run.planned.plan)
    checked = perf_counter() - begin
    greedy_seconds, by_greedy = _greedy(problem)
    return EndToEnd(
        machines=machines,
        patients=patients,
        seed=seed,
        start=start,
        load=load,
        build=run.build_seconds,
        slots=run.slots_end - run.build_seconds,
        plan=plan,
        check=checked,
        save=save,
        slots_proven=run.slots_proven,
        seats_proven=run.seats_proven,
        joint_gap=joint_gap,
        memory_mib=memory_mib,
        legal=verdict.legal,
        short=short_of(verdict),
        cost=verdict_on(tiers_of(build_model(problem)), verdict).cost,
        greedy_seconds=greedy_seconds,
        greedy_legal=by_greedy.legal,
        greedy_short=by_greedy.short,
        greedy_cost=by_greedy.cost,
    )


def _greedy(problem: Problem) -> tuple[float, Judged]:
    """Seconds of the greedy alone, and what the check says of its plan."""
    model = build_model(problem)
    timetable = build_timetable(model)
    begin = perf_counter()
    columns = greedy(timetable, frozenset(problem.history))
    seconds = perf_counter() - begin
    return seconds, judged(model, timetable, sessions_of(timetable, columns))
