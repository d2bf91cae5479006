"""Where machines call: a port that listens, a thread for each call, and for each frame the desk
of the machine that says it.

Several machines may call the same port, even over one connection (a vendor's own concentrator
does that); they are told apart by the serial number in their frames. A port of one machine
needs no number. What a stranger says is refused and counted, and never taken for a machine.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic

from devices.gateway.desk import Desk, read
from devices.links.link import Link, LinkLost
from devices.links.listener import Listener, SocketLink
from devices.protocols.protocol import Codec, Driver, Frame, Garbage, Refused, Report
from domain.telemetry import LinkStatus

CALLS = 64
"""At once; a port that is called more often is not called by our machines."""

SLICE, RETRY = 1.0, 3.0
GRACE = 1.5
"""Of its pace, that a machine which has hung up is given to call again."""

CUT_OFF = 10
"""Slices of silence within a frame after which the rest of it is not waited for."""

_log = logging.getLogger(__name__)

Listen = Callable[[str, int], Listener]


class _OneAtATime:
    """A port's driver, for all its calls: what it remembers, of repeats and of alarms, must
    outlast a call."""

    def __init__(self, driver: Driver) -> None:
        self._driver, self._lock = driver, threading.Lock()

    def poll(self) -> bytes:
        """See Driver."""
        with self._lock:
            return self._driver.poll()

    def interpret(self, frame: Frame) -> Report:
        """See Driver."""
        with self._lock:
            return self._driver.interpret(frame)

    def answer(self, frame: Frame, at: datetime, accepted: bool) -> bytes:
        """See Driver."""
        with self._lock:
            return self._driver.answer(frame, at, accepted)


class Hall:
    """The thread of one listening port, and those of its calls."""

    def __init__(self, desks: Sequence[Desk], listen: Listen = Listener) -> None:
        self._desks, self._listen = tuple(desks), listen
        self._by_serial = {desk.setting.serial: desk for desk in desks if desk.setting.serial}
        self._there = desks[0].setting.there
        self._driver = _OneAtATime(desks[0].setting.protocol.driver())
        self._stopping = threading.Event()
        self._calls: dict[Link, set[Desk]] = {}
        self._lock = threading.Lock()
        self._strangers: set[str] = set()
        self.port = 0
        name = f"listen-{self._there.port}"
        self._leaving: dict[Desk, tuple[float, str]] = {}
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._watcher = threading.Thread(target=self._watch, name=f"{name}-watch", daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()
        self._watcher.start()

    def stop(self) -> None:
        """Asks it to end; see `join`."""
        self._stopping.set()

    def join(self, seconds: float) -> None:
        """Waits until the port is closed."""
        self._thread.join(seconds)

    @property
    def alive(self) -> bool:
        """False if it has ended, wanted or not."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                listener = self._listen(self._there.host, self._there.port)
            except LinkLost as lost:
                self._all_lost(LinkStatus.PORT_ERROR, str(lost))
                self._stopping.wait(RETRY)
                continue
            self.port = listener.port
            try:
                self._receive(listener)
            except LinkLost as lost:
                _log.error("port %d: %s", self.port, lost)
            finally:
                listener.close()
        self._all_lost(LinkStatus.OFFLINE, "stopped")

    def _receive(self, listener: Listener) -> None:
        while not self._stopping.is_set():
            call = listener.accept(SLICE)
            if call is None:
                continue
            if len(self._calls) >= CALLS:
                _log.error("port %d: more than %d calls at once", self.port, CALLS)
                call.close()
                continue
            self._calls[call] = set()
            threading.Thread(target=self._attend, args=(call,), daemon=True).start()

    def _watch(self) -> None:
        """Whoever speaks unasked must be missed by somebody else."""
        while not self._stopping.wait(min(SLICE, GRACE * self._desks[0].setting.pace / 2)):
            for desk in self._present():
                desk.due()
            for desk, reason in self._left():
                desk.lost(LinkStatus.OFFLINE, reason)

    def _attend(self, call: SocketLink) -> None:
        try:
            self._serve(call)
        except LinkLost as lost:
            self._gone(call, str(lost))
        except Exception as fault:
            _log.exception("port %d: a fault in the program", self.port)
            self._gone(call, type(fault).__name__)
        finally:
            call.close()

    def _serve(self, call: SocketLink) -> None:
        codec, silent = self._desks[0].setting.protocol.codec(), 0
        while not self._stopping.is_set():
            chunk = call.read(SLICE)
            silent = 0 if chunk else silent + 1
            pieces = codec.feed(chunk) if chunk else _cut_off(codec, silent)
            for piece in pieces:
                self._take(call, piece)
        self._gone(call, "stopped")

    def _take(self, call: SocketLink, piece: Frame | Garbage) -> None:
        if isinstance(piece, Garbage):
            for desk in self._calls[call] or self._only:
                desk.noise(piece)
            return
        said = read(self._driver, piece)
        found = self._desk_of(said)
        if found is None:
            self._stranger(said)
            answer = self._driver.answer(piece, self._desks[0].at(), False)
        else:
            self._present_at(call, found)
            answer = found.hear(self._driver, piece, said)
        if answer:
            call.write(answer)

    def _desk_of(self, said: Report | Refused) -> Desk | None:
        serial = said.serial if isinstance(said, Report) else ""
        if serial in self._by_serial:
            return self._by_serial[serial]
        return next((desk for desk in self._only if not desk.setting.serial or not serial), None)

    @property
    def _only(self) -> tuple[Desk, ...]:
        """The one machine of a port that has one."""
        return self._desks if len(self._desks) == 1 else ()

    def _stranger(self, said: Report | Refused) -> None:
        who = said.serial if isinstance(said, Report) else str(said)
        if who not in self._strangers and len(self._strangers) < CALLS:
            self._strangers.add(who)
            _log.warning("port %d: not one of our machines: %s", self.port, who or "unnamed")

    def _present_at(self, call: Link, desk: Desk) -> None:
        with self._lock:
            there = any(desk in desks for desks in self._calls.values())
            there = self._leaving.pop(desk, None) is not None or there
            self._calls[call].add(desk)
        if not there:
            desk.opened()

    def _present(self) -> frozenset[Desk]:
        with self._lock:
            return frozenset(desk for desks in self._calls.values() for desk in desks)

    def _gone(self, call: Link, reason: str) -> None:
        """A machine is away when its last call is over and it has not called again: some hang
        up after each message."""
        with self._lock:
            desks = self._calls.pop(call, set())
            away = desks - {desk for others in self._calls.values() for desk in others}
            for desk in away:
                self._leaving[desk] = (monotonic() + GRACE * desk.setting.pace, reason)

    def _left(self) -> tuple[tuple[Desk, str], ...]:
        now = monotonic()
        with self._lock:
            left = tuple((desk, why) for desk, (until, why) in self._leaving.items() if now > until)
            for desk, _ in left:
                del self._leaving[desk]
        return left

    def _all_lost(self, status: LinkStatus, reason: str) -> None:
        for desk in self._desks:
            desk.lost(status, reason)


def _cut_off(codec: Codec, silent: int) -> tuple[Frame | Garbage, ...]:
    return codec.flush() if codec.held and silent >= CUT_OFF else ()
