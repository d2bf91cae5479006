"""What a machine said, as data: samples, events, and whether the wire is alive.

Missing is missing: a value that was not said, or could not be read, has no entry and never
a 0. Everything that was accepted has a key; a key is never given twice with other content.

What is made anew for every message is a named tuple: a frozen dataclass takes three times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from domain.alarm import AlarmEdge


class Validity(StrEnum):
    """How far a value can be believed (the terms of ISO/IEEE 11073 SDC); a value without an
    entry is valid."""

    VALID = "Vld"
    QUESTIONABLE = "Qst"
    INVALID = "Inv"
    NOT_AVAILABLE = "NA"
    CALCULATED = "Clc"


class Generation(StrEnum):
    """Where a value comes from; carried end to end, so that no simulated value is ever taken
    for a patient's."""

    REAL = "Real"
    TEST = "Test"
    DEMO = "Demo"


class Mode(StrEnum):
    """What the machine is doing, in the words of the HL7 guide."""

    PRE_TREATMENT = "PRETX"
    TREATMENT = "TX"
    POST_TREATMENT = "POSTTX"
    DISINFECTION = "DIS"
    IDLE = "IDL"
    SERVICE = "SVC"


class Phase(StrEnum):
    """Where in the course of a treatment, as finely as the protocol lets us tell."""

    OFF = "off"
    SELF_TEST = "selftest"
    PRIMING = "priming"
    READY = "ready"
    CONNECTING = "connecting"
    TREATMENT = "treatment"
    REINFUSION = "reinfusion"
    DRAIN = "drain"
    DISINFECTION = "disinfect"
    IDLE = "idle"
    SERVICE = "service"


MODE_OF: dict[Phase, Mode | None] = {
    Phase.OFF: None,
    Phase.SELF_TEST: Mode.PRE_TREATMENT,
    Phase.PRIMING: Mode.PRE_TREATMENT,
    Phase.READY: Mode.PRE_TREATMENT,
    Phase.CONNECTING: Mode.PRE_TREATMENT,
    Phase.TREATMENT: Mode.TREATMENT,
    Phase.REINFUSION: Mode.POST_TREATMENT,
    Phase.DRAIN: Mode.POST_TREATMENT,
    Phase.DISINFECTION: Mode.DISINFECTION,
    Phase.IDLE: Mode.IDLE,
    Phase.SERVICE: Mode.SERVICE,
}


class Key(NamedTuple):
    """The identity of what a gateway accepted: machine, the gateway's boot (random, 128 bits,
    32 hex digits) and a number that counts up from 1 without gaps, samples and events alike."""

    machine: str
    boot: str
    seq: int


class Origin(NamedTuple):
    """Who said it and when. `ts` is the gateway's clock at the last byte, `ts_device` the
    machine's own clock if it sends one; both UTC. Order never rests on the machine's clock."""

    gateway: str
    protocol: str
    generation: Generation
    ts: datetime
    ts_device: datetime | None = None


class Sample(NamedTuple):
    """All values of one moment. `quality` has an entry for every value that is not simply
    valid, and `NA` for one that the protocol carries but the machine left out."""

    key: Key
    origin: Origin
    mode: Mode | None
    phase: Phase | None
    bypass: bool | None
    values: Mapping[str, float]
    quality: Mapping[str, Validity] = MappingProxyType({})


class EventKind(StrEnum):
    """What can happen at a machine besides time passing."""

    ALARM = "alarm"
    PHASE = "phase"
    BLOOD_PRESSURE = "blood_pressure"
    LINK = "link"
    OPERATION = "operation"
    REFUSED = "refused"


class Event(NamedTuple):
    """Something happened. `alarm` is there for alarms only; `values` hold a blood pressure
    or the value an operator set; `text` the new phase or link state, or the machine's words
    with every name and number of a patient taken out; of what a gateway refused the reason, ` | `
    and a specimen of the bytes without them: that is never stored as something that happened."""

    key: Key
    origin: Origin
    kind: EventKind
    alarm: AlarmEdge | None = None
    values: Mapping[str, float] = MappingProxyType({})
    text: str = ""


