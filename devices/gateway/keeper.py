"""The one thread that owns the spool: numbers and keeps what the lines bring, forgets what is
stored, and hands out what is due.

Whatever comes from a line or from the network is only put into its inbox. What comes within a
twentieth of a second shares one transaction.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from devices.gateway.announcer import Announcer
from devices.gateway.books import Books
from devices.gateway.clock import Clock
from devices.gateway.numbering import numbered
from devices.gateway.sender import Sender
from devices.gateway.spool import Fresh, Spool, SpoolDown
from devices.wire.messages import Unreadable, encode
from devices.wire.states import decode_stored
from domain.telemetry import Entry, Event, Watermark

GATHER = 0.05
"""Seconds in which what arrives shares a transaction."""

BUSY, CALM = 0.005, 0.5
"""Seconds between two looks while something is to be sent, and while nothing is."""

LIMIT = 2_000_000
"""Entries: about a gigabyte, three and a half days of 32 machines that treat around the clock.
Beyond it the oldest are kept and new samples are refused, counted and shown; events have a
tenth more."""

_PENDING = 2000
_RETRY = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ticket:
    """What becomes of an acceptance."""

    _done: threading.Event = field(default_factory=threading.Event)
    _kept: list[bool] = field(default_factory=list)

    def settle(self, kept: bool) -> None:
        """Told once, by the keeper."""
        self._kept.append(kept)
        self._done.set()

    def wait(self, seconds: float) -> bool:
        """Whether all of it is on the disk; false also if that is not known in time."""
        return self._done.wait(seconds) and self._kept[0]


@dataclass(frozen=True, slots=True)
class _Offer:
    machine: str
    entries: tuple[Entry, ...]
    memory: bytes | None
    ticket: Ticket


_Call = Callable[[], None]


class Keeper:
    """See the module. `start` it, and `stop` it when the lines have ended."""

    def __init__(
        self, boot: str, spool: Spool, announcer: Announcer, clock: Clock, limit: int = LIMIT
    ) -> None:
        self._boot, self._spool, self._announcer = boot, spool, announcer
        self._clock, self._limit = clock, limit
        self.books = Books(boot, spool.holdings())
        self._sender = Sender(spool, began=spool.last())
        self._inbox: queue.SimpleQueue[_Offer | _Call] = queue.SimpleQueue()
        self._pending: deque[_Offer] = deque()
        self._marks: list[Watermark] = []
        self._connected = self._risen = False
        self._stopping = threading.Event()
        self._trouble = ""
        self._thread = threading.Thread(target=self._run, name="keeper", daemon=True)

    def start(self) -> None:
        """Begins to keep."""
        self._thread.start()

    def stop(self, seconds: float = 10.0) -> None:
        """Keeps what is in the inbox and ends."""
        self._stopping.set()
        self._inbox.put(lambda: None)
        self._thread.join(seconds)

    @property
    def alive(self) -> bool:
        """False if it has ended, wanted or not."""
        return self._thread.is_alive()

    @property
    def trouble(self) -> str:
        """Why nothing can be kept at the moment; empty if all is well."""
        return self._trouble

    def offer(self, machine: str, entries: tuple[Entry, ...], memory: bytes | None) -> Ticket:
        """Entries without numbers, and what the machine's belief must remember with them."""
        offer = _Offer(machine, entries, memory, Ticket())
        self._inbox.put(offer)
        return offer.ticket

    def changed(self, machine: str) -> None:
        """The state of a machine's link or alarms is news."""
        self._inbox.put(lambda: self._announcer.changed(machine))

    def heard(self, payload: bytes) -> None:
        """From ingest."""
        self._inbox.put(lambda: self._read(payload))

    def up(self) -> None:
        """The broker is there, and hears us."""
        self._inbox.put(self._rise)

    def down(self, reason: str) -> None:
        """It is not."""
        self._inbox.put(lambda: self._fall(reason))

    def _run(self) -> None:
        wait = 0.0
        while not (self._stopping.is_set() and self._inbox.empty()):
            self._gather(wait)
            try:
                self._write()
                wait = BUSY if self._send() else CALM
            except SpoolDown as down:
                self._complain(str(down))
                wait = _RETRY
        self._announcer.flush(self.books)

    def _gather(self, wait: float) -> None:
        """What is in the inbox, waiting for the first of it and a little for more."""
        try:
            self._take(self._inbox.get(timeout=wait) if wait else self._inbox.get_nowait())
            if wait > BUSY and not self._stopping.is_set():
                time.sleep(GATHER)
            while True:
                self._take(self._inbox.get_nowait())
        except queue.Empty:
            return

    def _take(self, item: _Offer | _Call) -> None:
        if not isinstance(item, _Offer):
            item()
        elif len(self._pending) < _PENDING:
            self._pending.append(item)
        else:
            self.books.refuse(item.machine, len(item.entries))
            item.ticket.settle(False)

    def _write(self) -> None:
        """One transaction for what came in, one for what may go. Raises SpoolDown, with
        everything still pending."""
        if self._pending:
            self._keep(tuple(self._pending))
            self._pending.clear()
        if self._marks:
            self.books.forgot(self._spool.forget(self._marks))
            self._sender.confirmed(self._marks, self._clock.now())
            self._marks.clear()
        if self._trouble:
            _log.warning("the spool can be written again")
            self._trouble = ""

    def _keep(self, offers: Sequence[_Offer]) -> None:
        fresh: list[Fresh] = []
        counts: dict[str, int] = {}
        left: dict[str, int] = {}
        for offer in offers:
            for entry in offer.entries:
                if not self._room(entry, len(fresh)):
                    left[offer.machine] = left.get(offer.machine, 0) + 1
                    continue
                counts[offer.machine] = counts.get(offer.machine, 0) + 1
                seq = self.books.given(offer.machine) + counts[offer.machine]
                event = isinstance(entry, Event)
                payload = encode(numbered(entry, seq))
                fresh.append(Fresh(offer.machine, self._boot, seq, event, payload))
        memories = {one.machine: one.memory for one in offers if one.memory is not None}
        self._sender.kept(self._spool.keep(fresh, memories))
        for one in fresh:
            if not one.event:
                self._announcer.sampled(one.machine, one.payload)
        for machine, count in counts.items():
            self.books.kept(machine, count)
        for machine, count in left.items():
            self.books.refuse(machine, count)
        for offer in offers:
            offer.ticket.settle(offer.machine not in left)

    def _room(self, entry: Entry, more: int) -> bool:
        """The oldest stay. The last tenth is for events alone."""
        held = self.books.held + more
        return held < self._limit or (isinstance(entry, Event) and held < 1.1 * self._limit)

    def _read(self, payload: bytes) -> None:
        try:
            marks = decode_stored(payload)
        except Unreadable as reason:
            _log.warning("a watermark that cannot be read: %s", reason)
            return
        for mark in marks:
            if mark.boot == self._boot and mark.seq > self.books.given(mark.machine):
                _log.error("a watermark beyond what was given is ignored: %s", mark)
            else:
                self._marks.append(mark)

    def _send(self) -> bool:
        """Hands out what is due; returns whether there is more than can be sent now."""
        if not self._connected:
            return False
        if self._risen:
            self._sender.up(self._spool.last())
            self._risen = False
        if not self._announcer.flush(self.books):
            return True
        now = self._clock.now()
        while (entry := self._sender.next(now)) is not None:
            if not self._announcer.stream(entry):
                return True
            self._sender.sent(entry, now)
        return self._sender.behind

    def _rise(self) -> None:
        self._connected, self._risen = True, True
        self._announcer.everything()
        _log.info("connected")

    def _fall(self, reason: str) -> None:
        self._connected = False
        _log.warning("no connection to the broker: %s", reason)

    def _complain(self, reason: str) -> None:
        if reason != self._trouble:
            _log.error("the spool cannot be written: %s", reason)
        self._trouble = reason
