"""A broker that answers a connection and then only what a test makes it say: for what real
ones do seldom."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

CONNACK = bytes([0x20, 2, 0, 0])
"""MQTT 3.1.1: accepted, no session."""
BROKEN = bytes([0x30, 3, 0xFF, 0xFF, 0x41])
"""A message whose topic is longer than the message."""


class MuteBroker:
    """Accepts connections; says CONNACK and then each of `sayings`, one a connection."""

    def __init__(self, *sayings: bytes) -> None:
        self._sayings = list(sayings)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.port: int = self._listener.getsockname()[1]
        self.connections = 0

    def serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                one, _ = self._listener.accept()
                self._open.append(one)
                one.recv(4096)
                one.sendall(CONNACK + (self._sayings.pop(0) if self._sayings else b""))
                self.connections += 1

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for one in (*self._open, self._listener):
            one.close()


@contextlib.contextmanager
def mute_broker(*sayings: bytes) -> Iterator[MuteBroker]:
    broker = MuteBroker(*sayings)
    thread = threading.Thread(target=broker.serve, daemon=True)
    thread.start()
    yield broker
    broker.close()
    thread.join(5)
