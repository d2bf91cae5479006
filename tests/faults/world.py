"""A center on this computer that can be broken: a real mosquitto, real ingests on a real
database, gateways with a source in place of lines, and bad weather between them."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from types import TracebackType

from clearshift.ingest_process import Job
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from devices.mqtt.broker import Broker
from devices.mqtt.mosquitto_process import Mosquitto
from tests.faults.feeder import Feed
from tests.faults.proxy import Proxy
from tests.faults.record import Books, compare, recorded, spooled

ROOT = Path(__file__).parents[2]
CENTER = "north"
NOBODY = 1_000_000
"""Numbers between the ranges of two gateways that claim the same machine."""


class World:
    """Begins with its broker running and nothing else. Everything that it starts is a child of
    this process and ended by its own id."""

    def __init__(self, folder: Path, machines: int, seed: int) -> None:
        self.folder = folder
        self.machines = tuple(f"HD-{number:02}" for number in range(1, machines + 1))
        self.telemetry = folder / "telemetry.db"
        self.broker = Mosquitto(folder)
        self.near, self.far = Proxy(self.broker.port, seed), Proxy(self.broker.port, seed + 1)
        self.feeders: dict[str, Feeder] = {}
        self.ingests: dict[str, subprocess.Popen[bytes]] = {}
        self._log, self._reader = _collected(folder / "processes.log")
        self.killed = self.begun_again = 0

    def __enter__(self) -> World:
        _register(self.folder / "center.db", self.machines)
        engine = open_telemetry(f"sqlite:///{self.telemetry}")
        upgrade(engine)
        engine.dispose()
        self.broker.start()
        self.near.__enter__()
        self.far.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for feeder in self.feeders.values():
            feeder.kill()
        for name in list(self.ingests):
            self.kill_ingest(name)
        self.near.__exit__(kind, error, trace)
        self.far.__exit__(kind, error, trace)
        self.broker.kill()
        os.close(self._log)
        self._reader.join(10)
        if error is not None:
            said = (self.folder / "processes.log").read_text(errors="replace").splitlines()
            print("\n".join(line for line in said if not line.startswith("HD-"))[-4000:])

    def feed(self, rate: float, gateway: str = "gw-a") -> Feeder:
        """One more gateway, that claims all machines; samples a second over all of them."""
        first = NOBODY * (1 + 2 * len(self.feeders))
        if gateway not in self.feeders:
            feed = Feed(
                f"mqtt://127.0.0.1:{self.near.port}",
                CENTER,
                gateway,
                self.machines,
                str(self.folder / f"{gateway}.spool.db"),
                str(self.folder / f"{gateway}.accepted"),
                rate,
                first,
            )
            self.feeders[gateway] = Feeder(feed, self._log)
        self.feeders[gateway].start()
        return self.feeders[gateway]

    def ingest(self, name: str = "main") -> subprocess.Popen[bytes]:
        """The process that `clearshift ingest` becomes."""
        job = Job(
            f"sqlite:///{self.folder / 'center.db'}",
            f"sqlite:///{self.telemetry}",
            90,
            CENTER,
            CENTER,
            name,
            Broker.of(f"mqtt://127.0.0.1:{self.far.port}"),
            every=3600.0,
        )
        reads, writes = os.pipe()
        command = [sys.executable, "-m", "clearshift.ingest_process", str(reads)]
        self.ingests[name] = subprocess.Popen(
            command, cwd=ROOT, pass_fds=[reads], stdout=self._log, stderr=self._log
        )
        os.close(reads)
        with os.fdopen(writes, "w") as handed:
            json.dump(asdict(job), handed)
        return self.ingests[name]

    def kill_ingest(self, name: str = "main") -> None:
        """At once, whatever it does."""
        ended = self.ingests.pop(name)
        ended.kill()
        ended.wait()
        self.killed += 1

    def kill_broker(self) -> None:
        """The same for the broker, which forgets everything, and a new one in its place."""
        self.broker.kill()
        self.broker.start()
        self.killed += 1

    def kill_gateway(self, name: str = "gw-a") -> None:
        """The same for a gateway, begun anew at once."""
        self.feeders[name].kill()
        self.feeders[name].start()
        self.killed += 1

    def settle(self, seconds: float) -> Books:
        """Fair weather and nothing new, until every spool is empty; then the books. Fails
        after so long."""
        for proxy in (self.near, self.far):
            proxy.latency = proxy.loss = proxy.lingering = 0.0
            proxy.limit = proxy.pieces = 0
            proxy.refuse(False)
            proxy.silence(False)
        self.tell("rate 0")
        time.sleep(0.5)  # offers that are under way
        self.drain(0, seconds)
        time.sleep(0.2)  # the last of them is written down
        return compare(self.telemetry, [Path(one.feed.record) for one in self.feeders.values()])

    def drain(self, left: int, seconds: float) -> None:
        """Nothing is done to anything until no more than so many entries are in spools."""

        def drained() -> bool:
            self.supervise()
            return self.left <= left

        until(drained, seconds, lambda: f"{self.left} entries still in spools")

    def supervise(self) -> None:
        """An ingest or a gateway that refuses to begin while its disk fails is begun again, as
        what starts it on a real computer would."""
        for name, process in list(self.ingests.items()):
            if process.poll() is not None:
                self.ingest(name)
                self.begun_again += 1
        for feeder in self.feeders.values():
            if feeder.process is not None and feeder.process.poll() is not None:
                feeder.kill()
                feeder.start()
                self.begun_again += 1

    def tell(self, line: str) -> None:
        """Says something to every gateway."""
        self.supervise()
        for feeder in self.feeders.values():
            feeder.tell(line)

    def said(self, text: str) -> int:
        """How often the processes have said something."""
        return (self.folder / "processes.log").read_text(errors="replace").count(text)

    def flow(self, accepted: int, seconds: float) -> None:
        """Waits until so many samples have been accepted in all: the source has not dried up."""
        until(lambda: self.accepted >= accepted, seconds, lambda: f"only {self.accepted} accepted")

    @property
    def accepted(self) -> int:
        """Samples that the gateways have written down as accepted."""
        return sum(recorded(Path(one.feed.record)) for one in self.feeders.values())

    @property
    def left(self) -> int:
        """Entries in all spools."""
        return sum(spooled(Path(one.feed.spool)) for one in self.feeders.values())


class Feeder:
    """A gateway's process, again and again the same gateway."""

    def __init__(self, feed: Feed, log: int) -> None:
        self.feed = feed
        self._log = log
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.faults.feeder", json.dumps(asdict(self.feed))]
        self.process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=self._log, stderr=self._log, text=True
        )

    def tell(self, line: str) -> None:
        """Says something to a living one."""
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.poll() is None, "a gateway has ended by itself"
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self._ended()

    def end(self) -> None:
        """In order: it keeps what it has and says goodbye."""
        assert self.process is not None
        assert self.process.stdin is not None
        self.process.stdin.close()
        assert self.process.wait(60) == 0, "a gateway has ended badly"
        self.process = None

    def _ended(self) -> None:
        if self.process is not None:
            self.process.wait()
            if self.process.stdin is not None:
                with contextlib.suppress(BrokenPipeError):
                    self.process.stdin.close()
        self.process = None


