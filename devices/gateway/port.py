"""A thread for each port: opens it, asks, reads, and opens it again when it is gone.

One stuck or noisy line must never hold up another; hence a thread each. The only bytes written
here are a driver's polls and acknowledgements.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from devices.gateway.desk import Desk, read
from devices.links.link import Address, Link, LinkLost, Way, Wire
from devices.protocols.protocol import Driver, Frame, Garbage
from domain.telemetry import LinkStatus

Open = Callable[[Address, Wire], Link]

FIRST, LONGEST = 0.5, 3.0
"""Seconds until a port is opened again: doubled up to where a replugged adapter is found well
within five seconds."""

SLICE = 1.0
"""Seconds after which a reader looks whether it is to stop."""

_log = logging.getLogger(__name__)


class Port:
    """The thread of one line that we open ourselves."""

    def __init__(self, desk: Desk, open_link: Open) -> None:
        self._desk, self._open = desk, open_link
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=desk.machine, daemon=True)

    def start(self) -> None:
        """Begins."""
        self._thread.start()

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
        pause = FIRST
        while not self._stopping.is_set():
            try:
                link = self._open(self._desk.setting.there, self._desk.setting.wire)
            except LinkLost as lost:
                self._desk.lost(LinkStatus.PORT_ERROR, str(lost))
                self._stopping.wait(pause)
                pause = min(2 * pause, LONGEST)
                continue
            pause = FIRST
            self._use(link)
        self._desk.lost(LinkStatus.OFFLINE, "stopped")

    def _use(self, link: Link) -> None:
        """Until the link is lost or we are to stop. A fault of ours in one machine's frames
        ends neither this thread nor another's: the line begins anew."""
        try:
            self._serve(link)
        except LinkLost as lost:
            self._desk.lost(LinkStatus.PORT_ERROR, str(lost))
            self._stopping.wait(FIRST)
        except Exception as fault:
            _log.exception("%s: a fault in the program", self._desk.machine)
            self._desk.lost(LinkStatus.PORT_ERROR, type(fault).__name__)
            self._stopping.wait(LONGEST)
        finally:
            link.close()

    def _serve(self, link: Link) -> None:
        desk = self._desk
        protocol = desk.setting.protocol
        codec, driver = protocol.codec(), protocol.driver()
        networked = desk.setting.there.way is not Way.PORT
        asks = bool(driver.poll())
        desk.opened()
        while not self._stopping.is_set():
            if desk.due():
                # What it began to say before it fell silent belongs to no later reply.
                self._take(link, driver, codec.flush())
                link.write(driver.poll())
                desk.asked()
            chunk = link.read(min(desk.wait(), SLICE) if asks else SLICE)
            if chunk:
                self._take(link, driver, codec.feed(chunk))
            elif not asks and codec.held:
                self._take(link, driver, codec.flush())
            elif networked and desk.abandoned:
                raise LinkLost("no reply: the connection may be dead")

    def _take(self, link: Link, driver: Driver, pieces: tuple[Frame | Garbage, ...]) -> None:
        for piece in pieces:
            if isinstance(piece, Garbage):
                self._desk.noise(piece)
            elif answer := self._desk.hear(driver, piece, read(driver, piece)):
                link.write(answer)
