"""How often something may be tried: a bucket of tries for each key, filled again with time.

In memory of the one web process, so that a flood of tries costs no write. The clock is an
argument; any steady count of seconds will do.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many tries at once, and another one each so many seconds."""

    tries: int
    seconds: float


PER_ACCOUNT = Allowance(6, 30)
PER_ADDRESS = Allowance(30, 10)
MOST_KEYS = 20_000
"""Beyond these the oldest are forgotten: a flood of names does not fill the memory."""


class Throttle:
    """The buckets of one kind of key; of each only the moment at which it is full again."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._full_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def take(self, key: str, now: float) -> float:
        """Takes a try and returns 0, or says in how many seconds there will be one."""
        allowed = self._allowance
        with self._lock:
            full_at = self._when_full(key, now)
            wait = full_at - now - (allowed.tries - 1) * allowed.seconds
            if wait > 0:
                return wait
            self._full_at[key] = full_at + allowed.seconds
            if len(self._full_at) > MOST_KEYS:
                self._forget(now)
            return 0.0

    def give_back(self, key: str, now: float) -> None:
        """A try that was right does not count."""
        with self._lock:
            self._full_at[key] = max(now, self._when_full(key, now) - self._allowance.seconds)

    def _when_full(self, key: str, now: float) -> float:
        """Never further away than an empty bucket is: a clock may have been set back."""
        empty = now + self._allowance.tries * self._allowance.seconds
        return min(max(self._full_at.get(key, now), now), empty)

    def _forget(self, now: float) -> None:
        """Whatever is full again; if that is nothing, the half that will be so first."""
        kept = {key: at for key, at in self._full_at.items() if at > now}
        if len(kept) > MOST_KEYS:
            last = sorted(kept.items(), key=lambda item: item[1])
            kept = dict(last[MOST_KEYS // 2 :])
        self._full_at = kept
