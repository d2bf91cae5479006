"""One machine's line in time: when to ask, how long to wait, and what to call its state.

Waits for nothing and asks no clock: `now` are seconds of a clock that never jumps, `at` is the
time of day. Missed replies are counted here, since a dead connection takes what is written to
it without a word.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from devices.protocols.protocol import Fault, Garbage
from domain.telemetry import LinkCounters, LinkState, LinkStatus

MISSES = 3
"""Missed replies, or silent paces, after which the line is no longer good."""

IDLE_FACTOR = 3
"""Outside of a treatment a machine is asked this many times more seldom."""

SOON, RETRY = 0.2, 2.0
"""Seconds until a confirming poll, and until a poll after a missed reply."""

ABANDONED = 6
"""Missed replies after which a network connection is given up as half open."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds between polls in a treatment (or between messages that the machine sends by
    itself), and those after which a reply is missed. `asks` is false where we only listen."""

    pace: float
    patience: float
    asks: bool


@dataclass(slots=True)
class _Silence:
    """What has come since the last good frame, good for nothing."""

    misses: int = 0
    garbage: int = 0
    refused: int = 0


@dataclass(slots=True)
class Line:
    """A line and its state. Made offline; `opened` once bytes can flow."""

    machine: str
    gateway: str
    boot: str
    timing: Timing
    since: datetime
    status: LinkStatus = LinkStatus.OFFLINE
    last_good: datetime | None = None
    counters: LinkCounters = field(default_factory=LinkCounters)
    reply_seconds: float | None = None
    _silence: _Silence = field(default_factory=_Silence)
    _open: bool = False
    _asked: float | None = None
    _next: float = 0.0
    _busy: bool = True
    _hurried: bool = False

    @property
    def state(self) -> LinkState:
        """For the wire."""
        return LinkState(
            self.machine,
            self.gateway,
            self.boot,
            self.status,
            self.since,
            self.last_good,
            self.counters,
        )

    @property
    def abandoned(self) -> bool:
        """So many replies missed that a connection is better made anew."""
        return self._silence.misses >= ABANDONED

    def opened(self, now: float) -> None:
        """Bytes can flow; whether anybody is there is not known yet."""
        if self.counters.reopened or self._open or self.last_good or self.counters.polls:
            self._count(reopened=1)
        self._open, self._asked, self._hurried = True, None, False
        self._silence = _Silence()
        self._next = now if self.timing.asks else now + self._silent_after

    def lost(self, status: LinkStatus, at: datetime) -> bool:
        """The port is gone, or the machine has hung up; returns whether that is news."""
        self._open, self._asked = False, None
        return self._turn(status, at)

    def wait(self, now: float) -> float:
        """Seconds until `due` has something to say."""
        return max(0.0, self._next - now)

    def due(self, now: float, at: datetime) -> bool:
        """Whether to ask now. A reply that is still missing then is a missed one."""
        if now < self._next:
            return False
        if self._asked is not None or not self.timing.asks:
            self._miss(now, at)
            return False
        return self.timing.asks

    def asked(self, now: float) -> None:
        """A poll has been written."""
        self._count(polls=1)
        self._asked, self._next = now, now + self.timing.patience

    def noise(self, garbage: Garbage) -> None:
        """Bytes that are no frame."""
        wrong = 1 if garbage.fault is Fault.CHECK else 0
        self._count(garbage=len(garbage.raw), bad_check=wrong)
        self._silence.garbage += len(garbage.raw)

    def refused(self) -> None:
        """A frame whose check is right and whose content is not."""
        self._count(unparsed=1)
        self._silence.refused += 1

    def good(self, now: float, at: datetime, *, busy: bool, again: bool, rest: bool) -> bool:
        """A frame that was understood, whole or but for a `rest`. `busy`: the machine treats
        or alarms; `again`: a reading at once would settle a doubt. Returns whether the line is
        good only now."""
        self._count(good=1, unparsed=int(rest))
        self.last_good, self._busy = at, busy
        self._silence = _Silence()
        self._plan(now, again)
        return self._turn(LinkStatus.ONLINE, at)

    def _plan(self, now: float, again: bool) -> None:
        """At most one poll out of turn follows on a regular one: a line full of noise must
        not be asked all the time."""
        if not self.timing.asks:
            self._next = now + self._silent_after
            return
        asked, self._asked = self._asked, None
        if asked is None:
            return
        self.reply_seconds = now - asked
        self._hurried = again and not self._hurried
        pace = self.timing.pace * (1 if self._busy else IDLE_FACTOR)
        self._next = now + SOON if self._hurried else max(asked + pace, now)

    def _miss(self, now: float, at: datetime) -> None:
        self._asked, self._hurried = None, False
        self._silence.misses += 1
        self._count(timeouts=1)
        if not self.timing.asks:
            self._next = now + self.timing.pace
            self._turn(self._failing(), at)
            return
        self._next = now + min(RETRY, self.timing.pace)
        if self._silence.misses >= MISSES:
            self._next = now + self.timing.pace
            self._turn(self._failing(), at)

    def _failing(self) -> LinkStatus:
        """What to call a line that is not good: by what it still says."""
        if self._silence.refused:
            return LinkStatus.STALE
        if self._silence.garbage:
            return LinkStatus.GARBLED
        if not self.timing.asks and self.last_good is not None:
            return LinkStatus.STALE
        return LinkStatus.NO_REPLY

    @property
    def _silent_after(self) -> float:
        return MISSES * self.timing.pace + self.timing.patience

    def _turn(self, status: LinkStatus, at: datetime) -> bool:
        if status is self.status:
            return False
        self.status, self.since = status, at
        return True

    def _count(self, **more: int) -> None:
        now = {name: getattr(self.counters, name) + count for name, count in more.items()}
        self.counters = replace(self.counters, **now)
