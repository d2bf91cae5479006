"""How long a treatment still lasts: as the machine says, or else reckoned and marked as such.

Several protocols do not carry it (JSDT in both versions). Then it is the fluid that is still to
be removed, at the present rate: both are meant to end together. With a profile, or while the
pump for it rests, that is rough; a rate of nothing gives no time at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, isfinite

from domain.board import BoardRow, Shown
from domain.quantity import QUANTITY
from domain.telemetry import Phase

_SAID = "time_remaining_min"
_GOAL, _DONE, _RATE = "uf_target_ml", "uf_volume_ml", "uf_rate_ml_h"
_WORSE = (Shown.LIVE, Shown.DOUBTFUL, Shown.STALE, Shown.MISSING)


@dataclass(frozen=True, slots=True)
class Left:
    """Minutes, begun ones counted; none where nobody can tell."""

    minutes: int | None
    shown: Shown
    reckoned: bool = False


def time_left(row: BoardRow) -> Left:
    """Of a machine's treatment."""
    said = row.readings[_SAID]
    if said.value is not None and isfinite(said.value):
        return Left(max(0, ceil(said.value)), said.shown)
    if row.phase is not Phase.TREATMENT:
        return Left(None, Shown.MISSING)
    return _reckoned(row)


def worst(*marks: Shown) -> Shown:
    """The mark of what rests on several values."""
    return max(marks, key=_WORSE.index)


def _reckoned(row: BoardRow) -> Left:
    goal, done, rate = (row.readings[name] for name in (_GOAL, _DONE, _RATE))
    if goal.value is None or done.value is None or not rate.value or rate.value < 0:
        return Left(None, Shown.MISSING)
    minutes = ceil(60 * (goal.value - done.value) / rate.value)
    if not 0 < minutes <= QUANTITY[_SAID].high:
        return Left(None, Shown.MISSING)
    return Left(minutes, worst(goal.shown, done.shown, rate.shown), reckoned=True)
