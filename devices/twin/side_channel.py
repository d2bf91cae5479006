"""The door by which tests and demonstrations reach the simulator, and the product cannot: a
Unix socket in the simulator's own folder, open to the user who started it and nobody else.

Lines of JSON go in, one line of JSON comes back for each; see `orders`.
"""

from __future__ import annotations

import json
import os
import selectors
import socket
import struct
from collections.abc import Callable
from functools import partial
from pathlib import Path

NAME = "faults.sock"
_LONGEST = 65_536
"""Bytes of a line; whoever sends more without an end is shown out."""
_CREDENTIALS = struct.Struct("3i")
_WAIT = 1.0
"""Seconds that an answer may take to be handed over; a caller who does not read is shown out."""

Obey = Callable[[str], dict[str, object]]


class SideChannel:
    """Listens in the folder and does what it is told, in the loop that runs the machines."""

    def __init__(
        self, folder: Path, watch: selectors.BaseSelector, obey: Obey, owner: int | None = None
    ) -> None:
        """`owner` is the user who may speak; by default the one who runs this."""
        self.path = folder / NAME
        self._watch = watch
        self._obey = obey
        self._owner = os.getuid() if owner is None else owner
        self._callers: dict[socket.socket, bytearray] = {}
        self.path.unlink(missing_ok=True)
        self._door = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        os.fchmod(self._door.fileno(), 0o600)  # before it has a name: no moment is open to all
        self._door.bind(str(self.path))
        self._door.listen()
        self._door.setblocking(False)
        watch.register(self._door, selectors.EVENT_READ, self._knock)

    def close(self) -> None:
        """Shows everybody out and takes the door away."""
        for caller in tuple(self._callers):
            self._dismiss(caller)
        self._watch.unregister(self._door)
        self._door.close()
        self.path.unlink(missing_ok=True)

    def _knock(self, _events: int) -> None:
        try:
            caller, _ = self._door.accept()
        except OSError:  # gone again
            return
        if user_of(caller) != self._owner:
            caller.close()
            return
        caller.settimeout(_WAIT)
        self._callers[caller] = bytearray()
        self._watch.register(caller, selectors.EVENT_READ, partial(self._listen, caller))

    def _listen(self, caller: socket.socket, _events: int) -> None:
        held = self._callers[caller]
        try:
            chunk = caller.recv(_LONGEST)
            held += chunk
            *lines, rest = bytes(held).split(b"\n")
            self._callers[caller] = bytearray(rest)
            for line in lines:
                if line.strip():
                    caller.sendall(self._answer(line))
        except OSError:
            chunk = b""
        if not chunk or len(self._callers[caller]) > _LONGEST:
            self._dismiss(caller)

    def _answer(self, line: bytes) -> bytes:
        answer = self._obey(line.decode("utf-8", "replace"))
        return json.dumps(answer, ensure_ascii=False).encode() + b"\n"

    def _dismiss(self, caller: socket.socket) -> None:
        del self._callers[caller]
        self._watch.unregister(caller)
        caller.close()


def user_of(caller: socket.socket) -> int:
    """The user at the other end, as the system knows it."""
    raw = caller.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _process, user, _group = _CREDENTIALS.unpack(raw)
    return int(user)
