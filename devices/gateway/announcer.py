"""What a gateway says and to which topic: retained states, the newest of each only, and the
streams of entries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from devices.gateway.books import Books
from devices.gateway.clock import Clock
from devices.gateway.spool import Kept
from devices.mqtt.message import Message
from devices.wire.states import (
    ActiveAlarms,
    Birth,
    GatewayStatus,
    encode_alarms,
    encode_birth,
    encode_link,
    encode_status,
)
from devices.wire.topics import Kind, MachineTopic, gateway_status
from domain.telemetry import LinkState

LINKS, SNAPSHOTS = 10.0, 5.0
"""Seconds after which a link is told again though nothing has changed, since its age counts;
and between two snapshots of a machine, since every sample is in the stream anyway."""

EXPIRY = 3600
"""Seconds after which a broker may drop a sample: it comes again from the spool."""


class Publisher(Protocol):
    """The MQTT client as it is needed here."""

    def publish(self, message: Message) -> bool:
        """Hands over; false: not now."""
        ...


class Subject(Protocol):
    """A machine's line, asked from another thread."""

    machine: str

    def birth(self) -> Birth:
        """Who speaks."""
        ...

    def link(self) -> LinkState:
        """Whether the wire is alive."""
        ...

    def alarms(self) -> ActiveAlarms:
        """What alarms there are."""
        ...


class Announcer:
    """Used by the keeper's thread alone, but for `join` and `attach` before it starts."""

    def __init__(self, center: str, gateway: str, boot: str, version: str, clock: Clock) -> None:
        self._center, self._gateway = center, gateway
        self._boot, self._version, self._clock = boot, version, clock
        self._publisher: Publisher | None = None
        self._subjects: dict[str, Subject] = {}
        self._due: dict[str, Callable[[Books], bytes]] = {}
        self._snapshots: dict[str, bytes] = {}
        self._shown: dict[str, float] = {}
        self._links_at = 0.0

    def attach(self, publisher: Publisher) -> None:
        """What messages are handed to."""
        self._publisher = publisher

    def join(self, subject: Subject) -> None:
        """One more machine."""
        self._subjects[subject.machine] = subject

    @property
    def will(self) -> Message:
        """What the broker says of us when we are gone without a word; also our goodbye."""
        return Message(self._status_topic, self._status(online=False), retain=True)

    def everything(self) -> None:
        """A broker that has just been reached may have lost all that it kept of us."""
        self._due[self._status_topic] = lambda _: self._status(online=True)
        for machine in self._subjects:
            self._birth(machine)
            self.changed(machine)
        self._shown.clear()

    def changed(self, machine: str) -> None:
        """The link or the alarms of a machine are news."""
        subject = self._subjects[machine]
        self._link(machine)
        self._due[self._topic(machine, Kind.ALARMS)] = lambda _: encode_alarms(subject.alarms())

    def sampled(self, machine: str, payload: bytes) -> None:
        """The newest sample."""
        self._snapshots[machine] = payload

    def flush(self, books: Books) -> bool:
        """Says what is due; false if the broker does not take all of it now."""
        self._by_time()
        for topic, payload in list(self._due.items()):
            if not self._publish(Message(topic, payload(books), retain=True)):
                return False
            del self._due[topic]
        return True

    def stream(self, entry: Kept) -> bool:
        """Sends an entry; false if the broker does not take it now. Events never expire."""
        kind = Kind.EVENT if entry.event else Kind.TELEMETRY
        expiry = None if entry.event else EXPIRY
        topic = self._topic(entry.machine, kind)
        return self._publish(Message(topic, entry.payload, retain=False, expiry=expiry))

    def _by_time(self) -> None:
        now = self._clock.now()
        if now >= self._links_at:
            self._links_at = now + LINKS
            for machine in self._subjects:
                self._link(machine)
        for machine, payload in list(self._snapshots.items()):
            if now - self._shown.get(machine, -SNAPSHOTS) >= SNAPSHOTS:
                del self._snapshots[machine]
                self._shown[machine] = now
                self._due[self._topic(machine, Kind.SNAPSHOT)] = _said(payload)

    def _link(self, machine: str) -> None:
        subject = self._subjects[machine]
        self._due[self._topic(machine, Kind.LINK)] = lambda books: encode_link(
            books.report(subject.link(), self._clock.at())
        )

    def _birth(self, machine: str) -> None:
        birth = self._subjects[machine].birth()
        self._due[self._topic(machine, Kind.BIRTH)] = _said(encode_birth(birth))

    def _status(self, *, online: bool) -> bytes:
        status = GatewayStatus(self._gateway, self._boot, online, self._clock.at(), self._version)
        return encode_status(status)

    @property
    def _status_topic(self) -> str:
        return gateway_status(self._center, self._gateway)

    def _topic(self, machine: str, kind: Kind) -> str:
        return str(MachineTopic(self._center, machine, kind))

    def _publish(self, message: Message) -> bool:
        return self._publisher is not None and self._publisher.publish(message)


def _said(payload: bytes) -> Callable[[Books], bytes]:
    return lambda _: payload
