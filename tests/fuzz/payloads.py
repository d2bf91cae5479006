"""Damaged MQTT payloads against every decoder of the wire, and against what ingest makes of
them: refused or truly read, never a crash, never a value that no sensor can show."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

from devices.ingest.reader import read
from devices.wire import states
from devices.wire.messages import Unreadable, decode, encode
from devices.wire.states import ActiveAlarms, Birth, GatewayStatus, LinkReport
from domain.alarm import AlarmEdge, EdgePhase, Priority
from domain.quantity import QUANTITY
from domain.telemetry import (
    Arrival,
    Entry,
    Event,
    EventKind,
    Generation,
    LinkCounters,
    LinkState,
    LinkStatus,
    Validity,
    Watermark,
)
from tests.faults.stream import sample
from tests.fuzz.mutator import damaged

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
BOOT = "5f0c" * 8
SLOWEST = 1.0
"""Seconds of the processor for one input, beyond which it counts as a hang."""
KNOWN = frozenset({"HD-01"})

_SAMPLE = sample("HD-01", BOOT, 18_231, 7)
_EDGE = AlarmEdge("air", EdgePhase.START, Priority.HIGH, True, text="AIR")
_EVENT = Event(_SAMPLE.key, _SAMPLE.origin, EventKind.ALARM, _EDGE)
_CUFF = Event(_SAMPLE.key, _SAMPLE.origin, EventKind.BLOOD_PRESSURE, None, {"nibp_sys_mmhg": 132.0})
_LINK = LinkState("HD-01", "gw-a", BOOT, LinkStatus.ONLINE, NOW, NOW, LinkCounters(9, 8))
_BIRTH = Birth("HD-01", "gw-a", BOOT, NOW, "jsdt3", Generation.TEST, 1.0, frozenset({"tmp_mmhg"}))

Decoder = Callable[[bytes], object]
DECODERS: dict[str, tuple[Decoder, tuple[bytes, ...]]] = {
    "entries": (decode, (encode(_SAMPLE), encode(_EVENT), encode(_CUFF))),
    "links": (states.decode_link, (states.encode_link(LinkReport(_LINK, NOW, 5, 2)),)),
    "gateways": (
        states.decode_status,
        (states.encode_status(GatewayStatus("gw-a", BOOT, True, NOW, "1")),),
    ),
    "watermarks": (states.decode_stored, (states.encode_stored((Watermark("HD-01", BOOT, 7),)),)),
    "births": (states.decode_birth, (states.encode_birth(_BIRTH),)),
    "alarms": (
        states.decode_alarms,
        (states.encode_alarms(ActiveAlarms("HD-01", "gw-a", BOOT, NOW, True, (_EDGE,))),),
    ),
}
CORPUS: tuple[bytes, ...] = tuple(one for _, some in DECODERS.values() for one in some)
TOPICS = ("hd/v1/north/m/HD-01/telemetry", "hd/v1/north/m/HD-01/event",
          "hd/v1/north/m/HD-01/link", "hd/v1/north/gw/gw-a/status", "other")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """Of one target: inputs read as something, and refused; the slowest one in seconds."""

    target: str
    read: int
    refused: int
    slowest: float

    def __str__(self) -> str:
        total = self.read + self.refused
        return (
            f"{self.target}: {total} inputs, {self.refused} refused, {self.read} read,"
            f" slowest {self.slowest * 1000:.1f} ms"
        )


def fuzz(inputs: int, seed: int) -> list[Fuzzed]:
    """So many damaged inputs in all, for each decoder and for ingest's reader. Raises
    AssertionError with the input at the first thing that must not be."""
    each = inputs // (len(DECODERS) + 1)
    return [*(_decoder(name, each, Random(f"{seed} {name}")) for name in DECODERS),
            _reader(each, Random(f"{seed} reader"))]  # fmt: skip


def _decoder(name: str, inputs: int, chance: Random) -> Fuzzed:
    decoder, corpus = DECODERS[name]
    counts, slowest = Counter[bool](), 0.0
    for _ in range(inputs):
        payload = damaged(chance.choice(corpus), CORPUS, chance)
        began = time.process_time()
        counts[accepted(decoder, payload)] += 1
        slowest = max(slowest, time.process_time() - began)
        assert slowest < SLOWEST, payload
    return Fuzzed(name, counts[True], counts[False], slowest)


def accepted(decoder: Decoder, payload: bytes) -> bool:
    """Whether a payload is read; what is read holds only what can be."""
    try:
        found = decoder(payload)
    except Unreadable:
        return False
    if decoder is decode:
        assert isinstance(found, Entry), payload
        sound(found, payload)
    return True


def sound(entry: Entry, payload: bytes) -> None:
    """Every value can be measured, and the entry is the same after another round trip."""
    for name, value in entry.values.items():
        assert math.isfinite(value), payload
        assert QUANTITY[name].believable(value), payload
    if not isinstance(entry, Event):
        assert all(isinstance(one, Validity) for one in entry.quality.values()), payload
    assert decode(encode(entry)) == entry, payload


def _reader(inputs: int, chance: Random) -> Fuzzed:
    counts, slowest = Counter[bool](), 0.0
    for _ in range(inputs):
        payload = damaged(chance.choice(CORPUS), CORPUS, chance)
        topic = chance.choice(TOPICS)
        began = time.process_time()
        found = read(topic, payload, NOW, KNOWN)
        slowest = max(slowest, time.process_time() - began)
        assert slowest < SLOWEST, payload
        if isinstance(found, Arrival):
            sound(found.entry, payload)
            assert found.entry.key.machine in KNOWN, payload
        counts[isinstance(found, Arrival)] += 1
    return Fuzzed("ingest", counts[True], counts[False], slowest)
