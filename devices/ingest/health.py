"""How an ingest is: what it did, and whether it can do it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """`holding`: the database takes no writes, and nothing is acknowledged until it does."""

    STORING = "storing"
    HOLDING = "holding"
    NO_BROKER = "no broker"


@dataclass(frozen=True, slots=True)
class Counts:
    """Messages since the start. `shed` found no room and are sent again by their gateways;
    `waiting` are in the queue."""

    received: int = 0
    stored: int = 0
    repeated: int = 0
    conflicts: int = 0
    quarantined: int = 0
    shed: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """At one moment. `reason` says why it is not storing; `committed` when it last did."""

    ingest: str
    state: State
    reason: str
    counts: Counts
    committed: datetime | None
