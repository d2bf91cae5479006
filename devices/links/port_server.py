"""The far side of an `rfc2217://` link: what a serial-to-Ethernet box does with the bytes of
a client that may also ask for speed and parity. Used by the simulator alone.

It stands here because only this folder knows pyserial. Nothing in here opens a port.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import serial.rfc2217

_LONGEST = 4_096
"""Bytes of one request; a client that sends more without an end is none."""


@dataclass
class _SteadyPort:
    """A port as `PortManager` wants it: what the client sets, and modem lines that never
    change (a pseudo-terminal has none and refuses to be asked)."""

    baudrate: int
    bytesize: int = 8
    parity: str = "N"
    stopbits: int = 1
    xonxoff: bool = False
    rtscts: bool = False
    rts: bool = True
    dtr: bool = True
    cts: bool = True
    dsr: bool = True
    ri: bool = False
    cd: bool = True
    break_condition: bool = False

    def reset_input_buffer(self) -> None:
        """Nothing is kept."""

    def reset_output_buffer(self) -> None:
        """Nothing is kept."""


class PortServer:
    """One connection's negotiation, and the escaping of the bytes that pass."""

    def __init__(self, send: Callable[[bytes], None], baud: int) -> None:
        """`send` takes what the negotiation says to the client."""
        self.write = send
        self.port = _SteadyPort(baud)
        # It asks for a Serial twice and is content with the attributes and the `write` here.
        self._manager = serial.rfc2217.PortManager(cast(Any, self.port), cast(Any, self))

    def unwrap(self, chunk: bytes) -> bytes:
        """The client's bytes for the line. Raises ValueError for a request that cannot be."""
        try:
            out = b"".join(self._manager.filter(chunk))
        except (struct.error, KeyError, TypeError) as error:
            raise ValueError(f"a request that RFC 2217 does not know: {error}") from error
        if len(self._manager.suboption or b"") > _LONGEST:
            raise ValueError("a request without an end")
        return out

    def wrap(self, raw: bytes) -> bytes:
        """The line's bytes for the client."""
        return raw.replace(b"\xff", b"\xff\xff")

    @property
    def peer_baud(self) -> int | None:
        """The speed that the client has asked for."""
        return self.port.baudrate
