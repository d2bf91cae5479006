"""Where everything about one machine comes together: its line, what is believed of it, and the
keeper. Used by the thread that reads the line, and asked by the keeper's."""

from __future__ import annotations

import logging
import threading
from datetime import datetime
from typing import Protocol

from devices.gateway.aside import Aside
from devices.gateway.belief import Belief, Memory, Speaker, Trust
from devices.gateway.clock import Clock
from devices.gateway.keeper import Ticket
from devices.gateway.line import Line, Timing
from devices.gateway.lines import LineSetting
from devices.gateway.remembered import kept
from devices.protocols.protocol import Check, Driver, Frame, Garbage, Refused, Report
from devices.wire.states import ActiveAlarms, Birth
from domain.telemetry import Entry, Event, EventKind, LinkState, LinkStatus, Mode

DURABLE = 2.0
"""Seconds that a machine waits for its acknowledgement until we say no instead."""

USUAL_BAUD, LONG_REPLY = 9600, 2000
"""The speed that a protocol's patience is meant for, and the bits of a long reply."""

_log = logging.getLogger(__name__)


class Keeping(Protocol):
    """The keeper as a desk sees it."""

    def offer(self, machine: str, entries: tuple[Entry, ...], memory: bytes | None) -> Ticket:
        """To be numbered and kept."""
        ...

    def changed(self, machine: str) -> None:
        """The link or the alarms are news."""
        ...


def read(driver: Driver, frame: Frame) -> Report | Refused:
    """What a frame says, or why it cannot be."""
    try:
        return driver.interpret(frame)
    except Refused as refused:
        return refused


def timing(setting: LineSetting, *, asks: bool) -> Timing:
    """A slow line is given the time that a long reply takes on it."""
    extra = max(0.0, LONG_REPLY / setting.wire.baud - LONG_REPLY / USUAL_BAUD)
    return Timing(setting.pace, setting.protocol.patience + extra, asks)


class Desk:
    """One machine."""

    def __init__(
        self,
        setting: LineSetting,
        speaker: Speaker,
        keeper: Keeping,
        clock: Clock,
        memory: Memory,
        version: str = "",
    ) -> None:
        self.setting, self.machine = setting, setting.machine
        self._asks = asks = bool(setting.protocol.driver().poll())
        self._speaker, self._keeper, self._clock = speaker, keeper, clock
        self._version = version
        self._lock = threading.Lock()
        trust = Trust(weak=setting.protocol.check is Check.SUM, asks=asks)
        self._belief, self._aside = Belief(speaker, trust, memory), Aside()
        self._kept = self._belief.memory
        self._line = Line(
            speaker.machine, speaker.gateway, speaker.boot, timing(setting, asks=asks), clock.at()
        )

    def at(self) -> datetime:
        """The time of day."""
        return self._clock.at()

    def opened(self) -> None:
        """Bytes can flow."""
        with self._lock:
            self._line.opened(self._clock.now())

    def lost(self, status: LinkStatus, reason: str) -> None:
        """They cannot. Logged once, until it is good again."""
        at = self._clock.at()
        with self._lock:
            if self._line.lost(status, at):
                level = logging.INFO if status is LinkStatus.OFFLINE else logging.WARNING
                _log.log(level, "%s: %s (%s)", self.machine, status.value, reason)
                self._tell(at)

    def wait(self) -> float:
        """Seconds until there is something to do."""
        with self._lock:
            return self._line.wait(self._clock.now())

    def due(self) -> bool:
        """Whether to poll now; counts a reply that is missing."""
        at = self._clock.at()
        with self._lock:
            before = self._line.status
            asks = self._line.due(self._clock.now(), at)
            if self._line.status is not before:
                _log.warning("%s: %s", self.machine, self._line.status.value)
                self._tell(at)
            return asks

    def asked(self) -> None:
        """A poll has been written."""
        with self._lock:
            self._line.asked(self._clock.now())

    @property
    def abandoned(self) -> bool:
        """A connection so silent that it is better made anew."""
        return self._line.abandoned

    def noise(self, garbage: Garbage) -> None:
        """Bytes that are no frame."""
        with self._lock:
            self._line.noise(garbage)
            self._put_aside(self._aside.garbage(garbage, self._clock.now()))

    def hear(self, driver: Driver, frame: Frame, said: Report | Refused) -> bytes:
        """Takes a frame; returns the acknowledgement to be written, if the protocol has one:
        yes only once what it said is on the disk, and no also to what is rather to be said once
        more."""
        at = self._clock.at()
        if isinstance(said, Refused):
            _log.info("%s: %s", self.machine, said)
            shown = self.setting.protocol.veil(frame.raw)
            with self._lock:
                self._line.refused()
                self._put_aside(self._aside.refused(str(said), shown, self._clock.now()))
            return driver.answer(frame, at, False)
        ticket, held = self._accept(said, at)
        kept = self._asks or ticket is None or ticket.wait(DURABLE)
        return driver.answer(frame, at, kept and not held)

    def birth(self) -> Birth:
        """See Subject."""
        speaker, protocol = self._speaker, self.setting.protocol
        return Birth(
            speaker.machine,
            speaker.gateway,
            speaker.boot,
            self._clock.at(),
            protocol.name,
            speaker.generation,
            self.setting.pace,
            protocol.quantities,
            self.setting.serial,
            protocol.standing.value,
            self._version,
        )

    def link(self) -> LinkState:
        """See Subject."""
        with self._lock:
            return self._line.state

    def alarms(self) -> ActiveAlarms:
        """See Subject."""
        speaker = self._speaker
        with self._lock:
            return ActiveAlarms(
                speaker.machine,
                speaker.gateway,
                speaker.boot,
                self._clock.at(),
                self._belief.known,
                self._belief.active,
            )

    def _put_aside(self, text: str | None) -> None:
        if text is not None:
            speaker = self._speaker
            origin = speaker.origin(self._clock.at())
            self._offer((Event(speaker.key, origin, EventKind.REFUSED, text=text),))

    def _accept(self, report: Report, at: datetime) -> tuple[Ticket | None, bool]:
        now = self._clock.now()
        with self._lock:
            believed = self._belief.take(report, now, at)
            busy = report.mode is Mode.TREATMENT or bool(self._belief.active)
            risen = self._line.good(
                now, at, busy=busy, again=believed.again, rest=bool(report.unparsed)
            )
            if risen:
                _log.info("%s: %s", self.machine, LinkStatus.ONLINE.value)
                self._tell(at)
            return self._offer(believed.entries), believed.held

    def _tell(self, at: datetime) -> None:
        """The link's state is news, as an event and retained."""
        self._offer(self._belief.status(self._line.status, at))
        self._keeper.changed(self.machine)

    def _offer(self, entries: tuple[Entry, ...]) -> Ticket | None:
        memory = self._belief.memory
        changed, self._kept = memory != self._kept, memory
        if not entries and not changed:
            return None
        ticket = self._keeper.offer(self.machine, entries, kept(memory) if changed else None)
        if changed:
            self._keeper.changed(self.machine)
        return ticket
