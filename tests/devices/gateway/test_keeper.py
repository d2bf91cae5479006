"""The keeper: a spool that is full or cannot be written, and what is told of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.gateway.announcer import Announcer
from devices.gateway.belief import Speaker
from devices.gateway.clock import Clock
from devices.gateway.keeper import Keeper
from devices.gateway.spool import Spool
from domain.telemetry import (
    Entry,
    Event,
    EventKind,
    Generation,
    LinkState,
    LinkStatus,
    Sample,
)
from tests.devices.gateway.world import BOOT, NOW, until

SPEAKER = Speaker("HD-1", "gw", BOOT, "polled", Generation.TEST)
SAMPLE: Entry = Sample(SPEAKER.key, SPEAKER.origin(NOW), None, None, None, {"tmp_mmhg": 92})
EVENT: Entry = Event(SPEAKER.key, SPEAKER.origin(NOW), EventKind.PHASE, text="idle")


@contextmanager
def keeping(folder: Path, limit: int) -> Iterator[tuple[Keeper, Spool]]:
    spool = Spool(folder / "s.db")
    clock = Clock()
    keeper = Keeper(BOOT, spool, Announcer("c", "gw", BOOT, "", clock), clock, limit)
    keeper.start()
    try:
        yield keeper, spool
    finally:
        keeper.stop()
        spool.close()


def refused(keeper: Keeper) -> tuple[int, int]:
    state = LinkState("HD-1", "gw", BOOT, LinkStatus.ONLINE, NOW, NOW)
    report = keeper.books.report(state, NOW)
    return report.accepted, report.refused


def test_an_offer_is_settled_once_it_is_on_the_disk(tmp_path: Path) -> None:
    with keeping(tmp_path, 100) as (keeper, _):
        assert keeper.offer("HD-1", (SAMPLE, EVENT), b"memory").wait(10)
        assert keeper.offer("HD-1", (), b"later").wait(10)
        with sqlite3.connect(tmp_path / "s.db") as other:
            seqs = other.execute("SELECT seq FROM entry").fetchall()
            assert (seqs, other.execute("SELECT kept FROM memory").fetchall()) == (
                [(1,), (2,)], [(b"later",)],
            )  # fmt: skip


def test_a_full_spool_keeps_the_oldest_and_counts_what_it_refuses(tmp_path: Path) -> None:
    with keeping(tmp_path, 10) as (keeper, spool):
        told = [keeper.offer("HD-1", (SAMPLE,), None) for _ in range(13)]
        assert [one.wait(10) for one in told].count(True) <= 10
        assert refused(keeper) == (10, 3)
        assert keeper.offer("HD-1", (EVENT,), None).wait(10)
        assert not keeper.offer("HD-1", (EVENT,), None).wait(10)
        assert refused(keeper) == (11, 4)
        assert [one.seq for one in spool.after(0, 99, 99)] == list(range(1, 12))


def test_while_the_file_cannot_be_written_nothing_is_lost_or_confirmed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with keeping(tmp_path, 100) as (keeper, spool):
        spool._file.execute("PRAGMA busy_timeout = 0")
        other = sqlite3.connect(tmp_path / "s.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        ticket = keeper.offer("HD-1", (SAMPLE,), None)
        until(lambda: "locked" in keeper.trouble)
        assert not ticket.wait(0.01)
        other.execute("ROLLBACK")
        assert ticket.wait(10)
        until(lambda: keeper.trouble == "")
        assert refused(keeper) == (1, 0)
        assert keeper.alive
    assert "cannot be written" in caplog.text


def test_what_is_offered_before_the_end_is_kept(tmp_path: Path) -> None:
    with keeping(tmp_path, 100) as (keeper, _):
        tickets = [keeper.offer("HD-1", (SAMPLE,), None) for _ in range(50)]
    assert all(ticket.wait(0) for ticket in tickets)
    assert not keeper.alive
