"""Raw results as JSON lines: first where they were measured, then one line a measurement."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

RESULTS = Path(__file__).parent / "results"


class Row(Protocol):
    """One measurement: a frozen dataclass of plain values."""

    def brief(self) -> str:
        """What the progress line says of it."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where and with what was measured. `load` is the machine's load average just before."""

    day: str
    machine: str
    cores: int
    memory_gib: float
    load: float
    python: str
    versions: dict[str, str]


@dataclass(frozen=True, slots=True)
class Failure:
    """A measurement that ended without a result."""

    task: str
    arguments: dict[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class Records:
    """All that one run of a family found."""

    surroundings: Surroundings
    rows: tuple[Any, ...]
    failures: tuple[Failure, ...] = ()


def write_records(file: Path, records: Records) -> None:
    """Replaces the file by these records."""
    lines: list[dict[str, Any]] = [{"surroundings": asdict(records.surroundings)}]
    lines.extend({"row": asdict(row)} for row in records.rows)
    lines.extend({"failure": asdict(failure)} for failure in records.failures)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


def read_records(file: Path, row: type[Any]) -> Records:
    """The records of a file whose rows are of a type.

    Raises OSError if there is no such file, TypeError or KeyError if it is of another version.
    """
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return Records(
        Surroundings(**lines[0]["surroundings"]),
        tuple(row(**line["row"]) for line in lines[1:] if "row" in line),
        tuple(_failures(lines[1:])),
    )


def _failures(lines: Iterable[dict[str, Any]]) -> Iterable[Failure]:
    return (Failure(**line["failure"]) for line in lines if "failure" in line)
