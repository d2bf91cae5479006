"""One session of a scene."""

from __future__ import annotations

from dataclasses import dataclass

from domain.plan import Assignment


@dataclass(frozen=True, slots=True)
class Entry:
    """One session: when its shift begins, how long it takes, by how much it may begin later,
    whose hands it takes, and by how much its patient was told that it does; `fixed` if that
    stands."""

    row: Assignment
    start: int
    minutes: int
    delays: tuple[int, ...]
    nurse: int
    told: int | None = None
    fixed: bool = False
