"""Replayed history never becomes the present; links and lives of gateways."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from db.telemetry.accounts import account
from db.telemetry.read import latest_samples, links, pulses, reading
from db.telemetry.store import TelemetryStore
from domain.telemetry import (
    Account,
    BootHeld,
    GatewayLife,
    Key,
    LinkCounters,
    LinkState,
    LinkStatus,
    SpoolReport,
)
from tests.db.telemetry.world import BOOT, LATER_BOOT, arrive, at, sample

HOUR = 3_600


def present(telemetry: sa.Engine) -> Key:
    with reading(telemetry) as connection:
        (one,) = latest_samples(connection)
    return one.sample.key


def link(boot: str = BOOT, polls: int = 1, status: LinkStatus = LinkStatus.ONLINE) -> LinkState:
    return LinkState("HD-1", "gw", boot, status, at(0), at(1), LinkCounters(polls=polls))


def spool(*held: BootHeld) -> SpoolReport:
    return SpoolReport("HD-1", "gw", held[0].boot, held)


def test_the_spool_of_an_older_boot_that_comes_later_does_not_change_the_present(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(sample(1, boot=LATER_BOOT, seconds=HOUR))], [])
    store.settle([arrive(sample(n, boot=BOOT), late=HOUR) for n in range(1, 50)], [])
    assert present(telemetry) == Key("HD-1", LATER_BOOT, 1)


def test_a_new_boot_is_the_present_though_its_clock_stands_in_the_past(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(sample(9, boot=BOOT))], [])
    store.note(at(10), [link(LATER_BOOT)], [])
    store.settle([arrive(sample(1, boot=LATER_BOOT, seconds=-900 * 24 * HOUR))], [])
    assert present(telemetry) == Key("HD-1", LATER_BOOT, 1)
    store.settle([arrive(sample(10, boot=BOOT))], [])
    assert present(telemetry) == Key("HD-1", LATER_BOOT, 1)


def test_a_clock_that_jumps_back_within_a_boot_changes_no_order(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(sample(1, seconds=HOUR)), arrive(sample(2, seconds=1))], [])
    assert present(telemetry) == Key("HD-1", BOOT, 2)


def test_history_of_both_boots_in_one_batch_leaves_the_newer_one(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    newer = [arrive(sample(n, boot=LATER_BOOT, seconds=HOUR + n)) for n in (1, 2)]
    older = [arrive(sample(n, boot=BOOT)) for n in (1, 2, 3)]
    store.settle([older[0], newer[1], older[1], newer[0], older[2]], [])
    assert present(telemetry) == Key("HD-1", LATER_BOOT, 2)


def test_what_a_gateway_gave_and_did_not_deliver_is_in_its_spool(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(sample(1))], [])
    older = BootHeld(BOOT, 5)
    store.note(at(2), [link()], [spool(BootHeld(LATER_BOOT, 2), older)])
    store.note(at(3), [link()], [spool(BootHeld(LATER_BOOT, 1), replace(older, given=4))])
    with reading(telemetry) as connection:
        assert account(connection, "HD-1") == Account("HD-1", 7, 1, 6, 0, 0)


def test_the_newest_state_of_a_link_is_kept(store: TelemetryStore, telemetry: sa.Engine) -> None:
    store.note(at(1), [link(polls=1)], [])
    store.note(at(2), [link(polls=9, status=LinkStatus.NO_REPLY)], [])
    store.note(at(3), [link(polls=5)], [])
    with reading(telemetry) as connection:
        assert links(connection) == (link(polls=9, status=LinkStatus.NO_REPLY),)


def test_a_new_boot_counts_from_the_beginning(store: TelemetryStore, telemetry: sa.Engine) -> None:
    store.note(at(1), [link(polls=900)], [])
    store.note(at(2), [link(LATER_BOOT, polls=1)], [])
    with reading(telemetry) as connection:
        assert links(connection) == (link(LATER_BOOT, polls=1),)


def test_a_link_of_a_machine_that_is_not_registered_is_not_kept(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    stranger = replace(link(), machine="HD-9")
    store.note(at(1), [stranger], [replace(spool(BootHeld(BOOT, 3)), machine="HD-9")])
    with reading(telemetry) as connection:
        assert links(connection) == ()
        assert account(connection, "HD-9").in_spool == 3


def test_two_gateways_that_claim_one_machine_are_both_seen(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    other = replace(link(LATER_BOOT), gateway="other")
    store.note(at(1), [link()], [])
    store.note(at(2), [other], [])
    with reading(telemetry) as connection:
        assert links(connection) == (other, link())


def test_links_of_a_dead_gateway_are_offline_unless_the_will_is_of_an_older_boot(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    def lives(boot: str, online: bool) -> GatewayLife:
        return GatewayLife("gw", boot, online, at(5))

    store.note(at(1), [link()], [], [lives(BOOT, True), lives(BOOT, False)])
    with reading(telemetry) as connection:
        assert [one.status for one in links(connection)] == [LinkStatus.OFFLINE]
    store.note(at(2), [link(LATER_BOOT)], [], [lives(LATER_BOOT, True), lives(BOOT, False)])
    with reading(telemetry) as connection:
        assert [one.status for one in links(connection)] == [LinkStatus.ONLINE]


def test_an_ingest_leaves_word_that_it_lives(store: TelemetryStore, telemetry: sa.Engine) -> None:
    store.beat("main", at(1))
    store.beat("main", at(2))
    store.beat("second", at(1))
    with reading(telemetry) as connection:
        assert pulses(connection) == {"main": at(2), "second": at(1)}
