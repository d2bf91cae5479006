"""A stream of samples through a real broker into a file, and how fast, how soon and at what
price: from just before each message is sent until a reader of the file sees it committed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import percentile
from benchmarks.measure.consumers import Consumer, consumer, cpu_seconds, resident_mib
from benchmarks.peers import nodered_setup
from benchmarks.rows import Stream
from devices.mqtt.mosquitto import open_configuration
from devices.mqtt.mosquitto_process import Mosquitto
from devices.mqtt.ports import free_port

ROOT = Path(__file__).parents[2]
LOOK = 0.001
"""Seconds between two looks at the file."""
QUIET = 60.0
"""Seconds without a commit after which a stream counts as broken."""
QUEUED = 1_000_000
"""What the broker keeps for one who is away: as much as a backlog needs, in this measurement."""


def measure(who: str, kind: str, rate: float, messages: int, machines: int, seed: int) -> Stream:
    """`kind` is `live`, or `backlog`: all is sent while the consumer is away."""
    if who != "clearshift ingest" and (reason := nodered_setup.why_not()) is not None:
        return Stream(who, kind, rate, messages, machines, seed, note=reason)
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        text = open_configuration(port).replace(
            "_queued_messages 10000", f"_queued_messages {QUEUED}\nlog_type subscribe"
        )
        with Mosquitto(folder, port=port, configuration=text):
            one = consumer(who, folder, port, machines)
            run = _backlog if kind == "backlog" else _live
            return run(one, Stream(who, kind, rate, messages, machines, seed), port, folder)


def _live(one: Consumer, row: Stream, port: int, folder: Path) -> Stream:
    process = one.start()
    try:
        _wait(lambda: _ready(one, process, folder))
        time.sleep(1.0)  # its start is not measured
        cpu, memory = cpu_seconds(process.pid), resident_mib(process.pid, "VmRSS")
        publisher = _publish(row, port, folder)
        commits = _watched(one, row.messages, process)
        cpu = cpu_seconds(process.pid) - cpu
        peak = resident_mib(process.pid, "VmHWM")
        publisher.wait(60)
    finally:
        _end(process)
    sent = _sent(folder)
    late = _latencies(sent, commits)
    return _filled(row, commits[-1][0] - sent[0], late, cpu, (memory, peak), commits[-1][1])


def _backlog(one: Consumer, row: Stream, port: int, folder: Path) -> Stream:
    """Known to the broker, then away while everything is sent, then back."""
    process = one.start()
    try:
        _wait(lambda: _ready(one, process, folder))
    finally:
        _end(process)
    _publish(row, port, folder).wait(600)
    process = one.start()
    try:
        commits = _watched(one, row.messages, process)
        cpu, peak = cpu_seconds(process.pid), resident_mib(process.pid, "VmHWM")
    finally:
        _end(process)
    first, last = commits[0], commits[-1]
    seconds = (last[0] - first[0]) * row.messages / max(1, last[1] - first[1])
    return _filled(row, seconds, [], cpu, (0.0, peak), last[1])


def _filled(
    row: Stream,
    seconds: float,
    late: Sequence[float],
    cpu: float,
    memory: tuple[float, float],
    stored: int,
) -> Stream:
    return Stream(
        row.who,
        row.kind,
        row.rate,
        row.messages,
        row.machines,
        row.seed,
        stored,
        seconds,
        percentile(late, 0.5) if late else 0.0,
        percentile(late, 0.99) if late else 0.0,
        cpu,
        *memory,
    )


def _publish(row: Stream, port: int, folder: Path) -> subprocess.Popen[bytes]:
    arguments = [port, row.messages, row.rate, row.machines, folder / "times"]
    command = [sys.executable, "-m", "benchmarks.measure.publisher", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT)


def _sent(folder: Path) -> array[float]:
    times = array("d")
    times.frombytes((folder / "times").read_bytes())
    return times


def _ready(one: Consumer, process: subprocess.Popen[bytes], folder: Path) -> bool:
    """Its file can be asked, and the broker says that it has subscribed."""
    if process.poll() is not None:
        raise ChildProcessError("the consumer has ended")
    subscribed = "/m/+/telemetry" in (folder / "mosquitto.log").read_text()
    if not subscribed or not one.file.exists():
        return False
    with closing(_reader(one.file)) as base:
        try:
            base.execute(one.count).fetchone()
        except sqlite3.OperationalError:
            return False
    return True


def _watched(
    one: Consumer, messages: int, process: subprocess.Popen[bytes]
) -> list[tuple[float, int]]:
    """When a reader saw how many samples committed, up to all of them."""
    seen: list[tuple[float, int]] = []
    with closing(_reader(one.file)) as base:
        version, news = -1, time.monotonic()
        while not seen or seen[-1][1] < messages:
            found = base.execute("PRAGMA data_version").fetchone()[0]
            if found == version:
                if time.monotonic() - news > QUIET or process.poll() is not None:
                    raise TimeoutError(f"{seen[-1:]} of {messages} stored, and no more")
                time.sleep(LOOK)
                continue
            version, count = found, int(base.execute(one.count).fetchone()[0])
            if count and (not seen or count > seen[-1][1]):
                seen.append((time.time(), count))
                news = time.monotonic()
    return seen


def _latencies(sent: Sequence[float], commits: Sequence[tuple[float, int]]) -> list[float]:
    """Of each message: the stream keeps its order, so that a count tells which are there."""
    counts = [count for _, count in commits]
    return [
        commits[bisect_left(counts, number)][0] - when for number, when in enumerate(sent, start=1)
    ]


def _reader(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=30, isolation_level=None)


def _wait(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + QUIET
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError("the consumer does not begin")
        time.sleep(0.05)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(60)
