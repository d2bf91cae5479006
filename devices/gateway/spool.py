"""What was accepted and is not yet known to be stored: a file that survives whatever kills us.

An entry is accepted when its transaction is on the disk, and forgotten only by a watermark of
its own machine and boot. The file belongs to one process and one thread.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from domain.telemetry import Watermark

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    machine TEXT NOT NULL,
    boot TEXT NOT NULL,
    seq INTEGER NOT NULL,
    event INTEGER NOT NULL,
    payload BLOB NOT NULL,
    UNIQUE (machine, boot, seq)
);
CREATE TABLE IF NOT EXISTS memory (machine TEXT PRIMARY KEY, kept BLOB NOT NULL) WITHOUT ROWID;
"""
_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA journal_size_limit = 16777216",
    "PRAGMA busy_timeout = 2000",
)


class SpoolDown(Exception):
    """The file cannot be written or read now; says why. Nothing of the call was done."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry as it is kept; `place` is its order in the file."""

    place: int
    machine: str
    boot: str
    seq: int
    event: bool
    payload: bytes


@dataclass(frozen=True, slots=True)
class Fresh:
    """An entry to be kept."""

    machine: str
    boot: str
    seq: int
    event: bool
    payload: bytes


@dataclass(frozen=True, slots=True)
class Holding:
    """What the file holds of one machine and boot: how many, the highest number, the lowest."""

    machine: str
    boot: str
    count: int
    highest: int
    lowest: int


class Spool:
    """The file. Raises SpoolDown on opening if it is damaged or belongs to another process."""

    def __init__(self, path: Path) -> None:
        self._lock = _locked(path)
        try:
            self._file = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            for pragma in _PRAGMAS:
                self._file.execute(pragma)
            self._file.executescript(_SCHEMA)
        except sqlite3.Error as error:
            os.close(self._lock)
            raise SpoolDown(f"{path}: {error}") from error

    def close(self) -> None:
        """Lets go of the file."""
        with suppress(sqlite3.Error):
            self._file.close()
        with suppress(OSError):
            os.close(self._lock)

    def keep(self, fresh: Sequence[Fresh], memories: Mapping[str, bytes]) -> int:
        """Puts entries, and what a machine's belief must remember with them, on the disk.
        Returns the place of the last one. Raises SpoolDown."""
        with self._transaction() as cursor:
            cursor.executemany(
                "INSERT INTO entry (machine, boot, seq, event, payload) VALUES (?, ?, ?, ?, ?)",
                [(one.machine, one.boot, one.seq, one.event, one.payload) for one in fresh],
            )
            cursor.executemany("INSERT OR REPLACE INTO memory VALUES (?, ?)", memories.items())
            row = cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = 'entry'").fetchone()
        return int(row[0]) if row else 0

    def forget(self, watermarks: Iterable[Watermark]) -> dict[tuple[str, str], int]:
        """Deletes what is settled: of exactly this machine and exactly this boot. Returns how
        many of which. Raises SpoolDown."""
        gone: dict[tuple[str, str], int] = {}
        with self._transaction() as cursor:
            for mark in watermarks:
                cursor.execute(
                    "DELETE FROM entry WHERE machine = ? AND boot = ? AND seq <= ?",
                    (mark.machine, mark.boot, mark.seq),
                )
                if cursor.rowcount:
                    of = (mark.machine, mark.boot)
                    gone[of] = gone.get(of, 0) + cursor.rowcount
        return gone

    def after(self, place: int, until: int, most: int) -> tuple[Kept, ...]:
        """Entries behind a place, up to another one, in order. Raises SpoolDown."""
        return self._read(
            "SELECT * FROM entry WHERE id > ? AND id <= ? ORDER BY id LIMIT ?", (place, until, most)
        )

    def at(self, places: Sequence[int]) -> tuple[Kept, ...]:
        """Those entries of some places that are still there. Raises SpoolDown."""
        marks = ",".join("?" * len(places))
        return self._read(f"SELECT * FROM entry WHERE id IN ({marks}) ORDER BY id", tuple(places))

    def holdings(self) -> tuple[Holding, ...]:
        """What is there, by machine and boot. Raises SpoolDown."""
        text = "SELECT machine, boot, count(*), max(seq), min(seq) FROM entry GROUP BY 1, 2"
        try:
            return tuple(Holding(*row) for row in self._file.execute(text))
        except sqlite3.Error as error:
            raise SpoolDown(str(error)) from error

    def last(self) -> int:
        """The place given last. Raises SpoolDown."""
        try:
            row = self._file.execute(
                "SELECT seq FROM sqlite_sequence WHERE name = 'entry'"
            ).fetchone()
        except sqlite3.Error as error:
            raise SpoolDown(str(error)) from error
        return int(row[0]) if row else 0

    def memory(self, machine: str) -> bytes:
        """What was remembered of a machine; empty if nothing was. Raises SpoolDown."""
        try:
            row = self._file.execute(
                "SELECT kept FROM memory WHERE machine = ?", (machine,)
            ).fetchone()
        except sqlite3.Error as error:
            raise SpoolDown(str(error)) from error
        return bytes(row[0]) if row else b""

    def _read(self, text: str, values: tuple[int, ...]) -> tuple[Kept, ...]:
        try:
            rows = self._file.execute(text, values).fetchall()
        except sqlite3.Error as error:
            raise SpoolDown(str(error)) from error
        return tuple(Kept(row[0], row[1], row[2], row[3], bool(row[4]), row[5]) for row in rows)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Cursor]:
        """All of it on the disk when it ends well, else nothing of it."""
        try:
            cursor = self._file.cursor()
            cursor.execute("BEGIN IMMEDIATE")
            yield cursor
            cursor.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._file.execute("ROLLBACK")
            raise SpoolDown(str(error)) from error


def _locked(path: Path) -> int:
    """Holds a lock beside the file as long as we live; the system lets go of it when we die."""
    try:
        lock = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise SpoolDown(f"{path}: {error.strerror}") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise SpoolDown(f"{path}: another gateway has it") from None
    return lock
