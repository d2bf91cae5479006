"""What becomes of a batch."""

from __future__ import annotations

import sqlalchemy as sa

from db.telemetry.accounts import account, accounts, conflicts, miscounted, quarantined
from db.telemetry.read import events, latest_samples, reading, samples
from db.telemetry.store import TelemetryStore
from domain.telemetry import Account, Settled, Watermark
from tests.db.telemetry.world import BOOT, LATER_BOOT, START, alarm, arrive, aside, at, sample


def books(telemetry: sa.Engine, machine: str = "HD-1") -> Account:
    with reading(telemetry) as connection:
        assert miscounted(connection, START) == ()
        assert all(one.adds_up for one in accounts(connection))
        return account(connection, machine)


def test_what_was_said_can_be_read_again(store: TelemetryStore, telemetry: sa.Engine) -> None:
    said, rang = sample(1), alarm(2)
    settled = store.settle([arrive(said), arrive(rang)], [])
    assert settled == Settled(2, 0, 0, 0, (Watermark("HD-1", BOOT, 2),))
    with reading(telemetry) as connection:
        (stored,) = samples(connection, "HD-1", at(0), at(60))
        (event,) = events(connection, "HD-1", at(0), at(60))
    assert (stored.sample, stored.received) == (said, at(2))
    assert (event.event, event.received) == (rang, at(3))


def test_the_same_again_changes_nothing(store: TelemetryStore, telemetry: sa.Engine) -> None:
    batch = [arrive(sample(1)), arrive(alarm(2)), arrive(sample(1))]
    assert store.settle(batch, []) == Settled(2, 1, 0, 0, (Watermark("HD-1", BOOT, 2),))
    assert store.settle(batch, []) == Settled(0, 3, 0, 0, (Watermark("HD-1", BOOT, 2),))
    assert books(telemetry) == Account("HD-1", 2, 2, 0, 0, 0)


def test_a_gap_holds_the_watermark_until_it_is_filled(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    marks = store.settle([arrive(sample(n)) for n in (1, 3, 4)], []).watermarks
    assert marks == (Watermark("HD-1", BOOT, 1),)
    assert books(telemetry) == Account("HD-1", 4, 3, 1, 0, 0)
    marks = store.settle([arrive(sample(2))], []).watermarks
    assert marks == (Watermark("HD-1", BOOT, 4),)
    assert store.watermarks() == marks


def test_nothing_is_told_while_the_first_number_is_missing(store: TelemetryStore) -> None:
    assert store.settle([arrive(sample(2))], []).watermarks == ()
    assert store.watermarks() == ()


def test_the_watermark_of_a_new_boot_says_nothing_of_the_old_one(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(sample(1)), arrive(sample(3))], [])
    settled = store.settle([arrive(sample(n, boot=LATER_BOOT)) for n in range(1, 6)], [])
    assert settled.watermarks == (Watermark("HD-1", LATER_BOOT, 5),)
    assert set(store.watermarks()) == {
        Watermark("HD-1", BOOT, 1), Watermark("HD-1", LATER_BOOT, 5),
    }  # fmt: skip
    assert books(telemetry) == Account("HD-1", 8, 7, 1, 0, 0)


def test_other_content_under_a_key_is_a_conflict_of_which_both_sides_are_kept(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    first, other = arrive(sample(1)), arrive(sample(1, tmp_mmhg=5), "other")
    store.settle([first], [])
    assert store.settle([other], []) == Settled(0, 0, 1, 0, (Watermark("HD-1", BOOT, 1),))
    assert store.settle([other, first], []).conflicts == 0
    with reading(telemetry) as connection:
        one, two = conflicts(connection)
        (kept,) = samples(connection, "HD-1", at(0), at(60))
    assert (one.was, two.was, two.content) == ("sample", "", other.payload)
    assert b'"venous_pressure_mmhg":128' in one.content
    assert kept.sample == first.entry
    assert books(telemetry) == Account("HD-1", 1, 0, 0, 0, 1)


def test_a_key_of_an_event_and_of_a_sample_is_one_key(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(alarm(1))], [])
    assert store.settle([arrive(sample(1), "as a sample")], []).conflicts == 1
    assert books(telemetry) == Account("HD-1", 1, 0, 0, 0, 1)


def test_a_third_content_is_kept_but_the_key_is_counted_once(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(sample(1), content) for content in ("a", "b", "c")], [])
    assert books(telemetry) == Account("HD-1", 1, 0, 0, 0, 1)
    with reading(telemetry) as connection:
        assert len(conflicts(connection)) == 3


def test_a_quarantined_message_is_in_the_books_and_lets_the_watermark_pass(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    settled = store.settle([arrive(sample(2, "HD-9"))], [aside(1)])
    assert settled == Settled(1, 0, 0, 1, (Watermark("HD-9", BOOT, 2),))
    assert store.settle([], [aside(1)]).repeated == 1
    assert books(telemetry, "HD-9") == Account("HD-9", 2, 1, 0, 1, 0)


def test_a_key_that_was_put_aside_first_can_be_in_conflict_too(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([], [aside(1)])
    store.settle([arrive(sample(1, "HD-9"), "now it can be read")], [])
    assert books(telemetry, "HD-9") == Account("HD-9", 1, 0, 0, 0, 1)


def test_a_message_without_a_number_is_kept_once_and_is_in_no_books(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    for _ in range(3):
        store.settle([], [aside(None), aside(None, machine="", content="\0\ud800 nonsense")])
    with reading(telemetry) as connection:
        assert [(one.machine, one.keyed, one.strays) for one in quarantined(connection)] == [
            ("", 0, 1), ("HD-9", 0, 1),
        ]  # fmt: skip
        assert accounts(connection) == ()


def test_the_present_is_the_newest_number_whatever_order_they_come_in(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(sample(3)), arrive(sample(5)), arrive(sample(4))], [])
    store.settle([arrive(sample(2)), arrive(sample(1, "HD-2"))], [])
    with reading(telemetry) as connection:
        present = latest_samples(connection)
    assert [(one.sample.key.machine, one.sample.key.seq) for one in present] == [
        ("HD-1", 5), ("HD-2", 1),
    ]  # fmt: skip


def test_a_batch_of_nothing_is_nothing(store: TelemetryStore) -> None:
    assert store.settle([], []) == Settled(0, 0, 0, 0, ())
