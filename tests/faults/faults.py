"""Everything that may go wrong, each as something done to a running world. What follows is
always the same question: is what was accepted stored, exactly once?"""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

from tests.faults.world import World, disk_full, stopped

Fault = Callable[[World, Random], None]
A_LITTLE = 1.5


def gateway_killed(world: World, chance: Random) -> None:
    """SIGKILL, and begun anew at once with a boot of its own."""
    world.kill_gateway(chance.choice(sorted(world.feeders)))


def broker_killed(world: World, chance: Random) -> None:
    """SIGKILL; it forgets sessions and everything retained."""
    del chance
    world.kill_broker()


def ingest_killed(world: World, chance: Random) -> None:
    """SIGKILL, away for a moment, begun anew."""
    world.kill_ingest()
    time.sleep(chance.uniform(0, 0.5))
    world.ingest()


def link_cut(world: World, chance: Random) -> None:
    """The connection ends on one side of the broker, and cannot be had again for a while."""
    proxy = chance.choice((world.near, world.far))
    proxy.refuse(True)
    proxy.cut()
    time.sleep(chance.uniform(0, A_LITTLE))
    proxy.refuse(False)


def link_reset(world: World, chance: Random) -> None:
    """It ends without a goodbye."""
    chance.choice((world.near, world.far)).reset()


def half_open(world: World, chance: Random) -> None:
    """Connected, as both ends believe, and nothing arrives."""
    proxy = chance.choice((world.near, world.far))
    proxy.silence(True)
    time.sleep(chance.uniform(1, 3))
    proxy.silence(False)


def half_open_for_long(world: World, chance: Random) -> None:
    """So long that both ends give the connection up."""
    proxy = chance.choice((world.near, world.far))
    proxy.silence(True)
    time.sleep(13)
    proxy.silence(False)


def packet_loss(world: World, chance: Random) -> None:
    """One in ten is lost and comes later; everything in small pieces, with delays."""
    for proxy in (world.near, world.far):
        proxy.loss, proxy.latency, proxy.pieces = 0.1, 0.002, chance.randint(200, 2000)
    time.sleep(2 * A_LITTLE)
    for proxy in (world.near, world.far):
        proxy.loss, proxy.latency, proxy.pieces = 0.0, 0.0, 0


def cut_in_the_middle_of_a_message(world: World, chance: Random) -> None:
    """Connections end after so many bytes, wherever in a packet that is."""
    proxy = chance.choice((world.near, world.far))
    proxy.limit = chance.randint(5_000, 20_000)
    time.sleep(2 * A_LITTLE)
    proxy.limit = 0


def disk_of_the_database_full(world: World, chance: Random) -> None:
    """The ingest may write nothing more into any file, but for its beginning."""
    with disk_full(world.ingests["main"].pid, chance.randrange(100_000)):
        time.sleep(2 * A_LITTLE)


def disk_of_the_gateway_full(world: World, chance: Random) -> None:
    """The same for a gateway; what it cannot keep it does not accept."""
    process = world.feeders[chance.choice(sorted(world.feeders))].process
    assert process is not None
    with disk_full(process.pid, chance.randrange(100_000)):
        time.sleep(2 * A_LITTLE)


def database_locked(world: World, chance: Random) -> None:
    """Another writer holds the database."""
    with closing(sqlite3.connect(world.telemetry, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(chance.uniform(1, 3))
        other.execute("ROLLBACK")


def database_locked_for_long(world: World, chance: Random) -> None:
    """Longer than the ingest waits for it."""
    del chance
    with closing(sqlite3.connect(world.telemetry, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        time.sleep(13)
        other.execute("ROLLBACK")


def write_errors(world: World, chance: Random) -> None:
    """Each few syncs and writes of the ingest fail with an error of the disk."""
    every = chance.randint(3, 9)
    with failing(world.ingests["main"].pid, every):
        time.sleep(2 * A_LITTLE)


def ingest_frozen(world: World, chance: Random) -> None:
    """A computer that sleeps: it neither ends nor answers."""
    with stopped(world.ingests["main"]):
        time.sleep(chance.uniform(1, 3))


def second_ingest(world: World, chance: Random) -> None:
    """A hot standby on the same database, then the first is killed, then the second."""
    world.ingest("spare")
    time.sleep(2 * A_LITTLE)
    world.kill_ingest("main")
    time.sleep(chance.uniform(0, A_LITTLE))
    world.ingest("main")
    time.sleep(A_LITTLE)
    world.kill_ingest("spare")


def gateway_imaged_anew(world: World, chance: Random) -> None:
    """Its computer is set up from nothing; what it had kept has been stored before."""
    del chance
    feeder = world.feeders["gw-a"]
    world.tell("rate 0")
    time.sleep(0.5)  # offers that are under way
    world.drain(0, 600)
    feeder.kill()
    for file in Path(feeder.feed.spool).parent.glob(Path(feeder.feed.spool).name + "*"):
        file.unlink()
    feeder.start()


def machine_claimed_twice(world: World, chance: Random) -> None:
    """Two gateways say that they have the same machines."""
    del chance
    if "gw-b" not in world.feeders:
        world.feed(world.feeders["gw-a"].feed.rate / 4, "gw-b")
    time.sleep(2 * A_LITTLE)


def clock_jumps(world: World, chance: Random) -> None:
    """The time of day at the gateways is an hour wrong, then a year."""
    for seconds in (3600, -3600, -86_400 * 365, 0):
        world.tell(f"clock {seconds}")
        time.sleep(chance.uniform(0, 0.5))


def burst(world: World, chance: Random) -> None:
    """Ten times as much as usual."""
    del chance
    for feeder in world.feeders.values():
        feeder.tell(f"rate {10 * feeder.feed.rate}")
    time.sleep(A_LITTLE)


KILLS: tuple[Fault, ...] = (gateway_killed, broker_killed, ingest_killed)
LINKS: tuple[Fault, ...] = (
    link_cut, link_reset, half_open, packet_loss, cut_in_the_middle_of_a_message,
)  # fmt: skip
DISKS: tuple[Fault, ...] = (
    disk_of_the_database_full, disk_of_the_gateway_full, database_locked, write_errors,
)  # fmt: skip
OTHERS: tuple[Fault, ...] = (
    ingest_frozen, second_ingest, gateway_imaged_anew, machine_claimed_twice, clock_jumps, burst,
)  # fmt: skip
LONG: tuple[Fault, ...] = (half_open_for_long, database_locked_for_long)


@contextmanager
def failing(pid: int, every: int) -> Iterator[None]:
    """Syncs fail with EIO and writes with ENOSPC, one in so many, as strace makes them."""
    assert shutil.which("strace"), "strace is needed: apt-get install strace"
    command = [
        "strace", "-f", "-p", str(pid), "-o", "/dev/null", "-e", "trace=fdatasync,pwrite64",
        "-e", f"inject=fdatasync:error=EIO:when={every}+{every}",
        "-e", f"inject=pwrite64:error=ENOSPC:when={every * 9}+{every * 9}",
    ]  # fmt: skip
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr is not None
    said = tracer.stderr.readline()
    assert "attached" in said, said
    yield
    tracer.send_signal(signal.SIGINT)
    tracer.communicate(timeout=30)
