"""The source of the suites never uses a number twice: else a copy in the database would not tell a
fault of ours from one of the source.

In a run of kills a gateway was killed a second time before it had written down anything since
its start. It then began a third time with the numbers of the second, and 180 samples that were
stored once each, under keys of their own, were taken for doubled ones.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from devices.gateway.clock import Clock
from devices.gateway.keeper import Keeper, Ticket
from domain.telemetry import Entry, Sample
from tests.faults.feeder import CLAIM, Feed, Source
from tests.faults.record import recorded
from tests.faults.stream import COLUMNS, number_of

MACHINES = ("HD-01", "HD-02")
FIRST = 1_000_000


class Disk:
    """A keeper that keeps everything at once, or says nothing of it: killed before it could."""

    def __init__(self, *, says: bool) -> None:
        self._says = says
        self.kept: list[tuple[str, int]] = []

    def offer(self, machine: str, entries: tuple[Entry, ...], memory: bytes | None) -> Ticket:
        del memory
        ticket = Ticket()
        for entry in entries:
            assert isinstance(entry, Sample)
            values = {name: int(entry.values[name]) for name in COLUMNS}
            self.kept.append((machine, number_of(values)))
        if self._says:
            ticket.settle(True)
        return ticket


def life(folder: Path, ticks: int, *, says: bool) -> list[tuple[str, int]]:
    """What a gateway keeps between its start and the kill."""
    disk = Disk(says=says)
    feed = Feed("", "", "gw", MACHINES, "", str(folder / "record"), rate=200.0, first=FIRST)
    source = Source(feed, "a" * 32, cast(Keeper, disk), Clock())
    for _ in range(ticks):
        source.tick(0.05)
    return disk.kept


def test_a_gateway_killed_before_it_noted_anything_leaves_its_numbers_used(tmp_path: Path) -> None:
    lives = [life(tmp_path, ticks=3, says=False) for _ in range(3)]
    kept = [one for each in lives for one in each]
    assert [len(each) for each in lives] == [3 * 5 * len(MACHINES)] * 3
    assert len(set(kept)) == len(kept)
    assert recorded(tmp_path / "record") == 0


def test_numbers_go_on_behind_those_of_the_life_before(tmp_path: Path) -> None:
    first = life(tmp_path, ticks=1_000, says=True)
    second = life(tmp_path, ticks=1_000, says=True)
    assert min(first) == ("HD-01", FIRST)
    assert not set(first) & set(second)
    assert max(second)[1] < FIRST + 2 * len(first) // len(MACHINES) + 2 * CLAIM


def test_what_cannot_be_claimed_is_not_used(tmp_path: Path) -> None:
    with full(tmp_path / "record"):
        assert life(tmp_path, ticks=3, says=True) == []
    assert len(life(tmp_path, ticks=3, says=True)) == 3 * 5 * len(MACHINES)


@contextmanager
def full(record: Path) -> Iterator[None]:
    """The disk takes a part of the first line and no more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    record.touch()
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert os.path.getsize(record) == 8
