"""Many serial lines in one gateway: what polling costs, from the bytes to the broker and back,
with everything that the gateway does for it: reading, believing, spooling, publishing."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure.consumers import Ours, cpu_seconds, resident_mib
from benchmarks.measure.publisher import CENTER, GATEWAY, machines
from benchmarks.rows import Polled
from devices.mqtt.mosquitto_process import Mosquitto

ROOT = Path(__file__).parents[2]
WARM = 15.0
"""Seconds until everything runs evenly."""


def measure(lines: int, baud: int, seconds: float) -> Polled:
    """A room of machines, a gateway, a broker and an ingest."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with Mosquitto(folder) as broker:
            ingest = Ours(folder, broker.port, lines)
            room, storing = _room(folder, lines, baud), ingest.start()
            gateway = _gateway(folder, broker.url, lines, baud)
            try:
                time.sleep(WARM)
                cpu, before = cpu_seconds(gateway.pid), _counted(ingest.file)
                time.sleep(seconds)
                cpu, after = cpu_seconds(gateway.pid) - cpu, _counted(ingest.file)
                peak = resident_mib(gateway.pid, "VmHWM")
            finally:
                for process in (gateway, storing, room):
                    process.terminate()
                    process.wait(60)
    good, missed = (now - then for now, then in zip(after, before, strict=True))
    return Polled(lines, baud, seconds, good, missed, cpu, peak)


def _room(folder: Path, lines: int, baud: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "benchmarks.measure.room", str(folder), str(lines), str(baud)]
    room = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    if room.stdout is None or room.stdout.readline() != b"ready\n":
        raise ChildProcessError("the room does not begin")
    return room


def _gateway(folder: Path, url: str, lines: int, baud: int) -> subprocess.Popen[bytes]:
    file = folder / "lines.toml"
    file.write_text(
        "\n".join(
            f'[[line]]\nmachine = "{name}"\nprotocol = "jsdt3"\nlink = "{folder / name}"\n'
            f"baud = {baud}\npace = 1\n"
            for name in machines(lines)
        )
    )
    environment = {
        **os.environ,
        "CLEARSHIFT_BROKER__URL": url,
        "CLEARSHIFT_GATEWAY__CENTER": CENTER,
        "CLEARSHIFT_GATEWAY__NAME": GATEWAY,
    }
    command = [sys.executable, "-m", "clearshift", "gateway", "--lines", str(file)]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [*command, "--spool", str(folder / "spool.db")],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip


def _counted(telemetry: Path) -> tuple[int, int]:
    """Samples stored, and replies that the gateway says it has missed."""
    with closing(sqlite3.connect(f"file:{telemetry}?mode=ro", uri=True, timeout=30)) as base:
        stored = int(base.execute("SELECT count(*) FROM sample").fetchone()[0])
        links = base.execute("SELECT counters FROM link").fetchall()
    return stored, sum(json.loads(row[0])["timeouts"] for row in links)
