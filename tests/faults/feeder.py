"""The gateway as a process of its own, with a source in place of lines: everything behind the
lines is the real one. What it has accepted it writes down, so that it can be asked for later.

`python -m tests.faults.feeder '{...}'` with the fields of `Feed` as JSON. It listens to lines
on its input: `rate N` (samples a second), `clock SECONDS` (how far the time of day is wrong).
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from devices.gateway.clock import Clock
from devices.gateway.gateway import Ears, Gateway, Identity
from devices.gateway.keeper import Keeper, Ticket
from devices.gateway.lines import read_lines
from devices.gateway.numbering import BOOT_BYTES, UNNUMBERED, boot_of
from devices.gateway.spool import Spool
from devices.mqtt.broker import Broker
from devices.mqtt.client import Client
from devices.protocols.listed import PROTOCOL
from tests.faults.record import last_number
from tests.faults.stream import sample

TICK = 0.05
PENDING = 5
"""Offers of each machine that are not known to be kept; beyond them the source waits, as a
machine would."""
AT_ONCE = 200
"""Samples of a machine in one offer, at most."""
CLAIM = 2_000
"""Numbers of each machine that are claimed at once: the record says so before the first of them
is used. A process that is killed leaves some unused; none is ever used twice, however soon
after its start it is killed."""


@dataclass(frozen=True, slots=True)
class Feed:
    """`first` is the first number that this source may ever use."""

    url: str
    center: str
    gateway: str
    machines: tuple[str, ...]
    spool: str
    record: str
    rate: float
    first: int = 0


class Source:
    """Offers samples at a rate and records each offer once it is on the disk."""

    def __init__(self, feed: Feed, boot: str, keeper: Keeper, clock: Clock) -> None:
        self.rate = feed.rate
        self._feed, self._boot, self._keeper, self._clock = feed, boot, keeper, clock
        before = last_number(Path(feed.record))
        self._next = {one: before.get(one, feed.first - 1) + 1 for one in feed.machines}
        self._claimed = 0
        self._record = os.open(feed.record, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._unwritten = b"\n"
        self._under_way: deque[tuple[Ticket, str, int, int]] = deque()
        self._owed = 0.0

    def tick(self, seconds: float) -> None:
        """What is due after so long, spread over the machines."""
        while self._under_way and self._under_way[0][0].wait(0):
            _, machine, first, many = self._under_way.popleft()
            self._unwritten += f"{machine} {first} {many}\n".encode()
        self._write_down()
        if len(self._under_way) >= PENDING * len(self._feed.machines):
            return
        self._owed += self.rate * seconds / len(self._feed.machines)
        count = min(int(self._owed), AT_ONCE)
        if not count or not self._claim(count):
            return
        self._owed -= count
        for machine in self._feed.machines:
            self._offer(machine, count)

    def _claim(self, count: int) -> bool:
        """Whether so many more numbers of each machine are ours for good."""
        if self._claimed < count and not self._unwritten:
            self._unwritten = b"".join(
                f"{machine} {first + CLAIM} 0\n".encode() for machine, first in self._next.items()
            )
            self._write_down()
            self._claimed = 0 if self._unwritten else CLAIM
        if self._claimed < count:
            return False
        self._claimed -= count
        return True

    def _offer(self, machine: str, count: int) -> None:
        first = self._next[machine]
        self._next[machine] += count
        entries = tuple(
            sample(
                machine,
                self._boot,
                UNNUMBERED,
                number,
                gateway=self._feed.gateway,
                at=self._clock.at(),
            )
            for number in range(first, first + count)
        )
        ticket = self._keeper.offer(machine, entries, None)
        self._under_way.append((ticket, machine, first, count))

    def _write_down(self) -> None:
        """As far as the disk takes it; the rest later."""
        with suppress(OSError):
            while self._unwritten:
                written = os.write(self._record, self._unwritten)
                self._unwritten = self._unwritten[written:]


class WrongClock:
    """A time of day that can be set wrong."""

    def __init__(self) -> None:
        self.off = timedelta()

    def at(self) -> datetime:
        return datetime.now(UTC) + self.off


def main(feed: Feed) -> None:
    """Until its input ends, or it is killed."""
    wrong = WrongClock()
    clock = Clock(at=wrong.at)
    rows = "\n".join(
        f'[[line]]\nmachine = "{one}"\nprotocol = "jsdt3"\nlink = "/dev/no-{one}"\n'
        for one in feed.machines
    )
    identity = Identity(feed.center, feed.gateway, boot_of(os.urandom(BOOT_BYTES)))
    broker = Broker.of(feed.url)
    gateway = Gateway(
        identity,
        read_lines(rows, PROTOCOL),
        Spool(Path(feed.spool)),
        lambda ears: _connected(broker, ears),
        clock=clock,
    )
    source = Source(feed, identity.boot, gateway.keeper, clock)
    ended = threading.Event()
    threading.Thread(target=_listen, args=(source, wrong, ended), daemon=True).start()
    gateway.start()
    before = time.monotonic()
    while not ended.wait(TICK):
        now = time.monotonic()
        source.tick(now - before)
        before = now
    gateway.stop()


def _connected(broker: Broker, ears: Ears) -> Client:
    return Client(
        broker,
        ears.client_id,
        hear=ears.hear,
        filters=ears.filters,
        will=ears.will,
        up=ears.up,
        down=ears.down,
    )


def _listen(source: Source, wrong: WrongClock, ended: threading.Event) -> None:
    for line in sys.stdin:
        match line.split():
            case ["rate", number]:
                source.rate = float(number)
            case ["clock", seconds]:
                wrong.off = timedelta(seconds=float(seconds))
    ended.set()


if __name__ == "__main__":
    _told = json.loads(sys.argv[1])
    main(Feed(**{**_told, "machines": tuple(_told["machines"])}))
