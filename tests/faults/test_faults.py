"""Accepted is stored, exactly once, whatever happens in between. The short of it; the long run
is `python -m tests.faults.long`. One world serves all faults; each begins and ends in calm."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from tests.faults import faults
from tests.faults.chaos import random_kills
from tests.faults.faults import DISKS, KILLS, LINKS, OTHERS, Fault
from tests.faults.world import World

SEED = 20260302
RATE = 200.0
SECONDS = 60.0
BITES: dict[Fault, str] = {
    faults.disk_of_the_database_full: "the database takes no writes",
    faults.write_errors: "the database takes no writes",
    faults.disk_of_the_gateway_full: "the spool cannot be written",
    faults.second_ingest: "storing",
}
"""What is said when a fault has really met its target. Who is killed by SIGKILL is waited for and
has met it in any case; that nobody noticed, because it was back so soon, is no fault."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with World(tmp_path_factory.mktemp("faults"), machines=8, seed=SEED) as broken:
        broken.ingest()
        broken.feed(RATE)
        yield broken


@pytest.mark.parametrize("fault", [*KILLS, *LINKS, *DISKS, *OTHERS], ids=lambda one: one.__name__)
def test_what_is_accepted_is_stored_exactly_once(world: World, fault: Fault) -> None:
    accepted, bitten = world.accepted, world.said(BITES.get(fault, ""))
    world.tell(f"rate {RATE}")
    fault(world, Random(f"{SEED} {fault.__name__}"))
    world.tell(f"rate {RATE}")
    world.flow(accepted + 100, SECONDS)
    books = world.settle(SECONDS)
    print(f"seed {SEED}, {fault.__name__}: {books}")
    assert books.clean
    assert fault not in BITES or world.said(BITES[fault]) > bitten


def test_nothing_is_lost_when_everything_is_killed_at_random(world: World) -> None:
    books = random_kills(world, kills=12, samples=0, seed=SEED, rate=RATE, seconds=SECONDS)
    print(f"seed {SEED}, {world.killed} killed: {books}")
    assert books.clean


def test_every_fault_is_listed() -> None:
    listed = {*KILLS, *LINKS, *DISKS, *OTHERS, *faults.LONG}
    there = {one for name, one in vars(faults).items() if getattr(one, "__module__", "") ==
             faults.__name__ and name not in ("failing", "Fault")}  # fmt: skip
    assert there == listed
