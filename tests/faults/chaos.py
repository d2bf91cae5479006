"""Kills at random moments, with bad weather in between, until there were enough of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import Random

from tests.faults.faults import DISKS, KILLS, LINKS, OTHERS
from tests.faults.record import Books
from tests.faults.world import World

WORSE = 12
"""One step in so many is no kill but something of the disks, links or other faults."""

BACKLOG = 50_000
"""Entries in spools. With more of them the killing stops until half of them are stored: all of
them must be in the end, and the end is waited for."""


def random_kills(
    world: World,
    *,
    kills: int,
    samples: int,
    seed: int,
    rate: float,
    seconds: float,
    mixed: bool = False,
    told: Callable[[str], None] = lambda _: None,
) -> Books:
    """Kills gateway, broker and ingest at random, at least so often, until at least so many
    samples were accepted; `mixed` with every other fault. Returns the books of the end."""
    chance, already = Random(seed), world.killed
    counts: dict[str, int] = {}
    world.tell(f"rate {rate}")
    steps, few = 0, True
    while world.killed - already < kills or few:
        fault = chance.choice(KILLS)
        if mixed and chance.randrange(WORSE) == 0:
            fault = chance.choice((*LINKS, *DISKS, *OTHERS))
        fault(world, chance)
        world.tell(f"rate {rate}")
        counts[fault.__name__] = counts.get(fault.__name__, 0) + 1
        steps += 1
        time.sleep(chance.uniform(0.1, 1.2))
        few = world.accepted < samples if steps % 10 == 0 or not samples else few
        world.supervise()
        if steps % 10 == 0 and world.left > BACKLOG:
            world.drain(BACKLOG // 2, seconds)
        if steps % 50 == 0:
            told(f"{world.killed - already} killed, {world.accepted} accepted, {world.left} left")
    again = f"{world.begun_again} times one had to be begun again that refused a failing disk"
    told(", ".join((*(f"{name} {count}" for name, count in sorted(counts.items())), again)))
    return world.settle(seconds)
