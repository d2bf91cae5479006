"""Which values of a report can be believed.

A sum of eight bits lets one in twenty frames with two wrong bits pass, and every exchange of
two bytes. So a value must also be one that a sensor can show, and one that can follow on the
value before; else it is left out, marked as questionable, until the next reading agrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.quantity import QUANTITY, Quantity
from domain.telemetry import Validity

GAP = 30.0
"""Seconds after which the value before says nothing about this one."""

SHARE = 0.1
"""Of its range, by which a quantity without a `jump` of its own may change unconfirmed."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The values that are believed; the quality of the others; and whether a further reading
    would tell more."""

    values: Mapping[str, float]
    quality: Mapping[str, Validity]
    doubtful: bool


class Plausible:
    """Remembers one machine's values. `now` is in seconds of a clock that never jumps."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[float, float]] = {}
        self._doubted: dict[str, float] = {}

    def judge(
        self, values: Mapping[str, float], quality: Mapping[str, Validity], now: float
    ) -> Judged:
        """Values as a frame gave them, parted into what is believed and what is not."""
        kept: dict[str, float] = {}
        marks = dict(quality)
        doubts: dict[str, float] = {}
        for name, value in values.items():
            quantity = QUANTITY[name]
            if not quantity.believable(value):
                marks[name] = Validity.QUESTIONABLE
            elif self._follows(quantity, value, now):
                kept[name] = value
                self._last[name] = (now, value)
            else:
                marks[name] = Validity.QUESTIONABLE
                doubts[name] = value
        self._doubted = doubts
        return Judged(kept, marks, bool(doubts))

    def forget(self) -> None:
        """The line was lost: what comes next follows on nothing."""
        self._last.clear()
        self._doubted.clear()

    def _follows(self, quantity: Quantity, value: float, now: float) -> bool:
        if quantity.name not in self._last:
            return True
        when, last = self._last[quantity.name]
        if now - when > GAP or _near(quantity, last, value):
            return True
        doubted = self._doubted.get(quantity.name)
        return doubted is not None and _near(quantity, doubted, value)


def _near(quantity: Quantity, before: float, value: float) -> bool:
    """True if `value` can follow on `before` a few seconds later. A total cannot fall: if it
    truly begins anew, with a new treatment, the second reading confirms it."""
    if quantity.counts and value < before:
        return False
    most = quantity.jump
    if most is None:
        most = SHARE * (quantity.high - quantity.low)
    return abs(value - before) <= most
