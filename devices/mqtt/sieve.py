"""Between the MQTT library and its socket, for speed: much is read and written at once.

The library waits for every packet with one call of the system, reads it with three, and spends
two on every acknowledgement; that is most of what a message costs. The sieve reads whatever is
there. Messages at QoS 1 of MQTT 3.1.1 it takes out of the stream itself if someone wants them; the
library gets everything else, packet by packet, and such a message too from time to time, as it
goes by what it reads when it judges whether the connection lives. Acknowledgements are handed in
together and leave together.

Without it everything would work the same, only slower: it decides nothing.
"""

from __future__ import annotations

import socket
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import NamedTuple

AT_ONCE = 65_536
LARGEST = 1_048_576
"""Bytes read at once, and of one packet."""
TURN = 0.05
"""Seconds after which the library gets its turn, for pings, though more is there to be taken."""
SHOWN = 1.0
"""Seconds after which the library is given a message again."""
PUBLISH_QOS1, FLAGS, RETAIN = 0x32, 0x09, 0x01
"""First byte of a message at QoS 1, but for the flags of a repeated and of a retained one."""
PUBACK = b"\x40\x02"
"""Before the number of a confirmed message."""

Taking = Callable[[bytes, int, bytes, bool], None]
"""Takes topic, number and payload of a message, and whether it was retained."""


class Frame(NamedTuple):
    """Where a packet lies: its body from `body` to `end`."""

    kind: int
    body: int
    end: int


def framed(held: bytes, at: int) -> Frame | None:
    """The packet that begins there; `None` if it is not all there yet. Raises ConnectionError
    for what is no MQTT, or too much of it."""
    length = shift = 0
    for place in range(at + 1, min(at + 5, len(held))):
        digit = held[place]
        length |= (digit & 0x7F) << shift
        if digit < 0x80:
            if length > LARGEST:
                raise ConnectionError(f"a packet of {length} bytes")
            end = place + 1 + length
            return Frame(held[at], place + 1, end) if end <= len(held) else None
        shift += 7
    if len(held) >= at + 5:
        raise ConnectionError("a packet whose length has no end")
    return None


class Sieve:
    """One socket's. Of the network thread, but for `acknowledge`."""

    def __init__(
        self,
        under: socket.socket,
        take: Taking | None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._under, self._take, self._clock = under, take, clock
        self._held, self._at, self._end = b"", 0, 0
        self._more = False
        self._shown = float("-inf")
        self._owed = 0
        self._ahead: deque[bytes] = deque()

    def acknowledge(self, mids: Sequence[int]) -> None:
        """Before the next packet that the library sends. From any thread."""
        if mids:
            self._ahead.append(b"".join(PUBACK + mid.to_bytes(2, "big") for mid in mids))

    def recv(self, most: int) -> bytes:
        """What is for the library, of one packet at most; empty if the other end hung up.
        Raises BlockingIOError if there is nothing."""
        if self._at == self._end and not self._sifted():
            return b""
        part = self._held[self._at : min(self._at + most, self._end)]
        self._at += len(part)
        return part

    def pending(self) -> int:
        """More than 0 if there is something to be read though the socket may be silent."""
        more = self._more or self._at < self._end
        hidden: Callable[[], int] | None = getattr(self._under, "pending", None)
        return int(more) or (hidden() if hidden else 0)

    def send(self, data: bytes | bytearray) -> int:
        """As a socket: how much of it was taken. Acknowledgements go first, though never into
        the middle of a packet."""
        while self._ahead and not self._owed:
            first = self._ahead[0]
            sent = self._under.send(first)
            if sent < len(first):
                self._ahead[0] = first[sent:]
                raise BlockingIOError
            self._ahead.popleft()
        sent = self._under.send(data)
        self._owed = len(data) - sent
        return sent

    def fileno(self) -> int:
        """For waiting."""
        return self._under.fileno()

    def setblocking(self, flag: bool) -> None:
        """As a socket."""
        self._under.setblocking(flag)

    def shutdown(self, how: int) -> None:
        """As a socket."""
        self._under.shutdown(how)

    def close(self) -> None:
        """As a socket."""
        self._under.close()

    def _sifted(self) -> bool:
        """Goes to the next packet for the library, filling up at most once; false at the end.
        Raises BlockingIOError if there is none yet."""
        if not self._more:
            chunk = self._under.recv(AT_ONCE)
            if not chunk:
                return False
            self._held = self._held[self._at :] + chunk
            self._at = self._end = 0
        self._more = False
        began = now = self._clock()
        while (frame := framed(self._held, self._at)) is not None:
            if not self._takes(frame, now):
                self._end, self._more = frame.end, True
                return True
            self._at = self._end = frame.end
            now = self._clock()
            if now - began > TURN:
                self._more = True
                break
        raise BlockingIOError

    def _takes(self, frame: Frame, now: float) -> bool:
        """Whether a packet is a message of those and has been taken."""
        if self._take is None or frame.kind & ~FLAGS != PUBLISH_QOS1:
            return False
        if now - self._shown >= SHOWN:
            self._shown = now
            return False
        held, body = self._held, frame.body
        topic = body + 2 + int.from_bytes(held[body : body + 2], "big")
        if topic + 2 > frame.end or topic == body + 2:
            return False
        mid = int.from_bytes(held[topic : topic + 2], "big")
        retained = bool(frame.kind & RETAIN)
        self._take(held[body + 2 : topic], mid, held[topic + 2 : frame.end], retained)
        return True
