"""What every protocol must offer. Nothing in here opens a port, waits, or asks the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol as Interface

from devices.protocols.veil import veiled
from devices.twin.truth import Truth
from domain.alarm import AlarmEdge, Direction
from domain.telemetry import Mode, Phase, Validity
from domain.words import Words


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole frame whose framing and check are right; `kind` is the protocol's own name
    for it. `raw` holds every byte of it."""

    kind: str
    raw: bytes


class Fault(StrEnum):
    """Why bytes are no frame."""

    NOISE = "noise"
    LENGTH = "length"
    CHECK = "check"
    TRUNCATED = "truncated"
    OVERFLOW = "overflow"


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that belong to no frame."""

    fault: Fault
    raw: bytes


class Codec(Interface):
    """Cuts a stream of bytes into frames and garbage. Every byte fed comes out exactly once,
    in order, in a frame, in garbage, or is still held; never more than `capacity` is held."""

    capacity: int

    def feed(self, chunk: bytes) -> tuple[Frame | Garbage, ...]:
        """What can be told now."""
        ...

    def flush(self) -> tuple[Frame | Garbage, ...]:
        """The line has fallen silent or was lost: what is held is garbage after all."""
        ...

    @property
    def held(self) -> int:
        """Bytes that may still become a frame."""
        ...


@dataclass(frozen=True, slots=True)
class AlarmLevel:
    """An alarm that the machine reports as being there, in protocols that send levels."""

    code: str
    direction: Direction | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class BloodPressure:
    """A cuff measurement. `taken` tells one from the next: the machine's own time of it, as
    it was sent; two equal readings at different times are two."""

    taken: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """What one frame says, in our words and units. A field that the frame does not speak of
    is `None` or has no entry. `levels` are all alarms there are (an empty set: none),
    `edges` single ones in protocols that report begin and end. `complete` marks a frame that
    is a whole sample, not an alarm or an acknowledgement alone. `cleared` are alarms of which it
    says that they are not there, in protocols that do not say all at once. `unparsed` are bytes
    that the driver had to leave.

    `shape` is what stays the same from one frame of a kind to the next, in three parts between
    colons: the kind, whose it is, and which items in which order and how they are written. A frame
    of another shape than those before is damaged rather than true. Empty where the frame's check
    is enough."""

    complete: bool
    values: Mapping[str, float] = field(default_factory=dict)
    quality: Mapping[str, Validity] = field(default_factory=dict)
    mode: Mode | None = None
    phase: Phase | None = None
    bypass: bool | None = None
    levels: frozenset[AlarmLevel] | None = None
    edges: tuple[AlarmEdge, ...] = ()
    cleared: frozenset[str] = frozenset()
    blood_pressure: BloodPressure | None = None
    operation: str = ""
    device_time: datetime | None = None
    serial: str = ""
    unparsed: bytes = b""
    shape: str = ""


class Refused(Exception):
    """A frame whose check is right and whose content cannot be; says what and where."""


class Driver(Interface):
    """Reads frames and knows the only bytes that we ever send: polls and acknowledgements."""

    def poll(self) -> bytes:
        """The request for a sample; empty where the machine speaks unasked."""
        ...

    def interpret(self, frame: Frame) -> Report:
        """What the frame says. Raises Refused."""
        ...

    def answer(self, frame: Frame, at: datetime, accepted: bool) -> bytes:
        """The acknowledgement that the protocol wants for this frame; empty for none."""
        ...


class Face(Interface):
    """How a simulated machine says its truth on the wire."""

    def hear(self, chunk: bytes, truth: Truth) -> bytes:
        """What it answers to bytes from the host."""
        ...

    def speak(self, truth: Truth) -> bytes:
        """What it says unasked since it was asked last; empty if nothing."""
        ...


class Carrier(StrEnum):
    """Which end opens the connection, and over what."""

    SERIAL = "serial"
    TCP_SERVER = "tcp_server"


class Check(StrEnum):
    """What speaks for a frame being as it was sent."""

    SUM = "a sum of eight bits"
    CARRIER = "none of its own: TCP's"


class Standing(StrEnum):
    """How a protocol's facts were come by."""

    PRIMARY = "read in the specification"
    SECOND_HAND = "second hand: to be confirmed with the published document or a real machine"
    MISSING = "not implemented: the manual is needed"


@dataclass(frozen=True, slots=True)
class Protocol:
    """A row of the list of protocols. `codec`, `driver` and `face` make new ones, for a line
    each; `face` takes the machine's serial number. `pace` are the seconds between polls, or
    between messages that the machine may be expected to send, and `patience` those after
    which a missing reply is a timeout. `quantities` is all that it can carry. `veil` makes of a
    frame what may be kept and shown of it: bytes without anything of a patient."""

    name: str
    title: Words
    carrier: Carrier
    standing: Standing
    source: str
    verified_against: str
    captured_from: str
    quantities: frozenset[str]
    pace: float
    patience: float
    codec: Callable[[], Codec]
    driver: Callable[[], Driver]
    face: Callable[[str], Face]
    check: Check = Check.SUM
    veil: Callable[[bytes], bytes] = veiled