Entry = Sample | Event
"""What a gateway accepts, numbers and keeps until it is stored."""


class LinkStatus(StrEnum):
    """Is the wire alive? `stale`: it answers, but the last good frame is too old."""

    ONLINE = "online"
    STALE = "stale"
    NO_REPLY = "no_reply"
    GARBLED = "garbled"
    PORT_ERROR = "port_error"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class LinkCounters:
    """Counted since the gateway's start; bytes for `garbage`."""

    polls: int = 0
    good: int = 0
    bad_check: int = 0
    timeouts: int = 0
    garbage: int = 0
    unparsed: int = 0
    reopened: int = 0


@dataclass(frozen=True, slots=True)
class LinkState:
    """One machine's wire, as its gateway sees it."""

    machine: str
    gateway: str
    boot: str
    status: LinkStatus
    since: datetime
    last_good: datetime | None
    counters: LinkCounters = LinkCounters()


@dataclass(frozen=True, slots=True)
class GatewayLife:
    """Whether a gateway lives, by its own word or by its will, and in which boot."""

    gateway: str
    boot: str
    online: bool
    ts: datetime


class Arrival(NamedTuple):
    """An entry as it came: when ingest had it, and a digest of its content (16 bytes),
    so that a key met again can be told from a conflict."""

    entry: Entry
    received: datetime
    digest: bytes
    payload: bytes


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A message that cannot be stored as telemetry: kept whole, with the reason. `key` and
    `gateway` if they could be read all the same: then it is in the books, and its gateway may
    forget it. `digest` is over the content, as in `Arrival`."""

    topic: str
    payload: bytes
    reason: str
    received: datetime
    machine: str = ""
    key: Key | None = None
    gateway: str = ""
    digest: bytes = b""


UNREGISTERED = "this machine is not registered"
"""Why a message is put aside that is stored after all once the center has the machine."""


@dataclass(frozen=True, slots=True)
class BootHeld:
    """What a gateway has of one machine and boot: the last number given, and the first one that
    it may still hold (one more than `given` if it holds none); `None` if it does not say."""

    boot: str
    given: int
    first: int | None = None


@dataclass(frozen=True, slots=True)
class SpoolReport:
    """What a gateway says of one machine's numbers, in its present boot: how many it gave there,
    and of which boots it still holds something. An older boot of the same gateway that is not
    among `held` it holds no more: what never arrived of it is lost."""

    machine: str
    gateway: str
    boot: str
    held: tuple[BootHeld, ...]


@dataclass(frozen=True, slots=True)
class Watermark:
    """Everything of this machine and boot up to `seq` is stored, quarantined, in conflict, or no
    longer held by its gateway: none is to come. The gateway may forget it."""

    machine: str
    boot: str
    seq: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a batch: counts, and the watermarks of every boot in it, moved or not: who
    repeats has not heard of them."""

    stored: int
    repeated: int
    conflicts: int
    quarantined: int
    watermarks: tuple[Watermark, ...]


@dataclass(frozen=True, slots=True)
class Account:
    """One machine's books: `accepted` (the highest number its gateway has given, over all
    boots) = `stored` + `in_spool` + `quarantined` + `conflicts` + `lost`, always. `lost` never
    arrived, and its gateway says to hold it no more."""

    machine: str
    accepted: int
    stored: int
    in_spool: int
    quarantined: int
    conflicts: int
    lost: int = 0

    @property
    def adds_up(self) -> bool:
        """True as it must be."""
        settled = self.stored + self.in_spool + self.quarantined + self.conflicts
        return self.accepted == settled + self.lost


class StoreDown(Exception):
    """The database cannot take a write now; says why. The caller keeps what it has."""


class Unstorable(Exception):
    """The database takes writes, but not this one; says why. Trying again does not help."""
