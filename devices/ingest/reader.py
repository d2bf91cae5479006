"""What a message is: an arrival, something for quarantine, or a gateway's word on itself. Pure.

A message that cannot be stored still has a key as a rule. It is looked for, since the gateway
keeps the entry until its number is settled, in quarantine too.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

import msgspec

from devices.wire import topics
from devices.wire.messages import LARGEST, Boot, Name, Seq, Unreadable, decode, digest
from devices.wire.states import GatewayStatus, LinkReport, decode_link, decode_status
from devices.wire.topics import Kind, MachineTopic, read_machine_topic
from domain.telemetry import (
    UNREGISTERED,
    Arrival,
    Entry,
    Event,
    EventKind,
    Key,
    Quarantined,
)

Reading = Arrival | Quarantined | LinkReport | GatewayStatus


def filters(center: str) -> tuple[str, ...]:
    """What ingest asks the broker for."""
    link = str(MachineTopic(center, "+", Kind.LINK))
    return (*topics.streams(center), link, topics.gateway_status(center, "+"))


def read(topic: str, payload: bytes, received: datetime, known: frozenset[str]) -> Reading | None:
    """What came on a topic. `None` for a retained message that was deleted."""
    place = _place(topic)
    if place is not None and place.kind in topics.STREAMS:
        return _entry(place, topic, payload, received, known)
    if not payload:
        return None
    try:
        return _state(place, topic, payload)
    except Unreadable as fault:
        return _refused(place, topic, payload, received, str(fault))


@lru_cache(maxsize=4096)
def _place(topic: str) -> MachineTopic | None:
    return read_machine_topic(topic)


def _state(place: MachineTopic | None, topic: str, payload: bytes) -> Reading:
    if place is None and topic.endswith("/status"):
        status = decode_status(payload)
        if topic.split("/")[-2] != status.gateway:
            raise Unreadable(f"$.gw: {status.gateway} is not the gateway of the topic")
        return status
    if place is None or place.kind is not Kind.LINK:
        raise Unreadable("nothing is expected on this topic")
    report = decode_link(payload)
    if report.state.machine != place.machine:
        raise Unreadable(f"$.machine: {report.state.machine} is not the machine of the topic")
    return report


def _entry(
    place: MachineTopic, topic: str, payload: bytes, received: datetime, known: frozenset[str]
) -> Arrival | Quarantined:
    try:
        entry = decode(payload)
    except Unreadable as fault:
        return _refused(place, topic, payload, received, str(fault))
    if reason := _fault(place, entry, known):
        return _refused(place, topic, payload, received, reason)
    return Arrival(entry, received, digest(payload), payload)


def _fault(place: MachineTopic, entry: Entry, known: frozenset[str]) -> str:
    """Why an entry that can be read is not stored; empty if it is."""
    machine = entry.key.machine
    if machine != place.machine:
        return f"$.machine: {machine} is not the machine of the topic"
    if isinstance(entry, Event) and entry.kind is EventKind.REFUSED:
        return f"the gateway could not take this: {entry.text.partition(' | ')[0]}"
    if machine not in known:
        return UNREGISTERED
    if isinstance(entry, Event) is not (place.kind is Kind.EVENT):
        return f"$.schema: not what {place.kind} is for"
    if isinstance(entry, Event) and _has_nul(entry):
        return "$.text: a character that no database takes"
    return ""


def _has_nul(event: Event) -> bool:
    return "\0" in event.text or (event.alarm is not None and "\0" in event.alarm.text)


class _Envelope(msgspec.Struct):
    """The least by which a message can be put into the books."""

    machine: Name
    gw: Name
    boot: Boot
    seq: Seq


_ENVELOPE = msgspec.json.Decoder(_Envelope)


def _refused(
    place: MachineTopic | None, topic: str, payload: bytes, received: datetime, reason: str
) -> Quarantined:
    machine = "" if place is None else place.machine
    found = _envelope(payload) if place is not None and place.kind in topics.STREAMS else None
    known = found is not None and found.machine == machine
    return Quarantined(
        topic,
        payload[:LARGEST],
        reason,
        received,
        machine,
        Key(machine, found.boot, found.seq) if found is not None and known else None,
        found.gw if found is not None and known else "",
        digest(payload),
    )


def _envelope(payload: bytes) -> _Envelope | None:
    if len(payload) > LARGEST:
        return None
    try:
        return _ENVELOPE.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
