"""Which values of a report can be believed.

A sum of eight bits lets one in twenty frames with two wrong bits pass, and every exchange of
two bytes. So a value must also be one that a sensor can show, and one that can follow on the
value before; else it is left out, marked as questionable, until the next reading agrees.

Where that sum is all there is, more is asked. Damage that keeps the sum changes two bytes at
least, and seldom both by so little that neither shows: a frame in which one thing is wrong is
no witness for anything else that is new in it. Where TCP carries the frame, it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.quantity import QUANTITY, Quantity
from domain.telemetry import Validity

GAP = 30.0
"""Seconds after which the value before says nothing about this one, if its frame is to be
trusted: then only what follows too fast is doubted."""

SHARE = 0.1
"""Of its range, by which a quantity without a `jump` of its own may change unconfirmed."""

_NOTHING: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Judged:
    """The values that are believed; the quality of the others; and whether a further reading
    would tell more."""

    values: Mapping[str, float]
    quality: Mapping[str, Validity]
    doubtful: bool


class Plausible:
    """Remembers one machine's values. `now` is in seconds of a clock that never jumps. `weak`:
    nothing but a sum of eight bits speaks for a frame."""

    def __init__(self, *, weak: bool) -> None:
        self._weak = weak
        self._last: dict[str, tuple[float, float]] = {}
        self._doubted: Mapping[str, float] = _NOTHING
        self._since = 0.0
        self._outside: frozenset[str] = frozenset()

    def judge(
        self,
        values: Mapping[str, float],
        quality: Mapping[str, Validity],
        now: float,
        *,
        odd: bool = False,
    ) -> Judged:
        """Values as a frame gave them, parted into what is believed and what is not. `odd`: the
        frame is not of the form that is usual on this line. One without values settles nothing."""
        if not values:
            return Judged({}, quality, False)
        shown = {name: value for name, value in values.items() if QUANTITY[name].believable(value)}
        outside = frozenset(values.keys() - shown.keys())
        doubts = {name: one for name, one in shown.items() if not self._follows(name, one, now)}
        if self._weak and (odd or doubts or outside - self._outside):
            doubts |= {name: one for name, one in shown.items() if self._is_news(name, one, now)}
        kept = {name: value for name, value in shown.items() if name not in doubts}
        self._last.update({name: (now, value) for name, value in kept.items()})
        self._doubted, self._outside, self._since = doubts, outside, now
        marks = dict.fromkeys((*outside, *doubts), Validity.QUESTIONABLE)
        return Judged(kept, {**quality, **marks}, bool(doubts))

    def forget(self) -> None:
        """The line was lost: what comes next follows on nothing."""
        self._last.clear()
        self._doubted, self._outside = _NOTHING, frozenset()

    def _follows(self, name: str, value: float, now: float) -> bool:
        """True if the value can be the next one, or says again what was doubted. A first one is
        the next of nothing."""
        if self._agrees(name, value, now):
            return True
        if name not in self._last:
            return not self._weak
        when, last = self._last[name]
        if now - when > GAP and not self._weak:
            return True
        return self._near(QUANTITY[name], last, value, now - when)

    def _is_news(self, name: str, value: float, now: float) -> bool:
        """True if this frame alone says so."""
        last = self._last.get(name)
        return (last is None or last[1] != value) and not self._agrees(name, value, now)

    def _agrees(self, name: str, value: float, now: float) -> bool:
        """True if the reading before said the same, or where both have left what was believed in
        the same direction: a pump that speeds up is never the same twice."""
        before = self._doubted.get(name)
        if before is None:
            return False
        if self._near(QUANTITY[name], before, value, now - self._since):
            return True
        last = self._last.get(name)
        onward = last is None or (before - last[1]) * (value - last[1]) > 0
        return onward and abs(value - before) <= _most(QUANTITY[name])

    def _near(self, quantity: Quantity, before: float, value: float, seconds: float) -> bool:
        """True if `value` can follow on `before`. A total cannot fall: if it truly begins anew,
        with a new treatment, the second reading confirms it."""
        if quantity.counts and value < before:
            return False
        most = _most(quantity)
        if self._weak and quantity.step is not None:
            most = quantity.step + quantity.grows * seconds / 60
        return abs(value - before) <= most + _ROUNDING


_ROUNDING = 1e-6


def _most(quantity: Quantity) -> float:
    """By which two readings differ at the very most."""
    if quantity.jump is not None:
        return quantity.jump
    return SHARE * (quantity.high - quantity.low)


class Shapes:
    """The forms that frames have on a line, by kind, and whose they are. State over time."""

    def __init__(self) -> None:
        self._usual: dict[str, str] = {}
        self._odd: dict[str, str] = {}

    def odd(self, shape: str) -> bool:
        """True if the frame before of this kind had another form, or the one before of any kind
        was another's, and nothing says yet that this is how it is now: the second one does."""
        kind, _, rest = shape.partition(":")
        whose, _, form = rest.partition(":")
        return any([self._differs("", whose), self._differs(kind, form)])

    def _differs(self, kind: str, form: str) -> bool:
        if form == self._usual.get(kind, form) or form == self._odd.get(kind):
            self._usual[kind] = form
            self._odd.pop(kind, None)
            return False
        self._odd[kind] = form
        return True
