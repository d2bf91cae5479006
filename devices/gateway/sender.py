"""Which entry goes out next: what is fresh first, then what was left behind, then what is not
confirmed after a while; never more under way than ingest can hold.

Of what was left behind, that of this boot goes first: what is fresh is only confirmed once all
before it are, and older boots can wait.

The file is the memory: nothing is queued here or in the MQTT library. History is not marked in
the message, since a key met again must have the same bytes; who reads it goes by boot, number
and time. Waits for nothing; `now` are seconds of a clock that never jumps.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from devices.gateway.spool import Kept
from domain.telemetry import Watermark

HISTORY = 1000
"""Entries of those left behind, sent and not confirmed as stored. At a round trip of a tenth of
a second that lets 10,000 a second through."""

FRESH, FRESH_ALONE = 5000, 200
"""The same of fresh ones; less while ingest says nothing, so that the broker has little to
keep. They are counted apart: a fresh entry is only confirmed once all before it are, so it must
never take the place of one that was left behind."""

FIRST, LONGEST, LOOK = 5.0, 60.0, 0.5
"""Seconds until an entry is sent again, doubled while ingest says nothing at all; and between
two looks for such entries."""

PAGE = 200


class Shelf(Protocol):
    """The spool as the sender sees it."""

    def after(self, place: int, until: int, most: int) -> tuple[Kept, ...]:
        """Entries behind a place, up to another one, in order."""
        ...

    def at(self, places: Sequence[int]) -> tuple[Kept, ...]:
        """Those entries of some places that are still there."""
        ...


@dataclass(frozen=True, slots=True)
class _Sent:
    at: float
    machine: str
    boot: str
    seq: int


class Sender:
    """Begins disconnected, with everything on the shelf left behind; up to the place `began` it
    is of older boots."""

    def __init__(
        self,
        shelf: Shelf,
        *,
        began: int = 0,
        history: int = HISTORY,
        fresh: int = FRESH,
        alone: int = FRESH_ALONE,
    ) -> None:
        self._shelf = shelf
        self._most, self._most_fresh, self._most_alone = history, fresh, alone
        self._live, self._own, self._old = _Lane(), _Lane(), _Lane()
        self._again = deque[Kept]()
        self._began, self._end, self._last = began, 0, 0
        self._fresh: dict[int, _Sent] = {}
        self._left: dict[int, _Sent] = {}
        self._moved: dict[tuple[str, str], float] = {}
        self._patience, self._looked = FIRST, 0.0

    @property
    def in_flight(self) -> int:
        """Sent and not confirmed."""
        return len(self._fresh) + len(self._left)

    def up(self, last: int) -> None:
        """Connected; `last` is the place given last. What was under way may be lost."""
        self._fresh.clear()
        self._left.clear()
        self._again.clear()
        self._patience = FIRST
        self._old, self._own, self._live = _Lane(0), _Lane(self._began), _Lane(last)
        self._end = self._last = last

    def kept(self, last: int) -> None:
        """Something fresh is on the shelf; `last` is its last place."""
        self._last = last

    @property
    def behind(self) -> bool:
        """Ingest lives, and there is more for it than could be sent yet."""
        left = self._own.left(self._end) or self._old.left(self._began)
        return (left or self._live.left(self._last)) and self._patience <= FIRST

    def next(self, now: float) -> Kept | None:
        """What to send now, until `sent` is told; `None` if there is nothing, or no room."""
        if not self._again:
            self._again.extend(self._overdue(now))
        if self._again:
            return self._again[0]
        most = self._most_alone if self._patience > FIRST else self._most_fresh
        if len(self._fresh) < most and (fresh := self._live.first(self._shelf, self._last)):
            return fresh
        if len(self._left) < self._most:
            own = self._own.first(self._shelf, self._end)
            return own or self._old.first(self._shelf, self._began)
        return None

    def sent(self, entry: Kept, now: float) -> None:
        """It was handed over."""
        left = entry.place <= self._end
        if self._again and self._again[0] is entry:
            self._again.popleft()
        else:
            self._lane(entry.place).passed(entry)
        flight = self._left if left else self._fresh
        flight[entry.place] = _Sent(now, entry.machine, entry.boot, entry.seq)

    def _lane(self, place: int) -> _Lane:
        if place > self._end:
            return self._live
        return self._own if place > self._began else self._old

    def confirmed(self, watermarks: Sequence[Watermark], now: float) -> None:
        """Ingest lives, and has these."""
        self._patience = FIRST
        upto = {(mark.machine, mark.boot): mark.seq for mark in watermarks}
        self._moved.update(dict.fromkeys(upto, now))
        self._fresh = _beyond(self._fresh, upto)
        self._left = _beyond(self._left, upto)

    def _overdue(self, now: float) -> tuple[Kept, ...]:
        """What was sent too long ago, as far as it is still on the shelf. While the
        watermark of its machine moves, an entry only waits for those before it; so does what is
        fresh while something of this boot that was left behind has not been sent."""
        if now < self._looked + LOOK:
            return ()
        self._looked = now
        late = [place for place, sent in self._left.items() if self._late(sent, now)]
        if not self._own.left(self._end):
            late += [place for place, sent in self._fresh.items() if self._late(sent, now)]
        if not late:
            return ()
        for place in late:
            self._left.pop(place, None)
            self._fresh.pop(place, None)
        self._patience = min(LONGEST, 2 * self._patience)
        return self._shelf.at(late)

    def _late(self, sent: _Sent, now: float) -> bool:
        moved = self._moved.get((sent.machine, sent.boot), sent.at)
        return now - max(sent.at, moved) > self._patience


def _beyond(flight: dict[int, _Sent], upto: Mapping[tuple[str, str], int]) -> dict[int, _Sent]:
    return {
        place: sent
        for place, sent in flight.items()
        if sent.seq > upto.get((sent.machine, sent.boot), 0)
    }


class _Lane:
    """Reads the shelf in order, a page at a time."""

    def __init__(self, place: int = 2**62) -> None:
        self._place = place
        self._page: deque[Kept] = deque()

    def first(self, shelf: Shelf, until: int) -> Kept | None:
        """What comes next in it."""
        if not self._page and self._place < until:
            self._page.extend(shelf.after(self._place, until, PAGE))
            if not self._page:
                self._place = until
        return self._page[0] if self._page else None

    def left(self, until: int) -> bool:
        """Whether there is anything more in it."""
        return bool(self._page) or self._place < until

    def passed(self, entry: Kept) -> None:
        """It is done with."""
        self._page.popleft()
        self._place = entry.place
