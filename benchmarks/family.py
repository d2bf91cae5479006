"""What a family of measurements consists of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.records import Records
from benchmarks.scale import Scale


@dataclass(frozen=True, slots=True)
class Job:
    """One measurement: `measure` of the module `benchmarks.measure.<task>`, with arguments
    that JSON can hold, in a process of its own, stopped after so many seconds."""

    task: str
    arguments: dict[str, Any]
    patience: float


@dataclass(frozen=True, slots=True)
class Family:
    """A family: its jobs for a scale and a number of seeds (`None`: the scale's own), the
    type of a row, and the Markdown made of all rows. `at_once` jobs run side by side."""

    name: str
    title: str
    row: type[Any]
    jobs: Callable[[Scale, int | None], Sequence[Job]]
    report: Callable[[Records], str]
    at_once: int = 1
