"""Programs that run together: begun in order, watched, and ended as one.

A table says what runs: a name, a command, what must be ready before it, how to see that it is
ready itself. Nothing in here knows what the programs do, and nothing waits: whoever holds
`Together` calls `look` again and again, and `stop` once, which `with` does.

None outlives the program that holds them, not even if that is killed (see `tethered`). They
are begun in process groups of their own, so that Ctrl-C in a terminal reaches only the holder,
who ends them in order. To be used from the main thread: a tether is tied to a thread.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from types import TracebackType

PATIENCE = 15.0
"""Seconds that all of them together get to end; who takes longer is killed."""
_LEAST = 0.5
"""Seconds that each gets in any case."""
_TETHER = Path(__file__).with_name("tethered.py")
_SAID_LINES, _SAID_BYTES = 5, 4_096


def _at_once() -> bool:
    """For a program that nobody waits for."""
    return True


@dataclass(frozen=True, slots=True)
class Process:
    """A row of the table. `after` names those that must be ready before it is begun; `ready` is
    asked again and again once it runs, until it says so."""

    name: str
    command: tuple[str, ...]
    after: tuple[str, ...] = ()
    ready: Callable[[], bool] = _at_once


@dataclass(frozen=True, slots=True)
class Place:
    """The folder in which all run, the folder of their logs, and their environment."""

    folder: Path
    logs: Path
    environment: Mapping[str, str]

    def log(self, name: str) -> Path:
        """What a process says; of this run only."""
        return self.logs / f"{name}.log"


@dataclass(frozen=True, slots=True)
class Fallen:
    """A process that has ended by itself. `code` is negative for the signal that killed it;
    `said` are the last lines of its log."""

    name: str
    code: int
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What has happened since the last look."""

    ready: tuple[str, ...]
    fallen: tuple[Fallen, ...]


class Together:
    """Runs the rows of a table. The first `look` begins those that wait for nobody."""

    def __init__(self, table: tuple[Process, ...], place: Place) -> None:
        self._table, self._place = table, place
        self._children: dict[str, subprocess.Popen[bytes]] = {}
        self._ready: set[str] = set()
        self._fallen: set[str] = set()

    @property
    def waiting(self) -> tuple[str, ...]:
        """Those that are not ready yet."""
        return tuple(row.name for row in self._table if row.name not in self._ready)

    @property
    def failed(self) -> bool:
        """Whether one has ended by itself, as far as has been looked."""
        return bool(self._fallen)

    @property
    def pids(self) -> dict[str, int]:
        """Of those that run."""
        return {name: child.pid for name, child in self._running().items()}

    def look(self) -> Look:
        """Sees who has fallen and who is ready, and begins what can begin. Raises OSError if a
        log cannot be written."""
        self._place.logs.mkdir(parents=True, exist_ok=True)
        fallen = tuple(self._newly_fallen())
        ready = tuple(row.name for row in self._table if self._newly_ready(row))
        for row in self._table:
            if row.name not in self._children and self._ready.issuperset(row.after):
                self._children[row.name] = self._begin(row)
        return Look(ready, fallen)

    def said(self, name: str) -> tuple[str, ...]:
        """The last lines of a process's log."""
        return _last_lines(self._place.log(name))

    def stop(self, patience: float = PATIENCE) -> tuple[str, ...]:
        """Ends all, each before those that it came after; returns those that had to be killed."""
        deadline, killed = monotonic() + patience, list[str]()
        while running := self._running():
            needed = {name for row in self._table if row.name in running for name in row.after}
            free = {name: child for name, child in running.items() if name not in needed}
            for child in free.values():
                child.terminate()
            killed += [name for name, child in free.items() if not _ended(child, deadline)]
        return tuple(killed)

    def __enter__(self) -> Together:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _running(self) -> dict[str, subprocess.Popen[bytes]]:
        return {name: child for name, child in self._children.items() if child.poll() is None}

    def _newly_fallen(self) -> Iterator[Fallen]:
        for name, child in self._children.items():
            code = child.poll()
            if code is not None and name not in self._fallen:
                self._fallen.add(name)
                yield Fallen(name, code, self.said(name))

    def _newly_ready(self, row: Process) -> bool:
        runs = row.name in self._children and row.name not in self._fallen
        if not runs or row.name in self._ready or not row.ready():
            return False
        self._ready.add(row.name)
        return True

    def _begin(self, row: Process) -> subprocess.Popen[bytes]:
        tether = (sys.executable, "-I", "-S", str(_TETHER), str(os.getpid()))
        with self._place.log(row.name).open("wb") as log:
            return subprocess.Popen(
                [*tether, *row.command],
                cwd=self._place.folder,
                env=dict(self._place.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                process_group=0,
            )


def _ended(child: subprocess.Popen[bytes], deadline: float) -> bool:
    """Waits for one that has been asked to end; kills it, with what it may have begun, if it
    does not."""
    try:
        child.wait(max(_LEAST, deadline - monotonic()))
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        return False
    return True


def _last_lines(log: Path) -> tuple[str, ...]:
    try:
        tail = log.read_bytes()[-_SAID_BYTES:]
    except FileNotFoundError:
        return ()
    lines = tail.decode("utf-8", "replace").splitlines()
    return tuple(line.rstrip() for line in lines if line.strip())[-_SAID_LINES:]
