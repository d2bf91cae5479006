"""What a program asked of its disk, in order, as the kernel saw it: recorded by strace."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = "openat,write,pwrite64,fsync,fdatasync,ftruncate,unlink"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file was opened, and made if it was not there."""

    path: str


@dataclass(frozen=True, slots=True)
class Written:
    """Bytes at a place; lasting only after a sync."""

    path: str
    place: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A file was made so long; lasting only after a sync."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """Everything of a file, or every name in a folder, is lasting now."""

    path: str


@dataclass(frozen=True, slots=True)
class Removed:
    """A name was taken away; lasting once its folder is synced."""

    path: str


@dataclass(frozen=True, slots=True)
class Said:
    """The program said to the outside that so much is safe."""

    text: str


Step = Opened | Written | Cut | Synced | Removed | Said

_QUOTED = r'"((?:\\x[0-9a-f]{2})*)"'
_FD = r"\d+<((?:\\x[0-9a-f]{2})*)>"
_LINES = {
    "openat": re.compile(rf"openat\(.*{_QUOTED}, [^)]*O_CREAT.*\) = {_FD}"),
    "pwrite64": re.compile(rf"pwrite64\({_FD}, {_QUOTED}, \d+, (\d+)\) = (\d+)"),
    "write": re.compile(rf"write\(1<.*>, {_QUOTED}, \d+\) = (\d+)"),
    "fdatasync": re.compile(rf"fdatasync\({_FD}\) += 0"),
    "fsync": re.compile(rf"fsync\({_FD}\) += 0"),
    "ftruncate": re.compile(rf"ftruncate\({_FD}, (\d+)\) += 0"),
    "unlink": re.compile(rf"unlink\({_QUOTED}\) += 0"),
}


def recorded(command: list[str], folder: Path, log: Path) -> tuple[Step, ...]:
    """Runs a program of one thread and returns what it did below `folder`, and said."""
    assert shutil.which("strace"), "strace is needed: apt-get install strace"
    traced = ["strace", "-y", "-xx", "-s", "10000000", "-e", f"trace={CALLS}", "-o", str(log)]
    done = subprocess.run([*traced, *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return tuple(_steps(log, str(folder)))


def _steps(log: Path, folder: str) -> Iterator[Step]:
    with log.open(encoding="ascii") as lines:
        for line in lines:
            name = line.partition("(")[0]
            found = _LINES[name].match(line) if name in _LINES else None
            step = None if found is None else _step(name, found)
            if isinstance(step, Said) or (step is not None and step.path.startswith(folder)):
                yield step


def _step(name: str, found: re.Match[str]) -> Step:
    first = _bytes(found[1])
    match name:
        case "write":
            return Said(first.decode())
        case "pwrite64":
            data = _bytes(found[2])
            assert len(data) == int(found[4]), "a short write"
            return Written(first.decode(), int(found[3]), data)
        case "ftruncate":
            return Cut(first.decode(), int(found[2]))
        case "unlink":
            return Removed(first.decode())
        case "openat":
            return Opened(_bytes(found[2]).decode())
        case _:
            return Synced(first.decode())


def _bytes(shown: str) -> bytes:
    return bytes.fromhex(shown.replace("\\x", ""))
