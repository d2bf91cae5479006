"""The limits a machine watches: windows around the running values, and fixed ones.

Pressures are watched around a center that is found anew after each change of the pump's
speed; until then, and while no patient is connected, they are not.
"""

from __future__ import annotations

from domain.alarm import Direction


class Window:
    """One quantity between two limits. The alarm comes after `confirm` seconds outside, and
    goes after as many inside."""

    __slots__ = ("_confirm", "_inside", "_outside", "code", "direction", "high", "low", "value")

    def __init__(self, code: str, confirm: int, low: float, high: float) -> None:
        self.code = code
        self.low, self.high = low, high
        self._confirm = confirm
        self._inside = self._outside = 0
        self.direction: Direction | None = None
        self.value = 0.0

    def look(self, value: float) -> bool:
        """One second's value; true if the direction has changed."""
        if self.low <= value <= self.high:
            self._outside = 0
            if self.direction is None:
                return False
            self._inside += 1
            if self._inside < self._confirm:
                return False
            self.direction = None
            return True
        self._inside = 0
        self._outside += 1
        if self.direction is not None or self._outside < self._confirm:
            return False
        self.value = value
        self.direction = Direction.HIGH if value > self.high else Direction.LOW
        return True

    def reset(self) -> None:
        """Nothing is known to be outside."""
        self._inside = self._outside = 0
        self.direction = None


class Centered:
    """A window around a running value: `below` and `above` from its center."""

    __slots__ = ("_above", "_below", "_count", "_sum", "_until", "window")

    FOLLOW = 1 / 2400
    SETTLE = 10

    def __init__(self, window: Window, below: float, above: float) -> None:
        self.window = window
        self._below, self._above = below, above
        self._until = 0.0
        self._sum = self._count = 0.0

    def widen(self, now: float, seconds: float) -> None:
        """The pump's speed changes: no window for so long, then a center found anew."""
        self._until = now + seconds
        self._sum = self._count = 0.0
        self.window.reset()

    def look(self, now: float, value: float) -> bool:
        """One second's value; true if the direction has changed."""
        if now < self._until:
            if now >= self._until - self.SETTLE:
                self._sum += value
                self._count += 1
            return False
        if self._count:
            self.center(self._sum / self._count)
            self._sum = self._count = 0.0
        window = self.window
        if window.low <= value <= window.high:
            moved = (value - window.low - self._below) * self.FOLLOW
            window.low += moved
            window.high += moved
        return window.look(value)

    def center(self, center: float) -> None:
        """Sets the limits around a value."""
        self.window.low, self.window.high = center - self._below, center + self._above
