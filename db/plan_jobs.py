"""Searches that were ordered on a screen: the order, what is heard of it, how it ended.

An order's row is all that its process and the screens share. A process that is killed says
nothing more; who reads its row after `LOST_AFTER` sees that it is lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.load import require_center
from db.refusal import DatabaseRefusal
from db.said import read, written
from db.tables import metadata
from domain.plan_job import JobState, JobTrace, PlanJob
from domain.words import Words, words

LOST_AFTER = timedelta(seconds=30)
"""Nothing heard for so long: its process is gone. It writes twice a second while it lives."""
STARTS_WITHIN = timedelta(minutes=2)
"""What a busy computer may take to start a process."""

_JOBS = metadata.tables["plan_jobs"]
_OPEN = (JobState.WAITING, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody orders: which weeks, how long to search at most, habits or none."""

    first_day: date
    weeks: int
    seconds: int
    scratch: bool = False


class JobGone(DatabaseRefusal):
    """The order was given up or has ended; whatever its process has found is not wanted."""

    def __init__(self, job: int) -> None:
        super().__init__(words("The search {job} is not awaited any more.", job=job))


def order_job(session: Session, center: str, wanted: Wanted, who: str, now: datetime) -> PlanJob:
    """A new order, still without a process. Lost ones of before are closed.

    Raises DatabaseRefusal if a search for one of these weeks is under way.
    """
    require_center(session, center)
    _close_lost(session, center, now)
    for one in list_jobs(session, center, now):
        if one.open and one.covers(wanted.first_day, wanted.weeks):
            raise DatabaseRefusal(
                words(
                    "{who} has a search for the week of {week} under way; stop it or wait for it.",
                    who=one.who,
                    week=one.first_day,
                )
            )
    number = _highest(session, center) + 1
    session.execute(
        sa.insert(_JOBS).values(
            center=center, job=number, first_day=wanted.first_day, weeks=wanted.weeks, who=who,
            seconds=wanted.seconds, scratch=wanted.scratch, state=JobState.WAITING,
            asked_at=_utc(now), heard_at=None, ended_at=None, stopping=False, traces=[],
            number=None, remark="",
        )
    )  # fmt: skip
    return find_job(session, center, number, now)


def begin_job(session: Session, center: str, job: int, now: datetime) -> PlanJob:
    """Its process has begun, however late; raises JobGone if nobody waits for it any more."""
    if _row(session, center, job).state is not JobState.WAITING:
        raise JobGone(job)
    _set(session, center, job, state=JobState.RUNNING, heard_at=_utc(now))
    return find_job(session, center, job, now)


def hear(
    session: Session, center: str, job: int, traces: Iterable[JobTrace], now: datetime
) -> bool:
    """Keeps how the search stands; true if somebody wants it to stop.

    Raises JobGone if the order was closed meanwhile, because nothing was heard for long.
    """
    found = _row(session, center, job)
    if found.state is not JobState.RUNNING:
        raise JobGone(job)
    _set(session, center, job, heard_at=_utc(now), traces=[list(astuple(one)) for one in traces])
    return bool(found.stopping)


def stop_job(session: Session, center: str, job: int, now: datetime) -> PlanJob:
    """Asks the search to end with its best plan so far; one that has ended stays as it is."""
    if find_job(session, center, job, now).open:
        _set(session, center, job, stopping=True)
    return find_job(session, center, job, now)


def end_job(
    session: Session, center: str, job: int, number: int | None, remark: Words | None, now: datetime
) -> PlanJob:
    """Its last word: done with the version of that number, or failed with a remark why.

    Raises JobGone if the order was closed meanwhile.
    """
    if _row(session, center, job).state not in _OPEN:
        raise JobGone(job)
    state = JobState.FAILED if number is None else JobState.DONE
    _set(
        session, center, job, state=state, number=number, remark=written(remark),
        ended_at=_utc(now), heard_at=_utc(now),
    )  # fmt: skip
    return find_job(session, center, job, now)


def find_job(session: Session, center: str, job: int, now: datetime) -> PlanJob:
    """One order as it stands. Raises DatabaseRefusal if there is none of that number."""
    return _job(_row(session, center, job), now)


def list_jobs(session: Session, center: str, now: datetime, most: int = 20) -> tuple[PlanJob, ...]:
    """The last orders, the newest first."""
    query = sa.select(_JOBS).where(_JOBS.c["center"] == center)
    rows = session.execute(query.order_by(_JOBS.c["job"].desc()).limit(most))
    return tuple(_job(row, now) for row in rows)


def _close_lost(session: Session, center: str, now: datetime) -> None:
    for one in list_jobs(session, center, now):
        if one.state is JobState.LOST and one.ended_at is None:
            _set(session, center, one.job, state=JobState.LOST, ended_at=_utc(now))


def _row(session: Session, center: str, job: int) -> Any:
    mine = sa.and_(_JOBS.c["center"] == center, _JOBS.c["job"] == job)
    row = session.execute(sa.select(_JOBS).where(mine)).first()
    if row is None:
        raise DatabaseRefusal(words("There is no search {job}.", job=job))
    return row


def _job(row: Any, now: datetime) -> PlanJob:
    state = row.state
    if state in _OPEN and _is_lost(row, _utc(now)):
        state = JobState.LOST
    return PlanJob(
        job=row.job, first_day=row.first_day, weeks=row.weeks, who=row.who, seconds=row.seconds,
        scratch=row.scratch, state=state, asked_at=row.asked_at, heard_at=row.heard_at,
        ended_at=row.ended_at, stopping=row.stopping, number=row.number,
        traces=tuple(JobTrace(*one) for one in row.traces), remark=read(row.remark),
    )  # fmt: skip


def _is_lost(row: Any, now: datetime) -> bool:
    if row.heard_at is None:
        return bool(now - row.asked_at > STARTS_WITHIN)
    return bool(now - row.heard_at > LOST_AFTER)


def _set(session: Session, center: str, job: int, **values: object) -> None:
    mine = sa.and_(_JOBS.c["center"] == center, _JOBS.c["job"] == job)
    session.execute(sa.update(_JOBS).where(mine).values(**values))


def _highest(session: Session, center: str) -> int:
    highest = sa.select(sa.func.max(_JOBS.c["job"])).where(_JOBS.c["center"] == center)
    return session.scalar(highest) or 0


def _utc(now: datetime) -> datetime:
    if now.utcoffset() is None:
        raise ValueError(f"a moment without a time zone: {now}")
    return now.astimezone(UTC)
