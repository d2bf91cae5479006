"""What a technician at the cable wants to know: what arrives, what of it is right, and a
verdict in words.

Only counts and judges what it is handed; opens nothing and asks no clock.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import median

from devices.protocols.protocol import (
    Codec,
    Driver,
    Fault,
    Frame,
    Garbage,
    Protocol,
    Refused,
    Report,
)
from domain.words import Words, words

ODD_SHARE = 0.2
"""Of bytes that no protocol in plain text has, from where on the speed is suspected."""

KEPT = 65_536
"""Bytes of the beginning that are kept to be tried with other protocols."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A piece of what arrived: a frame with what it says, or garbage."""

    piece: Frame | Garbage
    said: Report | Refused | None


class Verdict(StrEnum):
    """The one thing to know."""

    NO_PORT = "no_port"
    NOTHING = "nothing"
    ECHO = "echo"
    SPEED = "speed"
    PROTOCOL = "protocol"
    OTHER_PROTOCOL = "other_protocol"
    NOISE = "noise"
    CONTENT = "content"
    LOSSES = "losses"
    GOOD = "good"


@dataclass(slots=True)
class Diagnosis:
    """All that was seen on a line. Times in seconds."""

    protocol: Protocol
    others: Sequence[Protocol] = ()
    asked: int = 0
    received: int = 0
    frames: int = 0
    refused: int = 0
    unparsed: int = 0
    garbage: Counter[Fault] = field(default_factory=Counter)
    replies: list[float] = field(default_factory=list)
    values: dict[str, float] = field(default_factory=dict)
    refusal: str = ""
    serials: set[str] = field(default_factory=set)
    port_error: str = ""
    _codec: Codec = field(init=False)
    _driver: Driver = field(init=False)
    _odd: int = 0
    _asked_at: float | None = None
    _beginning: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        self._codec, self._driver = self.protocol.codec(), self.protocol.driver()

    @property
    def poll(self) -> bytes:
        """What to write to be answered; empty where the machine speaks unasked."""
        return self._driver.poll()

    @property
    def driver(self) -> Driver:
        """For acknowledgements."""
        return self._driver

    def polled(self, now: float) -> tuple[Heard, ...]:
        """A poll is about to be written; what was still held is garbage after all."""
        self.asked += 1
        self._asked_at = now
        return self._told(self._codec.flush(), now)

    def feed(self, chunk: bytes, now: float) -> tuple[Heard, ...]:
        """Bytes have arrived."""
        self.received += len(chunk)
        self._odd += sum(byte >= 0x80 or byte == 0 for byte in chunk)
        self._beginning += chunk[: KEPT - len(self._beginning)]
        return self._told(self._codec.feed(chunk), now)

    def ended(self, now: float) -> tuple[Heard, ...]:
        """Nothing more will come."""
        return self._told(self._codec.flush(), now)

    @property
    def check_failures(self) -> int:
        """Pieces that looked like a frame but for their check."""
        return self.garbage[Fault.CHECK]

    @property
    def reply_seconds(self) -> tuple[float, float] | None:
        """The usual and the longest time to a whole reply."""
        return (median(self.replies), max(self.replies)) if self.replies else None

    @property
    def verdict(self) -> Verdict:
        """What is most likely."""
        if self.port_error:
            return Verdict.NO_PORT
        if not self.received:
            return Verdict.NOTHING
        if self.frames:
            missing = self.asked > self.frames + 1
            return Verdict.LOSSES if missing or self.garbage.total() else Verdict.GOOD
        if self.refused:
            return Verdict.CONTENT
        return self._without_frames()

    def words(self) -> Words:
        """The verdict as a sentence that says what to do."""
        if self.verdict is Verdict.NO_PORT:
            return words("The port cannot be opened: {reason}", reason=self.port_error)
        if self.verdict is Verdict.OTHER_PROTOCOL:
            return words(
                "The bytes are frames of another protocol: {protocol}.",
                protocol=next(iter(self._fitting())).title,
            )
        if self.verdict is Verdict.NOTHING and not self.poll:
            return words(
                "Nothing arrives: the cable, the port, or the machine does not send; this one "
                "speaks unasked."
            )
        return _SAID[self.verdict]

    def _without_frames(self) -> Verdict:
        if self.poll and bytes(self._beginning) == self.poll * (self.received // len(self.poll)):
            return Verdict.ECHO
        if any(True for _ in self._fitting()):
            return Verdict.OTHER_PROTOCOL
        if self.check_failures:
            return Verdict.NOISE
        return Verdict.SPEED if self._odd > ODD_SHARE * self.received else Verdict.PROTOCOL

    def _fitting(self) -> list[Protocol]:
        """Other protocols that find a frame in what arrived."""
        return [one for one in self.others if _has_frame(one, bytes(self._beginning))]

    def _told(self, pieces: tuple[Frame | Garbage, ...], now: float) -> tuple[Heard, ...]:
        return tuple(self._tell(piece, now) for piece in pieces)

    def _tell(self, piece: Frame | Garbage, now: float) -> Heard:
        if isinstance(piece, Garbage):
            self.garbage[piece.fault] += 1
            return Heard(piece, None)
        try:
            report = self._driver.interpret(piece)
        except Refused as refused:
            self.refused += 1
            self.refusal = str(refused)
            return Heard(piece, refused)
        self._count(report, now)
        return Heard(piece, report)

    def _count(self, report: Report, now: float) -> None:
        self.frames += 1
        self.unparsed += len(report.unparsed)
        self.values.update(report.values)
        if report.serial:
            self.serials.add(report.serial)
        if self._asked_at is not None:
            self.replies.append(now - self._asked_at)
            self._asked_at = None


def _has_frame(protocol: Protocol, data: bytes) -> bool:
    codec = protocol.codec()
    return any(isinstance(piece, Frame) for piece in (*codec.feed(data), *codec.flush()))


_SAID: Mapping[Verdict, Words] = {
    Verdict.NOTHING: words(
        "Nothing arrives: the cable, the wrong port, or the machine's communication is off."
    ),
    Verdict.ECHO: words(
        "Only our own poll comes back: the cable is looped, or the adapter echoes."
    ),
    Verdict.SPEED: words(
        "Bytes arrive but no frames, and most are no text: wrong speed or parity."
    ),
    Verdict.PROTOCOL: words(
        "Bytes arrive but no frames: another protocol, or the machine's is set differently."
    ),
    Verdict.NOISE: words(
        "Frames arrive, and every check fails: noise on the line, or a wrong parity."
    ),
    Verdict.CONTENT: words(
        "Frames arrive whole, but what they say cannot be understood: another version?"
    ),
    Verdict.LOSSES: words(
        "The machine is understood, but something is lost: see the garbage and missing replies."
    ),
    Verdict.GOOD: words("All is well: the machine is understood and nothing is lost."),
}
