"""A gateway's messages, a store in memory that can be down, and a wire that keeps what it gets."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from devices.mqtt.message import Message
from devices.wire.messages import encode
from devices.wire.states import decode_stored
from domain.telemetry import (
    UNREGISTERED,
    Arrival,
    Event,
    EventKind,
    GatewayLife,
    Generation,
    Key,
    LinkState,
    Origin,
    Quarantined,
    Sample,
    Settled,
    SpoolReport,
    StoreDown,
    Unstorable,
    Watermark,
)

BOOT = "a" * 32
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
KNOWN = frozenset({"HD-1", "HD-2"})
DEADLINE = 20.0


def sample(seq: int, machine: str = "HD-1", boot: str = BOOT, **values: float) -> Sample:
    origin = Origin("gw", "jsdt3", Generation.TEST, NOON)
    return Sample(Key(machine, boot, seq), origin, None, None, None, values or {"tmp_mmhg": 90.0})


def event(seq: int, text: str = "treatment", machine: str = "HD-1") -> Event:
    origin = Origin("gw", "jsdt3", Generation.TEST, NOON)
    return Event(Key(machine, BOOT, seq), origin, EventKind.PHASE, text=text)


def message(entry: Sample | Event) -> Message:
    """As its gateway publishes it; the token has its number."""
    kind = "event" if isinstance(entry, Event) else "telemetry"
    topic = f"hd/v1/center/m/{entry.key.machine}/{kind}"
    return Message(topic, encode(entry), token=(entry.key, entry.key.seq))


def wait_until(true: Callable[[], bool]) -> None:
    """Raises TimeoutError if that does not become so."""
    end = time.monotonic() + DEADLINE
    while not true():
        if time.monotonic() > end:
            raise TimeoutError("it did not come about")
        time.sleep(0.005)


class MemoryStore:
    """Settles into a dictionary. `down` is why it cannot; what holds `poison` is refused."""

    def __init__(self) -> None:
        self.kept: dict[Key, bytes] = {}
        self.arrivals: list[Arrival] = []
        self.aside: list[Quarantined] = []
        self.noted: list[tuple[list[LinkState], list[SpoolReport], list[GatewayLife]]] = []
        self.batches: list[int] = []
        self.down = ""
        self.machines = KNOWN
        self.poison = b"never"
        self.beats = self.tended = 0
        self.lock = threading.Lock()

    def known(self) -> frozenset[str]:
        self._refuse_if_down()
        return self.machines

    def settle(self, arrivals: Sequence[Arrival], quarantined: Sequence[Quarantined]) -> Settled:
        self._refuse_if_down()
        if any(self.poison in one.payload for one in arrivals):
            raise Unstorable("poison")
        with self.lock:
            self.batches.append(len(arrivals) + len(quarantined))
            stored = [self._keep(one.entry.key, one.digest) for one in arrivals]
            aside = [one.key is None or self._keep(one.key, one.digest) for one in quarantined]
            self.arrivals += arrivals
            self.aside += quarantined
            pairs = {(one.entry.key.machine, one.entry.key.boot) for one in arrivals}
            pairs |= {(one.key.machine, one.key.boot) for one in quarantined if one.key}
        marks = tuple(self._mark(*pair) for pair in sorted(pairs))
        return Settled(stored.count(True), stored.count(False), 0, aside.count(True), marks)

    def note(
        self,
        now: datetime,
        links: Sequence[LinkState],
        spools: Sequence[SpoolReport],
        gateways: Sequence[GatewayLife] = (),
    ) -> None:
        del now
        self._refuse_if_down()
        self.noted.append((list(links), list(spools), list(gateways)))

    def waiting(self, machine: str, most: int) -> tuple[Quarantined, ...]:
        self._refuse_if_down()
        wanted = (one for one in self.aside if one.reason == UNREGISTERED and one.key)
        return tuple(one for one in wanted if one.machine == machine)[:most]

    def readmit(self, arrivals: Sequence[Arrival], refused: Sequence[Quarantined]) -> int:
        self._refuse_if_down()
        if any(self.poison in one.payload for one in arrivals):
            raise Unstorable("poison")
        with self.lock:
            keys = {one.entry.key for one in arrivals} | {one.key for one in refused}
            self.aside = [one for one in self.aside if one.key not in keys] + list(refused)
            self.arrivals += arrivals
        return len(arrivals)

    def watermarks(self) -> tuple[Watermark, ...]:
        pairs = {(key.machine, key.boot) for key in self.kept}
        return tuple(self._mark(*pair) for pair in sorted(pairs))

    def tend(self, now: datetime) -> bool:
        del now
        self._refuse_if_down()
        self.tended += 1
        return False

    def beat(self, ingest: str, now: datetime) -> None:
        del ingest, now
        self._refuse_if_down()
        self.beats += 1

    def _refuse_if_down(self) -> None:
        if self.down:
            raise StoreDown(self.down)

    def _keep(self, key: Key, digest: bytes) -> bool:
        new = key not in self.kept
        self.kept.setdefault(key, digest)
        return new

    def _mark(self, machine: str, boot: str) -> Watermark:
        seq = 0
        while Key(machine, boot, seq + 1) in self.kept:
            seq += 1
        return Watermark(machine, boot, seq)


class Wire:
    """A client that is connected, or not."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.connected = True
        self.acknowledged: list[object] = []
        self.stored_at_acknowledgement: list[int] = []
        self.published: list[Message] = []

    def publish(self, message: Message) -> bool:
        if self.connected:
            self.published.append(message)
        return self.connected

    def acknowledge(self, *messages: Message) -> None:
        self.acknowledged += [one.token[0] for one in messages if one.token is not None]
        self.stored_at_acknowledgement.append(len(self._store.kept) + len(self._store.aside))

    @property
    def told(self) -> dict[tuple[str, str], int]:
        """Machine and boot -> the last watermark that was published."""
        marks = [mark for one in self.published for mark in decode_stored(one.payload)]
        return {(mark.machine, mark.boot): mark.seq for mark in marks}
