"""The machine's end of a line, as far as every kind is alike, and the serial one: a
pseudo-terminal behind a link that keeps its name however often the cable is pulled.

Nothing here ever waits: what the other end does not take is lost, as it would be on a wire.
"""

from __future__ import annotations

import os
import selectors
import termios
import tty
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol as Interface

READ = 4_096
Watcher = Callable[[int], None]
"""Called with the ready events of a file; it is the `data` of every key of the selector."""


@dataclass(frozen=True, slots=True)
class Ears:
    """Whom an end tells: of bytes that came, and of a connection that is gone."""

    hear: Callable[[bytes], None]
    gone: Callable[[], None]


class End(Interface):
    """One end of a line. `link` is where the other end is reached, as a gateway is told it.
    `lost` counts bytes that the other end did not take."""

    link: str
    lost: int

    def plug(self) -> None:
        """The cable is in. Doing it twice does nothing."""
        ...

    def pull(self) -> None:
        """The cable is out. Doing it twice does nothing."""
        ...

    def tend(self, now: float, powered: bool) -> None:
        """Asked about once a second: opens or closes what the machine's power asks for."""
        ...

    def send(self, raw: bytes) -> None:
        """Hands bytes to the wire; never waits."""
        ...

    @property
    def peer_baud(self) -> int | None:
        """The speed that the other end has set; `None` where there is none or it is unknown."""
        ...


SPEEDS = {
    1200: termios.B1200, 2400: termios.B2400, 4800: termios.B4800, 9600: termios.B9600,
    19200: termios.B19200, 38400: termios.B38400, 57600: termios.B57600,
    115200: termios.B115200,
}  # fmt: skip
"""Speeds that a machine's port may have, as the system writes them."""
_BAUD_OF = {flag: baud for baud, flag in SPEEDS.items()}
_INPUT_SPEED, _OUTPUT_SPEED = 4, 5


class PtyEnd:
    """A pseudo-terminal. The path stays; what it leads to is a new device after each pull,
    as with an adapter that is plugged in again."""

    def __init__(self, path: Path, baud: int, watch: selectors.BaseSelector, ears: Ears) -> None:
        self.link = str(path)
        self.lost = 0
        self._path = path
        self._baud = baud
        self._watch = watch
        self._ears = ears
        self._pair: tuple[int, int] | None = None

    def plug(self) -> None:
        """A new device, raw from the start: a fresh one would echo what we say back to us.
        Raises OSError if its name cannot be had."""
        if self._pair is not None:
            return
        near, far = os.openpty()
        tty.setraw(far)
        _set_speed(far, self._baud)
        os.set_blocking(near, False)
        self._pair = (near, far)
        self._watch.register(near, selectors.EVENT_READ, self._ready)
        try:
            _lead(self._path, os.ttyname(far))
        except OSError:
            self.pull()
            raise

    def pull(self) -> None:
        """Both sides close: whoever has the port open is told so by the system."""
        if self._pair is None:
            return
        if self._path.is_symlink():
            self._path.unlink()
        self._watch.unregister(self._pair[0])
        for file in self._pair:
            os.close(file)
        self._pair = None
        self._ears.gone()

    def tend(self, now: float, powered: bool) -> None:
        """A serial adapter is there whether the machine is on or not."""

    def send(self, raw: bytes) -> None:
        """What a full buffer (20,480 bytes) does not take is lost."""
        if self._pair is None:
            return
        try:
            self.lost += len(raw) - os.write(self._pair[0], raw)
        except OSError:
            self.lost += len(raw)

    @property
    def peer_baud(self) -> int | None:
        """A pseudo-terminal ignores the speed but remembers which was set."""
        if self._pair is None:
            return None
        return _BAUD_OF.get(termios.tcgetattr(self._pair[1])[_OUTPUT_SPEED])

    def _ready(self, _events: int) -> None:
        if self._pair is None:
            return
        try:
            chunk = os.read(self._pair[0], READ)
        except OSError:
            return
        self._ears.hear(chunk)


def _set_speed(file: int, baud: int) -> None:
    attributes = termios.tcgetattr(file)
    attributes[_INPUT_SPEED] = attributes[_OUTPUT_SPEED] = SPEEDS[baud]
    termios.tcsetattr(file, termios.TCSANOW, attributes)


def _lead(path: Path, device: str) -> None:
    """Points the path to the device in one step, so that it never leads to an old one."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.symlink_to(device)
    part.replace(path)
