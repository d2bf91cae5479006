"""Finds frames with a start, a length in digits and an 8-bit sum in a stream that may hold
anything.

On any failure one byte is given up and the rest is looked at again, so a damaged frame never
takes the next one with it (dropping everything up to the next CR LF loses three of ten frames
in noise). Nothing in here knows what a frame says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from devices.protocols.protocol import Fault, Frame, Garbage

_CONTROL = re.compile(rb"[\x00-\x1f]")
"""Neither text in ASCII nor in Shift-JIS has one: a frame in which one stands is cut off."""
_SUM = re.compile(rb"[0-9A-Fa-f]{2}")
_END = b"\r\n"
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """`start`, three digits, `between` bytes that the digits do not count, as many bytes as
    they say and at least `least`, two hexadecimal digits of either case (the sum of all before
    them, modulo 256), CR LF. `kind` names a frame that is right."""

    start: bytes
    between: int
    least: int
    kind: Callable[[bytes], str]

    @property
    def counted_from(self) -> int:
        """Where the bytes begin that the length counts."""
        return len(self.start) + _DIGITS + self.between

    @property
    def longest(self) -> int:
        """Bytes of the longest frame that three digits allow."""
        return self.counted_from + 999 + len("SS") + len(_END)


class Resynchronizer:
    """A codec for any such layout. See `Codec` for what it promises."""

    def __init__(self, layout: Layout) -> None:
        self.capacity = layout.longest
        self._layout = layout
        self._buffer = bytearray()

    @property
    def held(self) -> int:
        """Bytes that may still become a frame."""
        return len(self._buffer)

    def feed(self, chunk: bytes) -> tuple[Frame | Garbage, ...]:
        """The frames that are whole now, and what can be none."""
        self._buffer += chunk
        told = _Told()
        while self._take(told, final=False):
            pass
        return told.all()

    def flush(self) -> tuple[Frame | Garbage, ...]:
        """Nothing more comes: frames behind an unfinished one, and the rest as garbage."""
        told = _Told()
        while self._take(told, final=True):
            pass
        return told.all()

    def _take(self, told: _Told, final: bool) -> bool:
        """Tell the first thing in the buffer; false if that must wait."""
        count, fault = _judged(self._layout, self._buffer)
        if count == 0 and final and self._buffer:
            count, fault = 1, Fault.TRUNCATED
        if count == 0:
            return False
        raw = bytes(self._buffer[:count])
        del self._buffer[:count]
        if fault is None:
            told.frame(Frame(self._layout.kind(raw), raw))
        else:
            told.garbage(fault, raw)
        return True


def _judged(layout: Layout, buffer: bytearray) -> tuple[int, Fault | None]:
    """How many of the first bytes are a frame (no fault) or garbage (why); 0 bytes: wait."""
    start = buffer.find(layout.start)
    if start:
        begun = _begun(layout.start, buffer)
        return (start if start > 0 else len(buffer) - begun), Fault.NOISE
    digits = buffer[len(layout.start) : len(layout.start) + _DIGITS]
    if digits and not digits.isdigit():
        return 1, Fault.LENGTH
    if len(digits) < _DIGITS:
        return 0, None
    if int(digits) < layout.least:
        return 1, Fault.LENGTH
    return _judged_whole(buffer, layout.counted_from + int(digits) + 2)


def _judged_whole(buffer: bytearray, end: int) -> tuple[int, Fault | None]:
    """As above, once the length says that CR LF stand at `end`."""
    if _CONTROL.search(buffer, 0, end):
        return 1, Fault.TRUNCATED
    if not _END.startswith(buffer[end : end + 2]):
        return 1, Fault.LENGTH
    if len(buffer) < end + 2:
        return 0, None
    said = bytes(buffer[end - 2 : end])
    right = _SUM.fullmatch(said) and int(said, 16) == sum(buffer[: end - 2]) & 0xFF
    return (end + 2, None) if right else (1, Fault.CHECK)


def _begun(start: bytes, buffer: bytearray) -> int:
    """How many of the last bytes may be the first of a frame."""
    sizes = range(len(start) - 1, 0, -1)
    return next((size for size in sizes if buffer.endswith(start[:size])), 0)


class _Told:
    """Gathers what a call tells: noise behind a failure belongs to the same garbage, so that
    one damaged frame counts once."""

    def __init__(self) -> None:
        self._done: list[Frame | Garbage] = []
        self._fault = Fault.NOISE
        self._lost = bytearray()

    def frame(self, frame: Frame) -> None:
        """A frame."""
        self._close()
        self._done.append(frame)

    def garbage(self, fault: Fault, raw: bytes) -> None:
        """Bytes of no frame."""
        if fault is not Fault.NOISE:
            self._close()
        if not self._lost:
            self._fault = fault
        self._lost += raw

    def all(self) -> tuple[Frame | Garbage, ...]:
        """Everything, in order."""
        self._close()
        return tuple(self._done)

    def _close(self) -> None:
        if self._lost:
            self._done.append(Garbage(self._fault, bytes(self._lost)))
            self._lost.clear()
