"""The programs whose disk is watched: they write as gateway and ingest do, on one thread, and
say after each commit how far it is safe.

`python -m tests.power.writers spool FILE COMMITS` or `telemetry FILE COMMITS`, and for the
proof that the suite would notice, `careless FILE COMMITS` and `reckless FILE COMMITS`.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from db.telemetry.store import TelemetryStore
from devices.gateway.spool import Fresh, Spool
from devices.wire.messages import digest, encode
from domain.telemetry import Arrival, Watermark
from tests.faults.stream import sample

MACHINES = ("HD-01", "HD-02", "HD-03", "HD-04")
BOOT = "a" * 32
BATCH = 10
"""Entries of each machine in a commit."""
KEPT = 30
"""Commits after which a spool's entries are confirmed and forgotten."""
_NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def spool(file: Path, commits: int) -> None:
    """Keeps entries, and forgets those of long ago."""
    keeper = Spool(file)
    for commit in range(commits):
        keeper.keep(
            [
                Fresh(machine, BOOT, seq, False, encode(sample(machine, BOOT, seq, seq)))
                for machine in MACHINES
                for seq in numbers(commit)
            ],
            {MACHINES[0]: str(commit).encode()},
        )
        _say(f"kept {commit}")
        if commit >= KEPT:
            _say(f"forgets {commit - KEPT}")
            upto = numbers(commit - KEPT)[-1]
            keeper.forget([Watermark(machine, BOOT, upto) for machine in MACHINES])


def telemetry(file: Path, commits: int) -> None:
    """Settles batches."""
    engine = open_telemetry(f"sqlite:///{file}")
    upgrade(engine)
    store = TelemetryStore(engine, lambda: frozenset(MACHINES))
    for commit in range(commits):
        store.settle([_arrival(m, seq) for m in MACHINES for seq in numbers(commit)], ())
        _say(f"kept {commit}")
        store.tend(_NOW)


def careless(file: Path, commits: int) -> None:
    """As many would do it: synchronous = NORMAL."""
    _plain(file, commits, "NORMAL")


def reckless(file: Path, commits: int) -> None:
    """synchronous = OFF."""
    _plain(file, commits, "OFF")


def _plain(file: Path, commits: int, synchronous: str) -> None:
    keeper = Spool(file)
    keeper.close()
    base = sqlite3.connect(file, isolation_level=None)
    base.execute(f"PRAGMA synchronous = {synchronous}")
    base.execute("PRAGMA wal_autocheckpoint = 50")
    for commit in range(commits):
        base.execute("BEGIN")
        base.executemany(
            "INSERT INTO entry (machine, boot, seq, event, payload) VALUES (?, ?, ?, 0, ?)",
            [(machine, BOOT, seq, bytes(400)) for machine in MACHINES for seq in numbers(commit)],
        )
        base.execute("COMMIT")
        _say(f"kept {commit}")


def numbers(commit: int) -> range:
    """Numbers of each machine's entries in a commit."""
    return range(commit * BATCH + 1, (commit + 1) * BATCH + 1)


def _arrival(machine: str, seq: int) -> Arrival:
    entry = sample(machine, BOOT, seq, seq)
    payload = encode(entry)
    return Arrival(entry, _NOW, digest(payload), payload)


def _say(text: str) -> None:
    os.write(1, f"{text}\n".encode())


if __name__ == "__main__":
    _WRITERS = {one.__name__: one for one in (spool, telemetry, careless, reckless)}
    _WRITERS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
