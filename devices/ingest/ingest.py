"""Messages into the store, and only then the word that they are stored.

The network thread puts what it hears into a queue and nothing else. One writer takes batches
out: read, settle in one transaction, acknowledge to the broker, tell each gateway up to where
it may forget. While the store is down the batch is held and tried again, nothing is
acknowledged, and the queue's end holds up the wire. A message that finds no room even then is
acknowledged unstored: what counts is not the broker's book but the gateway's spool, and the
gateway sends again whatever it was not told to be stored.

Several may run on one database, each under a name of its own: a number is settled once.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Protocol, TypeVar

from devices.ingest.health import Counts, Health, State
from devices.ingest.intake import Heard, Intake
from devices.ingest.notes import Notes
from devices.ingest.reader import read
from devices.ingest.readmission import Readmission
from devices.ingest.settling import settle_all
from devices.ingest.store import Store, StoreDown, Unstorable
from devices.ingest.telling import Teller
from devices.mqtt.message import Message
from devices.wire.states import GatewayStatus, LinkReport
from domain.telemetry import Arrival, Quarantined, Settled

PATIENCE = 1.0
"""Seconds that the network thread waits for room."""
IDLE, BEAT = 0.25, 1.0
FIRST_WAIT, LONGEST_WAIT = 0.1, 5.0
"""Seconds between attempts while the store is down, doubling."""
TENDING = 0.02
"""Seconds a second that what can wait is given while messages keep coming."""

_Done = TypeVar("_Done")
_log = logging.getLogger(__name__)


class Wire(Protocol):
    """What ingest needs of an MQTT client."""

    def publish(self, message: Message) -> bool:
        """False: not handed over, try again later."""
        ...

    def acknowledge(self, *messages: Message) -> None:
        """These need not be delivered again."""
        ...


@dataclass(frozen=True, slots=True)
class _Batch:
    """What came, read."""

    arrivals: list[Arrival]
    quarantined: list[Quarantined]


class Ingest:
    """One ingest. Give `hear`, `up` and `down` to a client, the client to `run`, and `run` to a
    thread; it ends when `stop` is called and what was taken in is stored, or cannot be."""

    def __init__(
        self,
        store: Store,
        center: str,
        name: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._store, self._name, self._clock = store, name, clock
        self._intake = Intake()
        self._stopping = threading.Event()
        self._teller = Teller(center)
        self._notes, self._readmission = Notes(), Readmission()
        self._counts = Counts()
        self._received = self._shed = 0
        self._trouble, self._lost = "", "not connected yet"
        self._committed: datetime | None = None
        self._wire: Wire | None = None
        self._beaten = self._tended = float("-inf")

    def hear(self, messages: Sequence[Message]) -> None:
        """On the network thread."""
        self._received += len(messages)
        now = self._clock()
        if not self._intake.put([(one, now) for one in messages], PATIENCE):
            self._shed += len(messages)
            if self._wire is not None:
                self._wire.acknowledge(*messages)

    def up(self) -> None:
        """On the network thread."""
        self._lost = ""

    def down(self, reason: str) -> None:
        """On the network thread."""
        self._lost = reason

    def stop(self) -> None:
        """What is in the queue is still stored, unless the store is down."""
        self._stopping.set()
        self._intake.close()

    @property
    def health(self) -> Health:
        """Now; from any thread."""
        state = State.HOLDING if self._trouble else State.NO_BROKER if self._lost else State.STORING
        counts = replace(
            self._counts, received=self._received, shed=self._shed, waiting=len(self._intake)
        )
        return Health(self._name, state, self._trouble or self._lost, counts, self._committed)

    def run(self, wire: Wire) -> None:
        """Until stopped."""
        self._wire = wire
        while not self._stopping.is_set() or len(self._intake):
            heard = self._intake.take(IDLE)
            if heard and not self._keep(heard, wire):
                return
            self._rest(wire, busy=bool(heard))
        self._teller.tell(wire, monotonic(), at_once=True)

    def _keep(self, heard: Sequence[Heard], wire: Wire) -> bool:
        """Stores a batch, however long it takes. False if it was given up: stopped on the way."""
        done = self._patiently(lambda: self._read_and_settle(heard))
        if done is None:
            return False
        batch, settled = done
        self._count(settled)
        wire.acknowledge(*(message for message, _ in heard))
        self._teller.learn(settled.watermarks, batch.arrivals, batch.quarantined)
        return True

    def _read(self, heard: Sequence[Heard]) -> _Batch:
        known, batch = self._store.known(), _Batch([], [])
        for message, received in heard:
            match read(message.topic, message.payload, received, known):
                case Arrival() as arrival:
                    batch.arrivals.append(arrival)
                case Quarantined() as refused:
                    batch.quarantined.append(refused)
                case LinkReport() as report:
                    self._notes.link(report)
                case GatewayStatus() as status:
                    self._notes.gateway(status)
        return batch

    def _read_and_settle(self, heard: Sequence[Heard]) -> tuple[_Batch, Settled]:
        batch = self._read(heard)
        if not batch.arrivals and not batch.quarantined:
            return batch, Settled(0, 0, 0, 0, ())
        settled = settle_all(self._store, batch.arrivals, batch.quarantined)
        self._is_up()
        self._committed = self._clock()
        return batch, settled

    def _patiently(self, work: Callable[[], _Done]) -> _Done | None:
        """Does it again until the store is up; `None` if stopped before."""
        wait = FIRST_WAIT
        while True:
            try:
                return work()
            except StoreDown as down:
                self._is_down(str(down))
            if self._stopping.wait(wait):
                return None
            wait = min(wait * 2, LONGEST_WAIT)

    def _rest(self, wire: Wire, *, busy: bool) -> None:
        """Between two batches."""
        now = monotonic()
        self._teller.tell(wire, now, at_once=not busy)
        try:
            if now - self._beaten >= BEAT:
                self._beaten = now
                self._notes.write(self._store, self._clock())
                self._store.beat(self._name, self._clock())
                self._is_up()
            if not busy or now - self._tended >= 1.0:
                self._tend(now)
        except StoreDown as down:
            self._is_down(str(down))
        except Unstorable as refused:  # what can wait must not end what cannot
            _log.error("the database refuses upkeep, which is tried again: %s", refused)

    def _tend(self, began: float) -> None:
        self._tended = began
        while monotonic() - began < TENDING:
            if not (self._readmission.step(self._store) or self._store.tend(self._clock())):
                return

    def _count(self, settled: Settled) -> None:
        before = self._counts
        self._counts = Counts(
            stored=before.stored + settled.stored,
            repeated=before.repeated + settled.repeated,
            conflicts=before.conflicts + settled.conflicts,
            quarantined=before.quarantined + settled.quarantined,
        )

    def _is_down(self, reason: str) -> None:
        if not self._trouble:
            _log.error("the database takes no writes, everything is held: %s", reason)
        self._trouble = reason

    def _is_up(self) -> None:
        if self._trouble:
            _log.warning("the database takes writes again")
        self._trouble = ""
