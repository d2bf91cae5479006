"""What was put aside is stored once its machine is registered."""

from __future__ import annotations

from dataclasses import replace

from devices.ingest.reader import read
from devices.ingest.readmission import AT_ONCE, Readmission
from domain.telemetry import UNREGISTERED, Key, Quarantined
from tests.devices.ingest.world import BOOT, KNOWN, NOON, MemoryStore, event, message, sample


def put_aside(store: MemoryStore, count: int, machine: str = "HD-9") -> None:
    for seq in range(1, count + 1):
        topic, payload = (it := message(sample(seq, machine))).topic, it.payload
        refused = read(topic, payload, NOON, store.machines)
        assert isinstance(refused, Quarantined)
        assert refused.reason == UNREGISTERED
        store.aside.append(refused)


def run(readmission: Readmission, store: MemoryStore) -> int:
    """Until nothing is left to do; how many messages were stored."""
    before = len(store.arrivals)
    while readmission.step(store):
        pass
    return len(store.arrivals) - before


def test_a_machine_that_is_registered_gets_what_it_said_before() -> None:
    store, readmission = MemoryStore(), Readmission()
    put_aside(store, 3)
    assert run(readmission, store) == 0
    store.machines = KNOWN | {"HD-9"}
    assert run(readmission, store) == 3
    assert [one.entry for one in store.arrivals] == [sample(seq, "HD-9") for seq in (1, 2, 3)]
    assert [one.received for one in store.arrivals] == [NOON] * 3
    assert store.aside == []


def test_an_ingest_that_begins_looks_at_all_machines_in_steps() -> None:
    store = MemoryStore()
    put_aside(store, AT_ONCE + 1)
    store.machines = KNOWN | {"HD-9"}
    assert run(Readmission(), store) == AT_ONCE + 1
    assert store.aside == []


def test_a_machine_that_is_taken_out_and_registered_again_is_looked_at_again() -> None:
    store, readmission = MemoryStore(), Readmission()
    store.machines = KNOWN | {"HD-9"}
    assert run(readmission, store) == 0
    store.machines = KNOWN
    assert run(readmission, store) == 0
    put_aside(store, 1)
    store.machines = KNOWN | {"HD-9"}
    assert run(readmission, store) == 1


def test_what_has_another_fault_stays_with_its_true_reason() -> None:
    store = MemoryStore()
    wrong = message(event(1, "a phase", "HD-9"))
    refused = read(wrong.topic.replace("event", "telemetry"), wrong.payload, NOON, KNOWN)
    assert isinstance(refused, Quarantined)
    store.aside.append(refused)
    store.machines = KNOWN | {"HD-9"}
    assert run(Readmission(), store) == 0
    assert store.aside == [replace(refused, reason="$.schema: not what telemetry is for")]


def test_what_the_database_refuses_stays_and_the_others_are_stored() -> None:
    store = MemoryStore()
    put_aside(store, 3)
    store.poison = b'"seq":2,'
    store.machines = KNOWN | {"HD-9"}
    run(Readmission(), store)
    assert [one.entry.key.seq for one in store.arrivals] == [1, 3]
    (left,) = store.aside
    assert (left.key, left.reason) == (Key("HD-9", BOOT, 2), "the database refuses it: poison")


def test_while_it_is_not_known_which_machines_there_are_nothing_is_done() -> None:
    store = MemoryStore()
    store.down = "the center's machines cannot be read"
    assert not Readmission().step(store)
