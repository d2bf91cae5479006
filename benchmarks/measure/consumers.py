"""Whoever takes samples from the broker into a file: started, asked how far it is, ended."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from benchmarks.measure.publisher import CENTER, machines
from benchmarks.peers import nodered_setup
from clearshift.ingest_process import Job
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from devices.mqtt.broker import Broker
from devices.mqtt.ports import free_port

ROOT = Path(__file__).parents[2]
OURS, NODE_RED, LEAN = "clearshift ingest", "Node-RED, batched", "Node-RED, lean"
FLOWS = {NODE_RED: "flow.json", LEAN: "lean_flow.json"}


class Consumer(Protocol):
    """A process and its file. `count` is how many samples are committed in it."""

    file: Path
    count: str

    def start(self) -> subprocess.Popen[bytes]:
        """Begins, or begins again on the same file."""
        ...


class Ours:
    """The process that `clearshift ingest` becomes."""

    count = "SELECT coalesce(sum(seq), 0) FROM latest"

    def __init__(self, folder: Path, port: int, count: int) -> None:
        self.file = folder / "telemetry.db"
        self._folder, self._port = folder, port
        engine = open_telemetry(f"sqlite:///{self.file}")
        upgrade(engine)
        engine.dispose()
        with closing(sqlite3.connect(folder / "center.db")) as base, base:
            base.execute("CREATE TABLE centers (code TEXT)")
            base.execute("CREATE TABLE machines (center TEXT, code TEXT)")
            rows = [(CENTER, name) for name in machines(count)]
            base.executemany("INSERT INTO machines VALUES (?, ?)", rows)

    def start(self) -> subprocess.Popen[bytes]:
        """Hands its job over, as the command does."""
        job = Job(
            f"sqlite:///{self._folder / 'center.db'}",
            f"sqlite:///{self.file}",
            90,
            CENTER,
            CENTER,
            "main",
            Broker.of(f"mqtt://127.0.0.1:{self._port}"),
            every=3600.0,
        )
        reads, writes = os.pipe()
        command = [sys.executable, "-m", "clearshift.ingest_process", str(reads)]
        environment = {**os.environ, "MALLOC_ARENA_MAX": "2"}
        with (self._folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, pass_fds=[reads], stdout=log, stderr=log
            )
        os.close(reads)
        with os.fdopen(writes, "w") as handed:
            json.dump(asdict(job), handed)
        return process


class NodeRed:
    """A flow beside us: read, check every value, insert a hundred at a time."""

    count = "SELECT coalesce(max(rowid), 0) FROM sample"

    def __init__(self, flow: str, folder: Path, port: int) -> None:
        self.file = folder / "nodered.db"
        self._flow, self._folder, self._port = flow, folder, port
        self._times = 0

    def start(self) -> subprocess.Popen[bytes]:
        """In a new folder each time, on the same file."""
        self._times += 1
        place = self._folder / f"nodered-{self._times}"
        place.mkdir()
        log = self._folder / "log"
        return nodered_setup.start(self._flow, place, self._port, free_port(), self.file, log)


def consumer(who: str, folder: Path, port: int, count: int) -> Consumer:
    """Made, not started."""
    return Ours(folder, port, count) if who == OURS else NodeRed(FLOWS[who], folder, port)


def cpu_seconds(pid: int) -> float:
    """Of a process with all its threads, so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_mib(pid: int, what: str) -> float:
    """`VmRSS`, what a process holds now, or `VmHWM`, the most it has held."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / 1024
    raise LookupError(what)
