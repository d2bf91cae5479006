"""A search for a plan in a process of its own, as whoever ordered it can follow it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.words import Words


class JobState(StrEnum):
    """`LOST`: its process has died or its host with it; nothing of it was stored."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class JobTrace:
    """How the search stood at a moment: seconds since it began, stage and tier it worked on,
    weighed cost and bound of that tier, missing before there is one."""

    seconds: float
    stage: str
    tier: int
    cost: int | None
    bound: int | None


@dataclass(frozen=True, slots=True)
class PlanJob:
    """One order for some weeks. `number` is the version that came of it; `remark` says why there
    is none, or what to know of the one there is."""

    job: int
    first_day: date
    weeks: int
    who: str
    seconds: int
    scratch: bool
    state: JobState
    asked_at: datetime
    heard_at: datetime | None
    ended_at: datetime | None
    stopping: bool
    traces: tuple[JobTrace, ...]
    number: int | None
    remark: Words | None

    @property
    def open(self) -> bool:
        """True as long as something may still come of it."""
        return self.state in (JobState.WAITING, JobState.RUNNING)

    def covers(self, first_day: date, weeks: int) -> bool:
        """True if it is about one of these weeks."""
        mine, other = timedelta(weeks=self.weeks), timedelta(weeks=weeks)
        return self.first_day < first_day + other and first_day < self.first_day + mine
