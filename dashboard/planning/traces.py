"""How a search stood, moment by moment, in few enough rows to be kept and drawn. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from domain.plan_job import JobTrace
from scheduler.planner import Progress
from scheduler.progress_words import ALL_TIERS, open_tiers, stage_of

MOST = 200


class Tracer:
    """Collects what a search tells; rows that say nothing more are left out."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._rows: list[JobTrace] = []
        self._last: dict[tuple[str, int], tuple[int | None, int | None]] = {}

    @property
    def rows(self) -> tuple[JobTrace, ...]:
        """At most so many rows; the first and last of every tier are among them."""
        return tuple(self._rows)

    def hear(self, progress: Progress) -> None:
        """Keeps what is new in it."""
        stage = stage_of(progress)
        for tier, cost, bound in open_tiers(progress):
            if progress.rough and cost <= bound:
                continue
            key = (stage, ALL_TIERS if progress.rough else tier)
            if self._last.get(key) != (cost, bound):
                self._last[key] = (cost, bound)
                self._rows.append(JobTrace(round(progress.seconds, 2), *key, cost, bound))
        if len(self._rows) > 2 * self._most:
            self._rows = list(thinned(self._rows, self._most))


def thinned(rows: Sequence[JobTrace], most: int = MOST) -> tuple[JobTrace, ...]:
    """At most so many rows in order, those between a tier's first and last evenly left out."""
    if len(rows) <= most:
        return tuple(rows)
    keys = dict.fromkeys((row.stage, row.tier) for row in rows)
    kept: set[int] = set()
    for key in keys:
        mine = [at for at, row in enumerate(rows) if (row.stage, row.tier) == key]
        kept |= set(_even(mine, max(2, most // len(keys))))
    return tuple(rows[at] for at in sorted(kept))[-most:]


def _even(places: Sequence[int], most: int) -> list[int]:
    """So many of them at most, the first and the last among them."""
    if len(places) <= most:
        return list(places)
    step = (len(places) - 1) / (most - 1)
    return [places[round(number * step)] for number in range(most)]


def last_of_tiers(rows: Sequence[JobTrace]) -> tuple[JobTrace, ...]:
    """How each tier stands now, in the order of the tiers; the rough weighing only as long as
    no tier is settled. Of a tier that is searched in several stages the last one counts."""
    settled = [row for row in rows if row.tier != ALL_TIERS]
    if not settled:
        return tuple(rows[-1:])
    found = {row.tier: row for row in settled}
    return tuple(found[tier] for tier in sorted(found))


def series(rows: Sequence[JobTrace]) -> tuple[tuple[JobTrace, ...], ...]:
    """The rows of each tier, in the order in which tiers were begun."""
    order = list(dict.fromkeys(row.tier for row in rows))
    ranked = sorted(rows, key=lambda row: (order.index(row.tier), row.seconds))
    return tuple(tuple(group) for _, group in groupby(ranked, key=lambda row: row.tier))
