"""Nothing is acknowledged before it is stored, and nothing stops the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from devices.ingest import ingest as module
from devices.ingest.health import Counts, State
from devices.ingest.ingest import Ingest
from devices.ingest.intake import CAPACITY, MOST
from devices.ingest.store import Unstorable
from devices.mqtt.message import Message
from devices.wire.states import GatewayStatus, LinkReport, encode_link, encode_status
from domain.telemetry import BootHeld, GatewayLife, Key, LinkState, LinkStatus, SpoolReport
from tests.devices.ingest.world import (
    BOOT,
    NOON,
    MemoryStore,
    Wire,
    event,
    message,
    sample,
    wait_until,
)


@dataclass
class Running:
    ingest: Ingest
    store: MemoryStore
    wire: Wire
    thread: threading.Thread

    def hear(self, *messages: Message) -> None:
        for one in messages:
            self.ingest.hear([one])

    def acknowledges(self, count: int) -> None:
        wait_until(lambda: len(self.wire.acknowledged) >= count)


@contextmanager
def running(store: MemoryStore | None = None) -> Iterator[Running]:
    """An ingest at work; stopped in the end."""
    kept = store or MemoryStore()
    ingest = Ingest(kept, "center", "main", lambda: NOON)
    wire = Wire(kept)
    thread = threading.Thread(target=ingest.run, args=(wire,))
    ingest.up()
    thread.start()
    try:
        yield Running(ingest, kept, wire, thread)
    finally:
        kept.down = ""
        ingest.stop()
        thread.join(20)
        assert not thread.is_alive()


def test_a_message_is_acknowledged_after_it_is_stored_and_its_gateway_is_told() -> None:
    with running() as it:
        it.hear(*(message(sample(seq)) for seq in (1, 2, 3)))
        it.acknowledges(3)
        wait_until(lambda: it.wire.told == {("HD-1", BOOT): 3})
    assert set(it.store.kept) == {Key("HD-1", BOOT, seq) for seq in (1, 2, 3)}
    assert it.wire.acknowledged == [Key("HD-1", BOOT, seq) for seq in (1, 2, 3)]
    assert min(it.wire.stored_at_acknowledgement) >= 1
    assert {one.topic for one in it.wire.published} == {"hd/v1/center/gw/gw/stored"}
    assert not any(one.retain for one in it.wire.published)


def test_while_the_store_is_down_everything_is_held_and_nothing_acknowledged() -> None:
    with running() as it:
        it.store.down = "database is locked"
        it.hear(*(message(sample(seq)) for seq in range(1, 51)))
        wait_until(lambda: it.ingest.health.state is State.HOLDING)
        assert it.ingest.health.reason == "database is locked"
        assert (it.wire.acknowledged, it.wire.published) == ([], [])
        it.store.down = ""
        it.acknowledges(50)
        wait_until(lambda: it.ingest.health.state is State.STORING)
        wait_until(lambda: it.wire.told == {("HD-1", BOOT): 50})
        assert it.ingest.health.counts == Counts(received=50, stored=50)


def test_a_stopped_ingest_gives_up_what_it_holds_unacknowledged() -> None:
    store = MemoryStore()
    store.down = "disk full"
    with running(store) as it:
        it.hear(message(sample(1)))
        wait_until(lambda: it.ingest.health.state is State.HOLDING)
        it.ingest.stop()
        it.thread.join(20)
    assert it.wire.acknowledged == []


def test_a_stopped_ingest_stores_what_it_has_taken_in() -> None:
    with running() as it:
        it.hear(*(message(sample(seq)) for seq in range(1, 500)))
        it.ingest.stop()
    assert len(it.store.kept) == len(it.wire.acknowledged) == 499
    assert it.wire.told == {("HD-1", BOOT): 499}


def test_poison_goes_to_quarantine_is_acknowledged_and_stops_nothing() -> None:
    with running() as it:
        it.hear(
            Message("hd/v1/center/m/HD-1/telemetry", b"{", token=("poison", 0)),
            message(sample(1)),
            message(sample(1, "HD-9")),
        )
        it.acknowledges(3)
        wait_until(lambda: it.wire.told == {("HD-1", BOOT): 1, ("HD-9", BOOT): 1})
    assert it.wire.acknowledged[0] == "poison"
    assert [one.machine for one in it.store.aside] == ["HD-1", "HD-9"]
    assert set(it.store.kept) == {Key("HD-1", BOOT, 1), Key("HD-9", BOOT, 1)}
    assert [one.entry.key.machine for one in it.store.arrivals] == ["HD-1"]


def test_what_the_database_refuses_is_put_aside_alone() -> None:
    store = MemoryStore()
    store.poison = b'"seq":5,'
    with running(store) as it:
        it.hear(*(message(sample(seq)) for seq in range(1, 20)))
        it.acknowledges(19)
        wait_until(lambda: it.wire.told == {("HD-1", BOOT): 19})
        counts = it.ingest.health.counts
    assert [one.key for one in store.aside] == [Key("HD-1", BOOT, 5)]
    assert store.aside[0].reason == "the database refuses it: poison"
    assert (counts.stored, counts.quarantined) == (18, 1)


def test_who_repeats_is_told_again() -> None:
    with running() as it:
        it.hear(message(sample(1)))
        wait_until(lambda: len(it.wire.published) == 1)
        it.hear(message(sample(1)))
        wait_until(lambda: len(it.wire.published) == 2)
        assert it.ingest.health.counts.repeated == 1


def test_a_watermark_that_could_not_be_handed_over_is_told_later() -> None:
    with running() as it:
        it.wire.connected = False
        it.hear(message(sample(1)))
        it.acknowledges(1)
        it.wire.connected = True
        wait_until(lambda: it.wire.told == {("HD-1", BOOT): 1})


def test_what_finds_no_room_is_let_go_for_its_gateway_to_send_again(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(module, "PATIENCE", 0.0)
    with running() as it:
        it.store.down = "disk full"
        it.hear(*(message(sample(seq)) for seq in range(1, 6_000)))
        shed = it.ingest.health.counts.shed
        assert shed >= 5_999 - CAPACITY - MOST > 0
        assert len(it.wire.acknowledged) == shed
        it.store.down = ""
        wait_until(lambda: len(it.store.kept) + shed == 5_999)


def test_an_event_is_stored_before_the_samples_that_wait_with_it() -> None:
    store = MemoryStore()
    store.down = "not yet"
    with running(store) as it:
        it.hear(message(sample(1)))
        wait_until(lambda: it.ingest.health.state is State.HOLDING)
        it.hear(*(message(sample(seq)) for seq in range(2, 1_500)), message(event(1_500)))
        store.down = ""
        it.acknowledges(1_500)
    assert it.store.arrivals.index(next(a for a in store.arrivals if a.entry == event(1_500))) <= 1


def test_words_of_gateways_are_noted() -> None:
    state = LinkState("HD-1", "gw", BOOT, LinkStatus.ONLINE, NOON, NOON)
    older = BootHeld("c" * 32, 4, 2)
    report = LinkReport(state, NOON, 9, 3, 0, (older,), 7)
    status = GatewayStatus("gw", BOOT, True, NOON, "1")
    with running() as it:
        it.hear(
            Message("hd/v1/center/m/HD-1/link", encode_link(report), retain=True, token=(1, 0)),
            Message("hd/v1/center/gw/gw/status", encode_status(status), retain=True, token=(2, 0)),
        )
        it.acknowledges(2)
        wait_until(lambda: len(it.store.noted) == 1)
    assert it.store.noted == [
        (
            [state],
            [SpoolReport("HD-1", "gw", BOOT, (BootHeld(BOOT, 9, 7), older))],
            [GatewayLife("gw", BOOT, True, NOON)],
        )
    ]


def test_it_says_that_it_has_no_broker() -> None:
    with running() as it:
        assert it.ingest.health.state is State.STORING
        it.ingest.down("connection refused")
        away = it.ingest.health
        assert (away.state, away.reason) == (State.NO_BROKER, "connection refused")


def test_it_beats_and_tends_when_nothing_comes() -> None:
    with running() as it:
        wait_until(lambda: it.store.beats >= 1 and it.store.tended >= 1)


class Sulking(MemoryStore):
    """Takes messages, and refuses all upkeep for what it is."""

    def tend(self, now: datetime) -> bool:
        super().tend(now)
        raise Unstorable("a month that cannot be made")


def test_upkeep_that_is_refused_does_not_end_the_storing() -> None:
    store = Sulking()
    with running(store) as it:
        wait_until(lambda: store.tended > 0)
        it.hear(message(sample(1)))
        it.acknowledges(1)
    assert set(store.kept) == {Key("HD-1", BOOT, 1)}
