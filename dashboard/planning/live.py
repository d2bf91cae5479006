"""A search under way as somebody follows it: sentences, figures and lines to draw. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dashboard.planning.traces import last_of_tiers, series
from domain.plan_job import JobState, JobTrace, PlanJob
from domain.words import Say, Words, words
from scheduler.model import PROMISES
from scheduler.progress_words import ALL_TIERS, PROVEN, known, stage_words, tier_words, to_go

_PLACED = 1
"""The tier of sessions without a place in the standard rules."""


def elapsed(job: PlanJob, now: datetime) -> int:
    """Seconds since it was ordered, until it ended."""
    return max(0, int(((job.ended_at or now) - job.asked_at).total_seconds()))


def clock_words(seconds: int) -> Words:
    """Minutes and seconds."""
    return words("{minutes} min {seconds} s", minutes=seconds // 60, seconds=f"{seconds % 60:02d}")


def status_words(job: PlanJob) -> Words:
    """What it is at."""
    match job.state:
        case JobState.WAITING:
            return words("Starting the search in a process of its own")
        case JobState.RUNNING if job.stopping:
            return words("Stopping with the best plan so far")
        case JobState.RUNNING:
            return stage_words(job.traces[-1].stage if job.traces else None)
        case JobState.DONE:
            return words("Stored as version {number}, a draft", number=job.number or 0)
        case JobState.FAILED:
            return words("The search ended without a plan")
        case JobState.LOST:
            return words("The search is lost: nothing more was heard of it")


def best_words(job: PlanJob, names: Mapping[int, Words]) -> Words:
    """The best plan so far: what is settled and what may still get better."""
    rows = last_of_tiers(job.traces)
    settled = [row for row in rows if row.tier != ALL_TIERS and row.cost is not None]
    if not settled:
        return words("There is a first plan; it is being made better on all rules at once.")
    open_ = [row for row in settled if not _proven(row)]
    placed = next((row for row in settled if row.tier == _PLACED), None)
    first = (
        words("Everybody has all sessions.")
        if placed is not None and placed.cost == 0
        else words("Some sessions have no place.")
    )
    if not open_:
        return words("{first} Everything settled so far is proven.", first=first)
    last = open_[-1]
    return words(
        "{first} {tier}: {cost}, {known}.",
        first=first,
        tier=tier_words(last.tier, names),
        cost=last.cost or 0,
        known=_known(last),
    )


def drawn(job: PlanJob, names: Mapping[int, Words], say: Say) -> Mapping[str, Any]:
    """What the chart's component draws: a line of figures and a course for each tier."""
    rows = _lines(job.traces)
    begin = min((row.seconds for row in job.traces), default=0.0)
    end = max((row.seconds for row in job.traces), default=0.0)
    return {
        "begin": begin,
        "end": max(end, begin + 1.0),
        "rows": [_row(one, names, say) for one in rows],
        "words": {
            "cost": say(words("cost of the best plan so far")),
            "bound": say(words("proven: it cannot be less")),
            "span": say(words("{first} to {last} s", first=int(begin), last=int(end))),
            "none": say(words("No figures yet")),
            "course": say(words("Course of the search")),
        },
    }


def _row(rows: Sequence[JobTrace], names: Mapping[int, Words], say: Say) -> dict[str, Any]:
    last = rows[-1]
    rough = last.tier == ALL_TIERS
    return {
        "name": say(tier_words(last.tier, names)),
        "cost": "" if rough else str(last.cost),
        "known": say(_rough(last) if rough else _known(last)),
        "proven": _proven(last),
        "rough": rough,
        "points": [[row.seconds, row.cost, row.bound] for row in rows],
    }


def _lines(traces: Sequence[JobTrace]) -> list[Sequence[JobTrace]]:
    """The tiers that are worth a line; the rough weighing only until tiers are settled."""
    found = [rows for rows in series(traces) if _worth(rows)]
    settled = [rows for rows in found if rows[-1].tier != ALL_TIERS]
    return [*(settled or found)]


def _worth(rows: Sequence[JobTrace]) -> bool:
    """Promises are only worth a line if one is broken."""
    return rows[-1].tier != PROMISES or bool(rows[-1].cost)


def _known(row: JobTrace) -> Words:
    if row.cost is None or row.bound is None:
        return words("no bound yet")
    return known(row.cost, row.bound)


def _rough(row: JobTrace) -> Words:
    if row.cost is None or row.bound is None or row.cost <= row.bound:
        return PROVEN
    return to_go(row.cost, row.bound)


def _proven(row: JobTrace) -> bool:
    return row.cost is not None and row.bound is not None and row.cost <= row.bound
