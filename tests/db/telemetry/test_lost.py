"""What a gateway gave and holds no more is lost, and said to be: never for a moment taken for
stored, and no longer lost if it comes after all."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from db.telemetry.accounts import account, miscounted
from db.telemetry.lost import lost_of, reach
from db.telemetry.read import reading
from db.telemetry.spools import give_up
from db.telemetry.store import TelemetryStore
from db.telemetry.tables import boot as boots
from db.telemetry.tally import Tally
from domain.telemetry import Account, BootHeld, SpoolReport, Watermark
from tests.db.telemetry.world import BOOT, LATER_BOOT, START, arrive, at, sample

LAST_BOOT = "c" * 32


def says(boot: str, *held: BootHeld, gateway: str = "gw") -> SpoolReport:
    return SpoolReport("HD-1", gateway, boot, held)


def note(store: TelemetryStore, *reports: SpoolReport) -> None:
    store.note(at(1), [], reports)


def books(telemetry: sa.Engine) -> Account:
    with reading(telemetry) as connection:
        found = account(connection, "HD-1")
        assert miscounted(connection, START) == ()
    assert found.adds_up
    return found


def stored(store: TelemetryStore, *seqs: int, boot: str = BOOT) -> tuple[Watermark, ...]:
    return store.settle([arrive(sample(seq, boot=boot)) for seq in seqs], []).watermarks


def test_what_was_on_a_disk_that_died_is_lost(store: TelemetryStore, telemetry: sa.Engine) -> None:
    stored(store, 1, 2, 5)
    note(store, says(BOOT, BootHeld(BOOT, 9, 3)))
    assert books(telemetry) == Account("HD-1", 9, 3, 6, 0, 0, lost=0)
    stored(store, 1, boot=LATER_BOOT)
    note(store, says(LATER_BOOT, BootHeld(LATER_BOOT, 1, 2)))
    assert books(telemetry) == Account("HD-1", 10, 4, 0, 0, 0, lost=6)


def test_what_the_new_boot_still_holds_is_not(store: TelemetryStore, telemetry: sa.Engine) -> None:
    stored(store, 1, 2)
    stored(store, 1, boot=LATER_BOOT)
    note(store, says(LATER_BOOT, BootHeld(LATER_BOOT, 1, 2), BootHeld(BOOT, 9, 3)))
    assert books(telemetry) == Account("HD-1", 10, 3, 7, 0, 0, lost=0)
    assert stored(store, *range(3, 10)) == (Watermark("HD-1", BOOT, 9),)
    note(store, says(LATER_BOOT, BootHeld(LATER_BOOT, 1, 2)))
    assert books(telemetry) == Account("HD-1", 10, 10, 0, 0, 0, lost=0)


def test_what_comes_after_all_is_stored_and_lost_no_more(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    stored(store, 1, 4)
    stored(store, 1, boot=LATER_BOOT)
    note(store, says(LATER_BOOT, BootHeld(LATER_BOOT, 1, 2)))
    assert books(telemetry).lost == 2
    assert stored(store, 3) == (Watermark("HD-1", BOOT, 1),)
    assert books(telemetry) == Account("HD-1", 5, 4, 0, 0, 0, lost=1)
    stored(store, 7)
    assert books(telemetry) == Account("HD-1", 8, 5, 0, 0, 0, lost=3)


def test_a_gateway_that_has_its_old_disk_again_holds_again(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    stored(store, 1)
    note(store, says(BOOT, BootHeld(BOOT, 5, 2)))
    stored(store, 1, boot=LATER_BOOT)
    note(store, says(LATER_BOOT, BootHeld(LATER_BOOT, 1, 2)))
    assert books(telemetry).lost == 4
    stored(store, 1, boot=LAST_BOOT)
    note(store, says(LAST_BOOT, BootHeld(LAST_BOOT, 1, 2), BootHeld(BOOT, 5, 2)))
    assert books(telemetry) == Account("HD-1", 7, 3, 4, 0, 0, lost=0)
    assert stored(store, 2) == (Watermark("HD-1", BOOT, 2),)


def test_a_late_word_of_an_older_boot_does_not_end_a_newer_one(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    stored(store, 1, 2)
    stored(store, 1, boot=LATER_BOOT)
    note(store, says(LATER_BOOT, BootHeld(LATER_BOOT, 4, 2)))
    note(store, says(BOOT, BootHeld(BOOT, 2, 3)))
    assert books(telemetry) == Account("HD-1", 6, 3, 3, 0, 0, lost=0)


def test_the_last_of_two_words_in_one_writing_counts(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    note(
        store,
        says(LATER_BOOT, BootHeld(LATER_BOOT, 5, 1)),
        says(BOOT, BootHeld(BOOT, 2, 1)),
    )
    assert books(telemetry) == Account("HD-1", 7, 0, 2, 0, 0, lost=5)


def test_a_gateway_says_nothing_of_what_another_one_holds(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    stored(store, 2)
    note(store, says(LATER_BOOT, BootHeld(LATER_BOOT, 1, 1), gateway="other"))
    assert books(telemetry) == Account("HD-1", 3, 1, 2, 0, 0, lost=0)


def test_a_gateway_that_is_gone_for_good_is_given_up(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    stored(store, 2)
    note(store, says(LATER_BOOT, BootHeld(LATER_BOOT, 1, 1), gateway="other"))
    with telemetry.begin() as connection:
        assert give_up(connection, "gw", at(9)) == 1
        assert give_up(connection, "gw", at(9)) == 0
    assert books(telemetry) == Account("HD-1", 3, 1, 1, 0, 0, lost=1)


def test_a_database_put_back_to_an_older_copy_lets_the_gateway_go_on(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    """Else its spool would keep everything behind the gap for ever, and fill up."""
    stored(store, 1, 2)  # the copy; 3 to 6 were stored after it and forgotten by the gateway
    assert stored(store, 7, 8) == (Watermark("HD-1", BOOT, 2),)
    note(store, says(BOOT, BootHeld(BOOT, 9, 7)))
    assert books(telemetry) == Account("HD-1", 9, 4, 1, 0, 0, lost=4)
    assert stored(store, 8) == (Watermark("HD-1", BOOT, 8),)
    assert stored(store, 9, 4) == (Watermark("HD-1", BOOT, 9),)
    assert books(telemetry) == Account("HD-1", 9, 6, 0, 0, 0, lost=3)


def test_in_daily_life_nothing_is_written_of_it(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    stored(store, 1, 2, 3)
    note(store, says(BOOT, BootHeld(BOOT, 5, 3)))
    with telemetry.connect() as connection:
        (row,) = connection.execute(sa.select(boots.c.held_from, boots.c.gone, boots.c.given))
    assert tuple(row) == (0, None, 5)


numbers = st.sets(st.integers(1, 30))


@given(came=numbers, last=st.integers(0, 35), first=st.integers(0, 40), gone=st.booleans())
def test_lost_and_reach_are_what_counting_gives(
    came: set[int], last: int, first: int, gone: bool
) -> None:
    tally = Tally()
    for number in sorted(came):
        tally.add(number)
    given_ = max(last, tally.highest)
    missing = {n for n in range(1, given_ + 1) if n not in came}
    lost = missing if gone else {n for n in missing if n < first}
    assert lost_of(tally, given_, first, gone=gone) == len(lost)
    expected = next(n for n in range(50) if n + 1 not in came and n + 1 >= first)
    assert reach(tally, first) == expected


@pytest.mark.parametrize("first", [0, 1, 3])
def test_without_a_gap_the_reach_is_what_is_settled(first: int) -> None:
    assert reach(Tally(2, [(5, 6)]), first) == 2
