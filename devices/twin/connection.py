"""A connected socket of a simulated machine: what it says leaves without waiting, and what is
put around a serial line's bytes on a network.

A peer that leaves too much lying loses the connection.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Callable
from typing import Protocol as Interface

from devices.twin.ends import READ, Ears

BACKLOG = 65_536
"""Bytes kept for a peer that reads slowly; beyond it the connection is given up."""


class Wrapping(Interface):
    """What a box puts around a serial line's bytes on the network."""

    def unwrap(self, chunk: bytes) -> bytes:
        """What the network says to the line. Raises ValueError for what cannot be."""
        ...

    def wrap(self, raw: bytes) -> bytes:
        """What the line says, for the network."""
        ...

    @property
    def peer_baud(self) -> int | None:
        """The speed that the other end has asked for."""
        ...


class Bare:
    """Nothing is put around them."""

    def unwrap(self, chunk: bytes) -> bytes:
        """As it came."""
        return chunk

    def wrap(self, raw: bytes) -> bytes:
        """As it is."""
        return raw

    @property
    def peer_baud(self) -> int | None:
        """The network knows no speed."""
        return None


Wrapped = Callable[[Callable[[bytes], None]], Wrapping]
"""Makes the wrapping of one connection; what it says of its own accord goes to the function."""


def bare(_send: Callable[[bytes], None]) -> Wrapping:
    """The wrapping of a raw TCP line."""
    return Bare()


class Connection:
    """A connected socket with what it has not taken yet."""

    def __init__(
        self, peer: socket.socket, watch: selectors.BaseSelector, ears: Ears, wrapped: Wrapped
    ) -> None:
        self._peer = peer
        self._watch = watch
        self._ears = ears
        self._backlog = bytearray()
        self.open = True
        peer.setblocking(False)
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        watch.register(peer, selectors.EVENT_READ, self._ready)
        self.wrapping = wrapped(self._put)

    def send(self, raw: bytes) -> None:
        """A serial line's bytes, wrapped."""
        self._put(self.wrapping.wrap(raw))

    def close(self) -> None:
        """Ends the connection; whoever listens is told once."""
        if self.open:
            self.open = False
            self._watch.unregister(self._peer)
            self._peer.close()
            self._ears.gone()

    def _put(self, raw: bytes) -> None:
        if not self.open:
            return
        self._backlog += raw
        self._drain()
        if len(self._backlog) > BACKLOG:
            self.close()

    def _drain(self) -> None:
        try:
            del self._backlog[: self._peer.send(self._backlog) if self._backlog else 0]
        except BlockingIOError:
            pass
        except OSError:
            self.close()
            return
        writing = selectors.EVENT_WRITE if self._backlog else 0
        self._watch.modify(self._peer, selectors.EVENT_READ | writing, self._ready)

    def _ready(self, events: int) -> None:
        if self.open and events & selectors.EVENT_WRITE:
            self._drain()
        if self.open and events & selectors.EVENT_READ:
            self._read()

    def _read(self) -> None:
        try:
            chunk = self._peer.recv(READ)
            heard = self.wrapping.unwrap(chunk)
        except BlockingIOError:
            return
        except (OSError, ValueError):
            self.close()
            return
        if not chunk:
            self.close()
        elif heard:
            self._ears.hear(heard)
