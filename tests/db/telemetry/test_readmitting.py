"""A machine that is registered gets what it said before: under its own keys, once."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from db.telemetry.accounts import account, miscounted, quarantined
from db.telemetry.read import events, latest_samples, minute_trend, reading, samples
from db.telemetry.store import TelemetryStore
from db.telemetry.tables import put_aside
from domain.telemetry import UNREGISTERED, Account, Arrival, Key, Quarantined, Watermark
from tests.db.telemetry.world import BOOT, MACHINES, START, alarm, arrive, at, sample

HERE = "HD-9"


def unknown(arrival: Arrival) -> Quarantined:
    """The same message, as long as the machine is not registered."""
    key = arrival.entry.key
    return Quarantined(
        "t", arrival.payload, UNREGISTERED, arrival.received, key.machine, key, "gw", arrival.digest
    )


def said(seq: int) -> Arrival:
    return arrive(sample(seq, "HD-9", tmp_mmhg=90))


def books(telemetry: sa.Engine) -> Account:
    with reading(telemetry) as connection:
        assert miscounted(connection, START) == ()
        return account(connection, "HD-9")


def test_it_is_stored_as_if_it_had_never_been_put_aside(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    rang = arrive(alarm(3, "HD-9"))
    settled = store.settle([], [unknown(one) for one in (said(1), said(2), rang)])
    assert settled.watermarks == (Watermark("HD-9", BOOT, 3),)
    waiting = store.waiting(HERE, 10)
    assert [(one.key, one.received, one.digest) for one in waiting] == [
        (one.entry.key, one.received, one.digest) for one in (said(1), said(2), rang)
    ]
    assert store.readmit([said(1), said(2), rang], []) == 3
    assert books(telemetry) == Account("HD-9", 3, 3, 0, 0, 0)
    assert store.waiting(HERE, 10) == ()
    with reading(telemetry) as connection:
        found = samples(connection, "HD-9", at(0), at(60))
        assert [(one.sample, one.received) for one in found] == [
            (sample(1, "HD-9", tmp_mmhg=90), at(2)), (sample(2, "HD-9", tmp_mmhg=90), at(3)),
        ]  # fmt: skip
        assert [one.event for one in events(connection, "HD-9", at(0), at(60))] == [rang.entry]
        assert [one.sample.key.seq for one in latest_samples(connection)] == [2]
        assert quarantined(connection) == ()
        assert connection.scalar(sa.select(put_aside.c.bytes)) == 0
    while store.tend(at(600)):
        pass
    with reading(telemetry) as connection:
        (minute,) = minute_trend(connection, "HD-9", "tmp_mmhg", at(0), at(600))
    assert minute.count == 2


def test_what_comes_once_more_is_a_repeat(store: TelemetryStore, telemetry: sa.Engine) -> None:
    store.settle([], [unknown(said(1))])
    store.readmit([said(1)], [])
    assert store.settle([said(1)], []).repeated == 1
    other = arrive(said(1).entry, "other content")
    assert store.settle([other], []).conflicts == 1
    assert books(telemetry) == Account("HD-9", 1, 0, 0, 0, 1)


def test_two_ingests_store_it_once(store: TelemetryStore, telemetry: sa.Engine) -> None:
    store.settle([], [unknown(said(n)) for n in (1, 2)])
    other = TelemetryStore(telemetry, lambda: MACHINES)
    assert store.readmit([said(1)], []) == 1
    assert other.readmit([said(1), said(2)], []) == 1
    assert books(telemetry) == Account("HD-9", 2, 2, 0, 0, 0)


def test_history_that_is_readmitted_does_not_become_the_present(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([said(5)], [unknown(said(n)) for n in (1, 2)])
    assert store.readmit([said(1), said(2)], []) == 2
    with reading(telemetry) as connection:
        assert [one.sample.key for one in latest_samples(connection)] == [Key("HD-9", BOOT, 5)]


def test_a_key_in_conflict_stays_where_it_is(store: TelemetryStore, telemetry: sa.Engine) -> None:
    store.settle([], [unknown(said(n)) for n in (1, 2)])
    store.settle([arrive(said(1).entry, "other content")], [])
    assert [one.key for one in store.waiting(HERE, 10)] == [Key("HD-9", BOOT, 2)]
    assert store.readmit([said(1), said(2)], []) == 1
    assert books(telemetry) == Account("HD-9", 2, 1, 0, 0, 1)


def test_what_has_another_fault_gets_its_reason_and_is_not_asked_for_again(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    refused = unknown(said(1))
    store.settle([], [refused])
    assert store.readmit([], [replace(refused, reason="no sensor shows that")]) == 0
    assert store.waiting(HERE, 10) == ()
    with reading(telemetry) as connection:
        assert [one.reason for one in quarantined(connection)] == ["no sensor shows that"]
    assert books(telemetry) == Account("HD-9", 1, 0, 0, 1, 0)


def test_other_machines_and_other_reasons_are_left_alone(store: TelemetryStore) -> None:
    store.settle([], [unknown(said(1)), replace(unknown(said(2)), reason="because")])
    assert store.waiting("HD-1", 10) == ()
    assert [one.key for one in store.waiting(HERE, 10)] == [Key("HD-9", BOOT, 1)]
    assert len(store.waiting(HERE, 0)) == 0
