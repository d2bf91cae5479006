"""A simulated machine's end of a network line: one that calls a gateway, and a box that is
called and passes a serial line's bytes on.

Nothing here ever waits; what the other end leaves lying too long costs it the connection.
"""

from __future__ import annotations

import errno
import selectors
import socket
from functools import partial

from devices.twin.connection import Connection, Wrapped, bare
from devices.twin.ends import Ears

_AGAIN = 2.0
"""Seconds until a machine calls again."""
_GUESTS = 8
"""Clients that a box lets wait in vain; it talks to the first alone."""


class CallerEnd:
    """A machine that calls its gateway and calls again when it is cut off."""

    def __init__(self, host: str, port: int, watch: selectors.BaseSelector, ears: Ears) -> None:
        self.link = f"tcp://{host}:{port}"
        self.lost = 0
        self._address = (host, port)
        self._watch = watch
        self._ears = ears
        self._plugged = False
        self._calling: socket.socket | None = None
        self._wire: Connection | None = None
        self._call_at = float("-inf")

    def plug(self) -> None:
        """It may call from now on."""
        self._plugged = True

    def pull(self) -> None:
        """It is cut off and does not call any more."""
        self._plugged = False
        self._call_at = float("-inf")
        self._quit()

    def tend(self, now: float, powered: bool) -> None:
        """Calls while the machine is on; hangs up when it is not."""
        if not (self._plugged and powered):
            self._quit()
        elif self._calling is None and not self._connected and now >= self._call_at:
            self._call_at = now + _AGAIN
            self._call()

    def send(self, raw: bytes) -> None:
        """Lost while there is no connection."""
        if self._wire is not None and self._wire.open:
            self._wire.send(raw)
        else:
            self.lost += len(raw)

    @property
    def peer_baud(self) -> int | None:
        """A network knows no speed."""
        return None

    @property
    def _connected(self) -> bool:
        return self._wire is not None and self._wire.open

    def _call(self) -> None:
        caller = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        caller.setblocking(False)
        try:
            found = caller.connect_ex(self._address)
        except OSError as error:  # a name that nobody knows
            found = error.errno or errno.EHOSTUNREACH
        if found not in {0, errno.EINPROGRESS}:
            caller.close()
            return
        self._calling = caller
        self._watch.register(caller, selectors.EVENT_WRITE, partial(self._answered, caller))

    def _answered(self, caller: socket.socket, _events: int) -> None:
        if self._calling is not caller:  # it has hung up meanwhile
            return
        self._calling = None
        self._watch.unregister(caller)
        if caller.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            caller.close()
            return
        self._wire = Connection(caller, self._watch, self._ears, bare)

    def _quit(self) -> None:
        if self._calling is not None:
            self._watch.unregister(self._calling)
            self._calling.close()
            self._calling = None
        if self._wire is not None:
            self._wire.close()
            self._wire = None


class BoxEnd:
    """A serial-to-Ethernet box: it is called, and talks to one client at a time; others are
    let in and hear nothing, as the real ones do."""

    def __init__(
        self,
        scheme: str,
        address: tuple[str, int],
        watch: selectors.BaseSelector,
        ears: Ears,
        wrapped: Wrapped = bare,
    ) -> None:
        self._scheme = scheme
        self._address = address
        self._watch = watch
        self._ears = Ears(ears.hear, self._left)
        self._told = ears.gone
        self._wrapped = wrapped
        self._listener: socket.socket | None = None
        self._wire: Connection | None = None
        self._guests: list[socket.socket] = []
        self.lost = 0
        self.link = f"{scheme}://{address[0]}:{address[1]}"

    def plug(self) -> None:
        """Listens; on any free port the first time if none was named, then on the same."""
        if self._listener is not None:
            return
        listener = socket.create_server(self._address, backlog=_GUESTS)
        listener.setblocking(False)
        host, port = listener.getsockname()[:2]
        self._address = (host, port)
        self.link = f"{self._scheme}://{host}:{port}"
        self._listener = listener
        self._watch.register(listener, selectors.EVENT_READ, self._called)

    def pull(self) -> None:
        """The box is gone from the network."""
        if self._listener is None:
            return
        self._watch.unregister(self._listener)
        self._listener.close()
        self._listener = None
        self._dismiss()
        if self._wire is not None:
            self._wire.close()

    def tend(self, now: float, powered: bool) -> None:
        """A box has its own power."""

    def send(self, raw: bytes) -> None:
        """Lost while nobody is connected."""
        if self._wire is not None:
            self._wire.send(raw)
        else:
            self.lost += len(raw)

    @property
    def peer_baud(self) -> int | None:
        """The speed that the client has asked of the box."""
        return self._wire.wrapping.peer_baud if self._wire else None

    def _called(self, _events: int) -> None:
        if self._listener is None:
            return
        try:
            peer, _ = self._listener.accept()
        except OSError:
            return
        if self._wire is None:
            wire = Connection(peer, self._watch, self._ears, self._wrapped)
            self._wire = wire if wire.open else None
        elif len(self._guests) < _GUESTS:
            self._guests.append(peer)
        else:
            peer.close()

    def _left(self) -> None:
        """The client has gone; those who waited in vain must call again."""
        self._wire = None
        self._dismiss()
        self._told()

    def _dismiss(self) -> None:
        for guest in self._guests:
            guest.close()
        self._guests.clear()
