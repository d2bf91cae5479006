"""The queue between the network and the writer."""

from __future__ import annotations

import threading
import time

from devices.ingest.intake import APART, MANY, MOST, Heard, Intake
from tests.devices.ingest.world import NOON, event, message, sample, wait_until


def heard(seq: int) -> Heard:
    return message(sample(seq)), NOON


def tokens(batch: list[Heard]) -> list[int]:
    return [one.token[1] for one, _ in batch if one.token is not None]


def test_a_batch_is_what_came_in_its_order() -> None:
    intake = Intake()
    for seq in (1, 2, 3):
        assert intake.put([heard(seq)], 0)
    assert tokens(intake.take(0)) == [1, 2, 3]
    assert intake.take(0) == []


def test_events_come_first() -> None:
    intake = Intake()
    intake.put([heard(1)], 0)
    intake.put([(message(event(2)), NOON)], 0)
    assert tokens(intake.take(0)) == [2, 1]


def test_a_batch_has_an_end() -> None:
    intake = Intake()
    for seq in range(1, MOST + 11):
        intake.put([heard(seq)], 0)
    assert len(intake.take(0)) == MOST
    assert len(intake.take(0)) == 10


def test_while_many_come_the_next_batch_gathers() -> None:
    intake = Intake()
    intake.put([heard(seq) for seq in range(MANY)], 0)
    assert len(intake.take(0)) == MANY
    began = time.monotonic()
    intake.put([heard(1)], 0)
    threading.Timer(APART / 2, lambda: intake.put([heard(2)], 0)).start()
    assert tokens(intake.take(10)) == [1, 2]
    assert time.monotonic() - began > APART / 2
    intake.put([heard(3)], 0)
    began = time.monotonic()
    assert tokens(intake.take(10)) == [3]
    assert time.monotonic() - began < APART / 2


def test_a_full_batch_does_not_wait_for_more() -> None:
    intake = Intake()
    intake.put([heard(seq) for seq in range(MANY)], 0)
    intake.take(0)
    intake.put([heard(seq) for seq in range(MOST)], 0)
    began = time.monotonic()
    assert len(intake.take(10)) == MOST
    assert time.monotonic() - began < APART / 2


def test_what_finds_no_room_in_time_is_not_taken() -> None:
    intake = Intake(capacity=2)
    assert [intake.put([heard(seq)], 0.01) for seq in (1, 2, 3)] == [True, True, False]
    assert len(intake) == 2


def test_whoever_waits_for_room_gets_it_when_there_is_some() -> None:
    intake = Intake(capacity=1)
    intake.put([heard(1)], 0)
    put: list[bool] = []
    waiting = threading.Thread(target=lambda: put.append(intake.put([heard(2)], 10)))
    waiting.start()
    assert tokens(intake.take(0)) == [1]
    waiting.join()
    assert put == [True]


def test_the_writer_is_woken_by_the_first_message_and_by_the_end() -> None:
    intake = Intake()
    batches: list[list[Heard]] = []
    taking = threading.Thread(target=lambda: batches.extend([intake.take(10), intake.take(10)]))
    began = time.monotonic()
    taking.start()
    intake.put([heard(1)], 0)
    wait_until(lambda: len(intake) == 0)
    intake.close()
    taking.join()
    assert [tokens(batch) for batch in batches] == [[1], []]
    assert time.monotonic() - began < 10
    assert not intake.put([heard(2)], 0)
