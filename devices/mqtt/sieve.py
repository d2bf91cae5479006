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
import sys
from collections import deque
from collections.abc import Callable, Sequence
from fcntl import ioctl
from struct import Struct
from termios import FIONREAD
from time import monotonic, sleep

AT_ONCE = 262_144
LARGEST = 1_048_576
"""Bytes read at once, and of one packet."""
QUIET = 0.04
"""Seconds without anything new after which it is read."""
FEW, LINGER, LONGEST = 16_384, 0.08, 0.16
"""Bytes, and seconds that messages gather at most, until there are more than a few of them and
afterwards: to be woken, and to commit, costs as much for one message as for a hundred."""
SHOWN = 1.0
"""Seconds after which the library is given a message again."""
PUBLISH_QOS1, FLAGS, RETAIN = 0x32, 0x09, 0x01
"""First byte of a message at QoS 1, but for the flags of a repeated and of a retained one."""
PUBACK = b"\x40\x02"
"""Before the number of a confirmed message."""

NUMBER = Struct(">H")
"""How long a topic is, and the number of a message."""

Taken = tuple[bytes, int, bytes, bool]
"""Topic, number and payload of a message, and whether it was retained."""


def framed(held: bytes, at: int) -> tuple[int, int] | None:
    """Where the body of the packet that begins there lies, and where it ends; `None` if it is not
    all there yet. Raises ConnectionError for what is no MQTT, or too much of it."""
    length, weight, body = 0, 1, at + 1
    for digit in held[at + 1 : at + 5]:
        length += (digit & 0x7F) * weight
        body += 1
        if digit < 0x80:
            if length > LARGEST:
                raise ConnectionError(f"a packet of {length} bytes")
            end = body + length
            return (body, end) if end <= len(held) else None
        weight *= 128
    if body == at + 5:
        raise ConnectionError("a packet whose length has no end")
    return None


def messages(held: bytes, at: int) -> tuple[list[Taken], int]:
    """The messages at QoS 1 that lie there one after the other, and where they end: at any other
    packet, or one without a proper topic, or one that is not all there yet."""
    found: list[Taken] = []
    while at < len(held) and held[at] & ~FLAGS == PUBLISH_QOS1:
        frame = framed(held, at)
        if frame is None:
            break
        body, end = frame
        if end - body < NUMBER.size:
            break
        begin = body + NUMBER.size
        topic = begin + NUMBER.unpack_from(held, body)[0]
        rest = topic + NUMBER.size
        if topic == begin or rest > end:
            break
        mid = NUMBER.unpack_from(held, topic)[0]
        retained = held[at] & RETAIN != 0
        found.append((held[begin:topic], mid, held[rest:end], retained))
        at = end
    return found, at


def unread(under: socket.socket) -> int:
    """How many bytes a socket holds; 0 if it was closed meanwhile."""
    number = under.fileno()
    return int.from_bytes(ioctl(number, FIONREAD, bytes(4)), sys.byteorder) if number >= 0 else 0


class Sieve:
    """One socket's. Of the network thread, but for `acknowledge`."""

    def __init__(
        self,
        under: socket.socket,
        take: Callable[[list[Taken]], None] | None,
        clock: Callable[[], float] = monotonic,
        there: Callable[[socket.socket], int] = unread,
        wait: Callable[[float], None] = sleep,
    ) -> None:
        self._under, self._take, self._clock = under, take, clock
        self._there, self._wait, self._drained = there, wait, take is not None
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
        return int(self._more or self._at < self._end) or self._hidden()

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
            if self._drained:
                self._gather()
            chunk = self._under.recv(AT_ONCE)
            self._drained = self._take is not None and self._is_drained()
            if not chunk:
                return False
            self._held = self._held[self._at :] + chunk
            self._at = self._end = 0
        self._more = False
        if self._take is not None and not self._shows():
            found, self._at = messages(self._held, self._at)
            self._end = self._at
            if found:
                self._take(found)
        frame = framed(self._held, self._at)
        if frame is None:
            raise BlockingIOError
        self._end, self._more = frame[1], True
        return True

    def _hidden(self) -> int:
        """Bytes that were decrypted and not asked for."""
        hidden: Callable[[], int] | None = getattr(self._under, "pending", None)
        return hidden() if hidden else 0

    def _is_drained(self) -> bool:
        """Of what is encrypted only a part can be read at once: the rest must not wait again."""
        return not self._hidden() and not self._there(self._under)

    def _gather(self) -> None:
        """Waits while more keeps coming, a little."""
        waited, before, there = 0.0, 0, self._there(self._under)
        while before < there < AT_ONCE and waited < (LINGER if there < FEW else LONGEST):
            self._wait(QUIET)
            waited += QUIET
            before, there = there, self._there(self._under)

    def _shows(self) -> bool:
        """Whether it is time to leave a message to the library, and one lies next."""
        now = self._clock()
        if now - self._shown < SHOWN or self._at == len(self._held):
            return False
        message = self._held[self._at] & ~FLAGS == PUBLISH_QOS1
        if not message or framed(self._held, self._at) is None:
            return False
        self._shown = now
        return True
