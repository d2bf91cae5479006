"""Bytes leaving a machine at the speed of its line. Pure: the time is handed in.

A pseudo-terminal carries 4,000 bytes in a tenth of a millisecond; a line of 9600 baud takes
more than four seconds. Without this no gateway's timeout would ever be tried.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

_BITS = 10
"""A byte on the line: start bit, eight bits, stop bit."""
_ROUNDING = 1e-6
"""Of a byte: what is asked for at the very moment `wakes` named must not be one byte short."""
GRAIN = 0.016
"""Seconds for which a serial adapter collects bytes before it hands them over; 16 ms is usual
for those with a USB plug."""
CAPACITY = 65_536
"""Bytes that may wait; a machine that is not heard does not remember more."""


@dataclass(slots=True)
class _Leaving:
    """A message on its way: when its first bit leaves and how many bytes have gone."""

    raw: bytes
    start: float
    gone: int = 0


class Outlet:
    """Messages wait their turn and leave byte by byte. Times in seconds on any one clock."""

    def __init__(self, baud: int | None, grain: float = GRAIN) -> None:
        """`baud` is the speed of the line; none is a network, where a message leaves whole."""
        self._byte = _BITS / baud if baud else 0.0
        self._grain = grain
        self._queue: deque[_Leaving] = deque()
        self._free_at = 0.0
        self._given_at = float("-inf")
        self._waiting = 0

    def say(self, raw: bytes, at: float) -> bool:
        """Lets a message leave from `at` on, or once those before it have left. False if too
        much waits already; then it is lost."""
        if not raw or self._waiting + len(raw) > CAPACITY:
            return False
        start = max(at, self._free_at)
        self._free_at = start + len(raw) * self._byte
        self._waiting += len(raw)
        self._queue.append(_Leaving(raw, start))
        return True

    def due(self, now: float) -> bytes:
        """The bytes whose last bit has left since this was asked last."""
        out = bytearray()
        while self._queue and now >= self._queue[0].start:
            first = self._queue[0]
            out += self._part(first, now)
            if first.gone < len(first.raw):
                break
            self._queue.popleft()
        if out:
            self._given_at = now
            self._waiting -= len(out)
        return bytes(out)

    def wakes(self) -> float | None:
        """When to ask again; `None` while nothing waits."""
        if not self._queue:
            return None
        first = self._queue[0]
        end = first.start + len(first.raw) * self._byte
        return min(end, max(first.start + self._byte, self._given_at + self._grain))

    @property
    def busy(self) -> bool:
        """True while something waits or leaves."""
        return bool(self._queue)

    def cut(self) -> None:
        """The power is gone: what has not left never will."""
        self._queue.clear()
        self._waiting = 0
        self._free_at = 0.0

    def _part(self, first: _Leaving, now: float) -> bytes:
        if self._byte == 0.0 or now >= first.start + len(first.raw) * self._byte:
            until = len(first.raw)
        else:
            until = int((now - first.start) / self._byte + _ROUNDING)
        part = first.raw[first.gone : until]
        first.gone = until
        return part