@contextlib.contextmanager
def disk_full(pid: int, beyond: int) -> Iterator[None]:
    """As far as a process can tell: no file of it takes a byte beyond so many."""
    limit = resource.RLIMIT_FSIZE
    before = resource.prlimit(pid, limit)
    resource.prlimit(pid, limit, (beyond, before[1]))
    yield
    resource.prlimit(pid, limit, before)


@contextlib.contextmanager
def stopped(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Frozen, as by a computer that sleeps."""
    process.send_signal(signal.SIGSTOP)
    yield
    process.send_signal(signal.SIGCONT)


def until(condition: Callable[[], bool], seconds: float, what: Callable[[], str]) -> None:
    """Waits for a condition; fails with what is wrong after so long."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, what()
        time.sleep(0.05)


def _collected(file: Path) -> tuple[int, threading.Thread]:
    """A pipe into a file: what children say is kept even while they cannot write files."""
    reads, writes = os.pipe()

    def copy() -> None:
        with os.fdopen(reads, "rb", buffering=0) as source, file.open("ab", buffering=0) as sink:
            shutil.copyfileobj(source, sink)

    reader = threading.Thread(target=copy, daemon=True)
    reader.start()
    return writes, reader


def _register(file: Path, machines: tuple[str, ...]) -> None:
    """All that an ingest asks of the center's database."""
    with contextlib.closing(sqlite3.connect(file)) as base, base:
        base.execute("CREATE TABLE centers (code TEXT)")
        base.execute("CREATE TABLE machines (center TEXT, code TEXT)")
        base.execute("INSERT INTO centers VALUES (?)", (CENTER,))
        base.executemany("INSERT INTO machines VALUES (?, ?)", [(CENTER, one) for one in machines])
