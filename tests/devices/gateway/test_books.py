"""What a gateway says of the numbers it gave and still holds."""

from __future__ import annotations

from devices.gateway.books import Books
from devices.gateway.spool import Holding
from domain.telemetry import BootHeld, LinkState, LinkStatus
from tests.devices.gateway.world import BOOT, NOW, OTHER

STATE = LinkState("HD-1", "gw", BOOT, LinkStatus.ONLINE, NOW, NOW)


def test_the_first_number_that_is_held_follows_what_is_forgotten() -> None:
    books = Books(BOOT, [Holding("HD-1", OTHER, 4, 9, 6), Holding("HD-2", OTHER, 1, 1, 1)])
    books.kept("HD-1", 10)
    report = books.report(STATE, NOW)
    assert (report.accepted, report.first, report.spooled) == (10, 1, 14)
    assert report.older == (BootHeld(OTHER, 9, 6),)
    books.forgot({("HD-1", BOOT): 3, ("HD-1", OTHER): 2})
    report = books.report(STATE, NOW)
    assert (report.first, report.older) == (4, (BootHeld(OTHER, 9, 8),))


def test_what_is_held_no_more_is_not_named() -> None:
    books = Books(BOOT, [Holding("HD-1", OTHER, 1, 9, 9)])
    books.kept("HD-1", 2)
    books.forgot({("HD-1", BOOT): 2, ("HD-1", OTHER): 1})
    report = books.report(STATE, NOW)
    assert (report.accepted, report.first, report.older) == (2, 3, ())


def test_a_spool_with_gaps_names_no_number_too_high() -> None:
    books = Books(BOOT, [Holding("HD-1", OTHER, 2, 9, 3)])
    books.forgot({("HD-1", OTHER): 1})
    assert books.report(STATE, NOW).older == (BootHeld(OTHER, 9, 4),)
