"""Machines that call us: a listening port, and a link for each call."""

from __future__ import annotations

import select
import socket
from contextlib import suppress

from devices.links.link import LinkLost

_PIECE = 65_536
_WRITE = 5.0
_WAITING = 64
_SILENT, _PROBE, _PROBES = 30, 10, 3
"""Seconds of silence until a dead peer is asked for, and until it is given up: a minute."""


class Listener:
    """A port of this computer. With port 0 the system chooses a free one; see `port`."""

    def __init__(self, host: str, port: int) -> None:
        """Raises LinkLost if the port is taken."""
        try:
            self._socket = socket.create_server((host, port), backlog=_WAITING)
        except OSError as error:
            raise LinkLost(str(error)) from error
        self.port: int = self._socket.getsockname()[1]
        self._ready = select.poll()
        self._ready.register(self._socket, select.POLLIN)

    def accept(self, seconds: float) -> SocketLink | None:
        """The next call; `None` if nobody calls for so long. Raises LinkLost."""
        try:
            if not self._ready.poll(seconds * 1000):
                return None
            return SocketLink(self._socket.accept()[0])
        except (OSError, ValueError) as error:
            raise LinkLost(str(error)) from error

    def close(self) -> None:
        """Nobody can call any more; calls that are there go on."""
        with suppress(OSError):
            self._socket.close()


class SocketLink:
    """One call. A peer that is gone without a word is found out by the system's probes."""

    def __init__(self, call: socket.socket) -> None:
        self._call = call
        call.settimeout(_WRITE)
        call.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        call.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, _SILENT)
        call.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, _PROBE)
        call.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, _PROBES)
        call.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._ready = select.poll()
        self._ready.register(call, select.POLLIN)

    def read(self, seconds: float) -> bytes:
        """See Link."""
        try:
            if not self._ready.poll(max(0.0, seconds) * 1000):
                return b""
            data = self._call.recv(_PIECE)
        except (OSError, ValueError) as error:
            raise LinkLost(str(error)) from error
        if not data:
            raise LinkLost("the machine has hung up")
        return data

    def write(self, data: bytes) -> None:
        """See Link."""
        try:
            self._call.sendall(data)
        except OSError as error:
            raise LinkLost(str(error)) from error

    def close(self) -> None:
        """See Link."""
        with suppress(OSError):
            self._call.close()
