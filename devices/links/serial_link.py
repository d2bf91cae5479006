"""A link over pyserial: a native port, or a box that puts one on the network.

The library says the same thing in several ways: a pulled adapter is a SerialException, a plain
OSError or a termios.error, depending on the call; here all of them are `LinkLost`. The settings
of an open port are never touched again: on a pseudo-terminal that fails, over RFC 2217 it costs
a round trip each.
"""

from __future__ import annotations

import errno
import os
import select
import termios
from contextlib import suppress
from time import monotonic, sleep

import serial

from devices.links.link import Address, Handshake, LinkLost, Parity, Way, Wire

FAILURES = (
    OSError,
    termios.error,
    serial.SerialException,
    ValueError,
    TypeError,
    NotImplementedError,
)
"""What pyserial raises for a port that cannot be opened, is in use, or is gone. ValueError is
what it says of a speed that the port does not have, TypeError of a port closed meanwhile,
NotImplementedError of a setting that this kind of port cannot have."""

GATHER = 0.08
"""Seconds that are left to a slow line after its first byte, so that a reply of 150 bytes at
9600 baud is read in three pieces and not in 150: with 100 lines that is half of our work."""

_SLICE = 0.2
_WRITE = 2.0
_PIECE = 4096
_PARITY = {
    Parity.NONE: serial.PARITY_NONE,
    Parity.EVEN: serial.PARITY_EVEN,
    Parity.ODD: serial.PARITY_ODD,
    Parity.MARK: serial.PARITY_MARK,
    Parity.SPACE: serial.PARITY_SPACE,
}


def open_serial(there: Address, wire: Wire) -> SerialLink | TelnetLink:
    """A port, by its name at this moment: a symlink is followed anew each time. A native one
    is locked, since two readers would steal each other's bytes. Raises LinkLost."""
    telnet, native = there.way is Way.TELNET, there.way is Way.PORT
    url = there.device if native else f"{there.way}://{there.host}:{there.port}"
    try:
        port = serial.serial_for_url(
            url,
            baudrate=wire.baud,
            bytesize=wire.bits,
            parity=_PARITY[wire.parity],
            stopbits=wire.stop,
            xonxoff=wire.handshake is Handshake.SOFTWARE,
            rtscts=wire.handshake is Handshake.HARDWARE,
            timeout=_SLICE if telnet else 0,
            write_timeout=None if telnet else _WRITE,
            **({"exclusive": True} if native else {}),
        )
        return TelnetLink(port) if telnet else SerialLink(port, slow=native)
    except FAILURES as error:
        raise LinkLost(_reason(error)) from error


class SerialLink:
    """A native port, or `socket://`: whatever has a file descriptor to wait on."""

    def __init__(self, port: serial.Serial, *, slow: bool) -> None:
        self._port = port
        self._slow = slow
        self._ready = select.poll()
        self._ready.register(port.fileno(), select.POLLIN)

    def read(self, seconds: float) -> bytes:
        """See Link."""
        try:
            if not self._ready.poll(max(0.0, seconds) * 1000):
                return b""
            if self._slow:
                sleep(GATHER)
            # With a timeout of 0 this is one read of what there is; `in_waiting` of a
            # socket counts to one only.
            return bytes(self._port.read(_PIECE))
        except FAILURES as error:
            raise LinkLost(_reason(error)) from error

    def write(self, data: bytes) -> None:
        """See Link."""
        _write(self._port, data)

    def close(self) -> None:
        """See Link."""
        with suppress(*FAILURES):
            self._port.close()


class TelnetLink:
    """`rfc2217://`: pyserial reads it on a thread of its own, so it is waited for in slices."""

    def __init__(self, port: serial.Serial) -> None:
        self._port = port

    def read(self, seconds: float) -> bytes:
        """See Link. Waits in slices of a fifth of a second."""
        until = monotonic() + seconds
        try:
            while not (data := self._port.read(self._port.in_waiting or 1)):
                if monotonic() >= until:
                    return b""
            return bytes(data + self._port.read(waiting)) if (waiting := self._waiting()) else data
        except FAILURES as error:
            raise LinkLost(_reason(error)) from error

    def _waiting(self) -> int:
        sleep(GATHER)
        return int(self._port.in_waiting)

    def write(self, data: bytes) -> None:
        """See Link."""
        _write(self._port, data)

    def close(self) -> None:
        """See Link."""
        with suppress(*FAILURES):
            self._port.close()


def _reason(error: Exception) -> str:
    """What the system says, without the library's repetitions of it."""
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EAGAIN:
        return "another program has it open"
    return os.strerror(number) if number else str(error)


def _write(port: serial.Serial, data: bytes) -> None:
    try:
        port.write(data)
    except FAILURES as error:
        raise LinkLost(_reason(error)) from error
