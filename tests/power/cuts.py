"""Power cuts at random moments of a recorded run, and what the files hold afterwards."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.power.disk import Disk
from tests.power.trace import Step, recorded
from tests.power.writers import BATCH, BOOT, MACHINES

ROOT = Path(__file__).parents[2]
_SPOOLED = "SELECT machine, seq FROM entry WHERE boot = ?"
_STORED = (
    "SELECT machine.code, sample.seq FROM sample JOIN boot ON boot.no = sample.boot_no"
    " JOIN machine ON machine.no = boot.machine_no WHERE boot.boot = ?"
)
_SETTLED = (
    "SELECT machine.code, boot.settled FROM boot JOIN machine ON machine.no = boot.machine_no"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Over all cuts: files that were damaged, cuts after which acknowledged rows were missing,
    the most rows missing at once, and cuts after which a watermark was beyond its rows."""

    writer: str
    cuts: int
    corrupt: int
    lossy: int
    worst: int
    beyond: int

    def __str__(self) -> str:
        return (
            f"{self.writer}: {self.cuts} cuts, {self.corrupt} corrupt files, {self.lossy} cuts"
            f" lost acknowledged rows (at worst {self.worst}), {self.beyond} watermarks too far"
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One file after one cut. `missing` acknowledged rows."""

    sound: bool
    missing: int = 0
    beyond: bool = False


def run(writer: str, commits: int, cuts: int, seed: int, folder: Path) -> Verdict:
    """Records one run of a writer and cuts it at random places."""
    base = folder / f"{writer}.db"
    python = [sys.executable, "-m", "tests.power.writers", writer, str(base), str(commits)]
    command = ["env", f"--chdir={ROOT}", *python]
    return cut(writer, recorded(command, folder, folder / "strace.log"), base, cuts, seed)


def cut(writer: str, steps: Sequence[Step], base: Path, cuts: int, seed: int) -> Verdict:
    """Cuts a recorded run."""
    chance, disk, done = Random(seed), Disk(), 0
    found: list[Found] = []
    scratch = base.parent / "scratch"
    for place in sorted(chance.randrange(len(steps) + 1) for _ in range(cuts)):
        for step in steps[done:place]:
            disk.follow(step)
        done = place
        copy = _written(disk.left(chance), base, scratch)
        found.append(_look(copy, disk.said, stored=writer == "telemetry"))
    return Verdict(
        writer,
        cuts,
        sum(not one.sound for one in found),
        sum(one.missing > 0 for one in found),
        max(one.missing for one in found),
        sum(one.beyond for one in found),
    )


def _written(files: dict[str, bytes], base: Path, scratch: Path) -> Path:
    """The files of one cut, elsewhere, as the next start finds them."""
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    for path, data in files.items():
        if not path.endswith("-shm"):
            (scratch / Path(path).name).write_bytes(data)
    return scratch / base.name


def _look(file: Path, said: Sequence[str], *, stored: bool) -> Found:
    expected = _expected(said)
    try:
        there, settled = _read(file, stored=stored)
    except sqlite3.DatabaseError as error:
        if "no such table" in str(error):
            return Found(sound=True, missing=len(expected))
        return Found(sound=False)
    beyond = any(
        (machine, seq) not in there for machine, upto in settled for seq in range(1, upto + 1)
    )
    return Found(True, len(expected - there), beyond)


def _read(file: Path, *, stored: bool) -> tuple[set[tuple[str, int]], list[tuple[str, int]]]:
    base = sqlite3.connect(file)
    try:
        if base.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            raise sqlite3.DatabaseError("integrity")
        rows = base.execute(_STORED if stored else _SPOOLED, (BOOT,)).fetchall()
        if len(rows) != len(set(rows)):
            raise sqlite3.DatabaseError("a row twice")
        return set(rows), base.execute(_SETTLED).fetchall() if stored else []
    finally:
        base.close()


def _expected(said: Sequence[str]) -> set[tuple[str, int]]:
    """What was acknowledged and not given up since."""
    last = {line.split()[0]: int(line.split()[1]) for line in said}
    first = (last.get("forgets", -1) + 1) * BATCH + 1
    upto = (last.get("kept", -1) + 1) * BATCH
    return {(machine, seq) for machine in MACHINES for seq in range(first, upto + 1)}
