"""MLLP: cuts a TCP stream into HL7 messages. Nothing in here knows what a message means.

A block is 0x0B, the message, 0x1C 0x0D; neither 0x0B nor 0x1C can stand inside one, so a 0x0B
always begins anew and a damaged block costs itself alone. MLLP has no check: that is left to
TCP. Several messages in one block come out as a frame each. Those of the guide's batch, a run
sheet sent afterwards (Appendix A: FHS, BHS, messages, BTS, FTS), are marked as such.
"""

from __future__ import annotations

import re

from devices.protocols.protocol import Fault, Frame, Garbage

START, END = b"\x0b", b"\x1c\r"
CAPACITY = 1 << 20
"""Bytes: a run sheet of four hours, one full message every five minutes, and room to spare."""

MOST_MESSAGES = 1_000
"""In one block; one a second for a quarter of an hour, or one a minute for a night."""

ENVELOPE = frozenset({"FHS", "BHS", "BTS", "FTS"})
"""Kinds of frames that only wrap others."""

BATCHED = "batch "
"""Before the kind of a message that was wrapped."""

_BOUND = re.compile(rb"\x0b+|\x1c\r")
_SEAM = re.compile(rb"(?<=[\r\n])(?=MSH|FHS|BHS|BTS|FTS)")
_HEAD = re.compile(rb"[\x0b\s]*(MSH|FHS|BHS|BTS|FTS)")
_TYPE = re.compile(r"[A-Z0-9]{3}\^[A-Z0-9]{3}")


class MllpCodec:
    """See `Codec`. Holds one unfinished block, and nothing between blocks."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self._held = bytearray()

    @property
    def held(self) -> int:
        """Bytes of the block that has begun."""
        return len(self._held)

    def feed(self, chunk: bytes) -> tuple[Frame | Garbage, ...]:
        """Whole messages, and what lies between them."""
        found: list[Frame | Garbage] = []
        at = 0
        while at < len(chunk):
            step = self._inside if self._held else self._outside
            at = step(chunk, at, found)
        return tuple(found)

    def flush(self) -> tuple[Frame | Garbage, ...]:
        """A block that was never finished."""
        return (Garbage(Fault.TRUNCATED, self._taken()),) if self._held else ()

    def _outside(self, chunk: bytes, at: int, found: list[Frame | Garbage]) -> int:
        start = chunk.find(START, at)
        stop = len(chunk) if start < 0 else start
        if stop > at:
            found.append(Garbage(Fault.NOISE, chunk[at:stop]))
        if start < 0:
            return stop
        self._held += START
        return start + 1

    def _inside(self, chunk: bytes, at: int, found: list[Frame | Garbage]) -> int:
        """Reads on in the block that has begun; the position up to which it came."""
        if self._held[-1:] == END[:1] and chunk[at : at + 1] == END[1:]:
            bound, stop = END, at + 1  # its two last bytes came in two chunks
        else:
            match = _BOUND.search(chunk, at)
            bound = match.group() if match else b""
            stop = len(chunk) if match is None else match.start()
            stop += len(END) if bound == END else 0
        room = self.capacity - len(self._held)
        if stop - at > room:
            self._held += chunk[at : at + room]
            found.append(Garbage(Fault.OVERFLOW, self._taken()))
            return at + room
        self._held += chunk[at:stop]
        if bound == END:
            found.extend(_frames(self._taken()))
        elif bound:
            found.append(Garbage(Fault.TRUNCATED, self._taken() + bound[:-1]))
            self._held += START
            return stop + len(bound)
        return stop

    def _taken(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def _frames(block: bytes) -> tuple[Frame | Garbage, ...]:
    if not block[len(START) : -len(END)].strip():
        return (Garbage(Fault.LENGTH, block),)
    first, *others = _SEAM.split(block)
    if others and not first[len(START) :].strip():
        first, others = first + others[0], others[1:]  # blank lines before the first segment
    if len(others) >= MOST_MESSAGES:
        return (Garbage(Fault.OVERFLOW, block),)
    kinds = [kind_of(piece) for piece in (first, *others)]
    mark = BATCHED if kinds[0] in {"FHS", "BHS"} else ""
    return tuple(
        Frame(kind if kind in ENVELOPE else mark + kind, piece)
        for kind, piece in zip(kinds, (first, *others), strict=True)
    )


def kind_of(piece: bytes) -> str:
    """`ORU^R01` and the like from MSH-9, or the segment that opens the piece; `unknown` where
    it opens with none that can."""
    head = _HEAD.match(piece)
    if head is None:
        return "unknown"
    name = head.group(1).decode("ascii")
    fields = piece[head.end() :].split(piece[head.end() : head.end() + 1] or b"|", 9)
    if name in ENVELOPE or len(fields) < 10 or not fields[1]:
        return name
    kind = b"^".join(fields[8].split(fields[1][:1])[:2]).decode("ascii", "replace")
    return kind if _TYPE.fullmatch(kind) else name
