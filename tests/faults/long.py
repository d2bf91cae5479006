"""The long run of faults: `python -m tests.faults.long --kills 1000 --samples 1000000 --seed 1`.

Every fault once, then kills at random moments mixed with all the others, until there were so
many kills and so many samples. Prints the seed, the counts and the verdict."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from random import Random

from tests.faults.chaos import random_kills
from tests.faults.faults import DISKS, LINKS, LONG, OTHERS
from tests.faults.page import Teller, publish
from tests.faults.record import Books
from tests.faults.world import World

SECONDS = 900.0
"""In which a world must come to rest."""


def main() -> int:
    """1 if anything was lost, doubled or altered."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--samples", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--machines", type=int, default=20)
    options.add_argument("--rate", type=float, default=1200.0, help="samples a second in all")
    options.add_argument("--page", action="store_true", help="write docs/reliability.md")
    given = options.parse_args()
    began, tell = time.monotonic(), Teller()
    with (
        tempfile.TemporaryDirectory() as folder,
        World(Path(folder), given.machines, given.seed) as world,
    ):
        world.ingest()
        world.feed(given.rate)
        clean = _each_once(world, given.seed, given.rate, tell)
        books = random_kills(
            world,
            kills=given.kills,
            samples=given.samples,
            seed=given.seed,
            rate=given.rate,
            seconds=SECONDS,
            mixed=True,
            told=lambda line: tell(line, shown=" killed," not in line),
        )
        spent = time.monotonic() - began
        tell(f"seed {given.seed}, {world.killed} SIGKILLs, {spent:.0f} s: {books}")
    if given.page:
        asked = f"--kills {given.kills} --samples {given.samples} --seed {given.seed}"
        asked += f" --rate {given.rate:g}"
        publish("faults", f"python -m tests.faults.long {asked}", tell.lines)
    return 0 if clean and books.clean else 1


def _each_once(world: World, seed: int, rate: float, tell: Teller) -> bool:
    """Those that are no kill, one after another, with the books in between."""
    clean = True
    for fault in (*LINKS, *DISKS, *OTHERS, *LONG):
        world.tell(f"rate {rate}")
        world.flow(world.accepted + 1, SECONDS)
        fault(world, Random(f"{seed} {fault.__name__}"))
        books: Books = world.settle(SECONDS)
        tell(f"{fault.__name__}: {books}")
        clean = clean and books.clean
    return clean


if __name__ == "__main__":
    raise SystemExit(main())
