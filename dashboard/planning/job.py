"""A search in a process of its own: `python -m dashboard.planning.job`, the order on its input.

It tells the order's row how it goes, twice a second at most, ends early when the row or a signal
says so, and stores what it has found as a draft. Killed, it leaves nothing behind but its row,
which then reads as lost.
"""

from __future__ import annotations

import json
import logging
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, SimpleQueue
from time import monotonic
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from dashboard.planning.asked import Weeks, read_weeks
from dashboard.planning.order import JobOrder
from dashboard.planning.promised import with_promised_seats
from dashboard.planning.staggered import promises_of, staggered
from dashboard.planning.traces import Tracer
from db.connection import reading, writing
from db.cues import store_cues
from db.fingerprint import of_problem
from db.load import load_center
from db.opening import open_database
from db.plan_jobs import JobGone, begin_job, end_job, hear
from db.plans import save_plan
from db.refusal import DatabaseRefusal
from domain.choreography import Cue
from domain.plan import Plan
from domain.plan_job import PlanJob
from domain.words import Words, words
from scheduler.effort import Effort
from scheduler.planner import Onlooker, Planned, Progress, make_plan
from scheduler.progress_words import log_line
from scheduler.scratch import from_scratch

BEAT = 0.5
"""Seconds between two words to the row."""
_TICK = 0.1
_ASKING = (signal.SIGTERM, signal.SIGINT)
_log = logging.getLogger(__name__)
_OVER = words("These weeks are over; what happened cannot be planned any more.")


@dataclass(frozen=True, slots=True)
class Desk:
    """The order, its database, the wall clock, and what says that a signal has come."""

    order: JobOrder
    engine: sa.Engine
    clock: Callable[[], datetime]
    asked: threading.Event


@dataclass(frozen=True, slots=True)
class Found:
    """What a search has found, and its log."""

    planned: Planned
    log: str


def main() -> int:
    """Reads the order and does it. 1 if nothing was stored."""
    order = JobOrder(**json.loads(sys.stdin.buffer.read()))
    with _asked_to_stop() as asked:
        desk = Desk(order, open_database(order.database), lambda: datetime.now(UTC), asked)
        return 0 if do(desk) else 1


def do(desk: Desk) -> bool:
    """Everything, with a last word in the row whatever happens; true if a version was stored."""
    try:
        return _do(desk)
    except JobGone:
        _log.warning("search %s is not awaited any more; nothing was stored", desk.order.job)
    except DatabaseRefusal as refused:
        _fail(desk, *refused.reasons)
    except Exception:
        number = secrets.token_hex(4)
        _log.exception("search %s broke off, number %s", desk.order.job, number)
        _fail(
            desk,
            words("The search broke off. Number {number} is in the log.", number=number),
        )
    return False


def _do(desk: Desk) -> bool:
    order = desk.order
    with writing(desk.engine) as session:
        job = begin_job(session, order.center, order.job, desk.clock())
    weeks = _weeks(desk, job)
    if weeks.over:
        _fail(desk, _OVER)
        return False
    found = _searched(desk, job, weeks)
    _keep(desk, job, weeks, found)
    return True


def _weeks(desk: Desk, job: PlanJob) -> Weeks:
    """As things stood when the order was given: what has begun since is a matter of seconds."""
    order = desk.order
    with reading(desk.engine) as session:
        zone = ZoneInfo(load_center(session, order.center).timezone)
        now = job.asked_at.astimezone(zone)
        return read_weeks(session, order.center, job.first_day, job.weeks, order.history_weeks, now)


def _searched(desk: Desk, job: PlanJob, weeks: Weeks) -> Found:
    problem = weeks.to_search
    asked = from_scratch(problem) if job.scratch else problem
    order = desk.order
    effort = Effort(float(job.seconds), order.seed, order.workers, order.deterministic)
    told: SimpleQueue[Progress] = SimpleQueue()
    onlooker = Onlooker(monotonic, tell=told.put)
    if _beat(desk, Tracer()) or desk.asked.is_set():
        onlooker.stop.interrupt()  # stopped before it began: the first plan is what is kept
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="planner") as pool:
        try:
            running = pool.submit(make_plan, asked, effort, onlooker)
            log = _look_on(desk, running, told, onlooker)
        finally:
            onlooker.stop.interrupt()  # whatever happened, nobody waits for this search any more
        return Found(with_promised_seats(asked, running.result()), log)


def _look_on(
    desk: Desk, running: Future[Planned], told: SimpleQueue[Progress], onlooker: Onlooker
) -> str:
    """Tells the row how it goes until the search is over; returns its log."""
    tracer, lines, beaten = Tracer(), list[str](), -BEAT
    while not running.done() or not told.empty():
        try:
            progress = told.get(timeout=_TICK)
        except Empty:
            pass
        else:
            tracer.hear(progress)
            lines.append(log_line(progress, desk.clock()))
        if monotonic() - beaten >= BEAT:
            beaten = monotonic()
            if _beat(desk, tracer) or desk.asked.is_set():
                onlooker.stop.interrupt()
    _beat(desk, tracer)
    return "".join(lines)


def _beat(desk: Desk, tracer: Tracer) -> bool:
    """One word to the row; true if somebody wants the search to stop. A database that is busy
    for once does not end a search."""
    order = desk.order
    try:
        with writing(desk.engine) as session:
            return hear(session, order.center, order.job, tracer.rows, desk.clock())
    except JobGone:
        raise
    except DatabaseRefusal as refused:
        _log.warning("search %s could not tell how it goes: %s", order.job, refused)
        return False


def _keep(desk: Desk, job: PlanJob, weeks: Weeks, found: Found) -> None:
    """The plan as a draft on top of the version that was the latest when the search began, with
    the times at which everybody begins.

    Raises StalePlan if there is a later one by now.
    """
    order, plan = desk.order, found.planned.plan
    cues = _cues(desk, weeks, plan)
    now = desk.clock()
    with writing(desk.engine) as session:
        version = save_plan(
            session, order.center, plan, found.planned.run, job.who, "", now,
            weeks.latest.number if weeks.latest else None,
            input_fingerprint=of_problem(weeks.problem), log=found.log,
        )  # fmt: skip
        store_cues(session, (order.center, plan.first_day), version.number, cues)
        end_job(
            session, order.center, order.job, version.number, weeks.lost_past(plan), desk.clock()
        )


def _cues(desk: Desk, weeks: Weeks, plan: Plan) -> tuple[Cue, ...]:
    problem = weeks.problem
    now = desk.clock().astimezone(ZoneInfo(problem.register.center.timezone))
    with reading(desk.engine) as session:
        promises = promises_of(session, problem, plan, None, now)
    found = staggered(problem, plan, desk.order.pace, promises)
    return found.choreography.cues if found is not None else ()


def _fail(desk: Desk, *reasons: Words) -> None:
    said = reasons[0] if len(reasons) == 1 else words("{reasons}", reasons=reasons)
    try:
        with writing(desk.engine) as session:
            end_job(session, desk.order.center, desk.order.job, None, said, desk.clock())
    except DatabaseRefusal as refused:
        _log.error("search %s: %s", desk.order.job, refused)  # its row will read as lost


@contextmanager
def _asked_to_stop() -> Iterator[threading.Event]:
    """Set once somebody asks the process to end; nothing is broken off in its middle."""
    asked = threading.Event()
    before = {number: signal.signal(number, lambda *_: asked.set()) for number in _ASKING}
    try:
        yield asked
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    sys.exit(main())
