"""What ingest needs of a database; `db` has it for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from domain.telemetry import (
    Arrival,
    GatewayLife,
    LinkState,
    Quarantined,
    Settled,
    SpoolReport,
    StoreDown,
    Unstorable,
    Watermark,
)

__all__ = ["Store", "StoreDown", "Unstorable"]


class Store(Protocol):
    """Durable once a call returns. Raises StoreDown if it cannot be, with nothing written."""

    def known(self) -> frozenset[str]:
        """Codes of the center's machines; nothing else is ever stored for."""
        ...

    def settle(self, arrivals: Sequence[Arrival], quarantined: Sequence[Quarantined]) -> Settled:
        """In one transaction: store what is new, count what came again, keep both sides of a
        key with two contents, and move the watermarks. Raises Unstorable if something in the
        batch is refused for what it is; then, too, nothing is written."""
        ...

    def note(
        self,
        now: datetime,
        links: Sequence[LinkState],
        spools: Sequence[SpoolReport],
        gateways: Sequence[GatewayLife] = (),
    ) -> None:
        """Keep the newest state of each link and gateway. `spools` is what gateways say to have
        given and still to hold, in the order in which they said it, for the books."""
        ...

    def waiting(self, machine: str, most: int) -> Sequence[Quarantined]:
        """The oldest messages with a key that were put aside as `UNREGISTERED`."""
        ...

    def readmit(self, arrivals: Sequence[Arrival], refused: Sequence[Quarantined]) -> int:
        """In one transaction: store what was put aside, under its own keys, and give the
        `refused` their new reasons. What is no longer there is left out. How many were stored.
        Raises Unstorable; then nothing is written."""
        ...

    def watermarks(self) -> tuple[Watermark, ...]:
        """What is settled of every machine and boot."""
        ...

    def tend(self, now: datetime) -> bool:
        """One small piece of what can wait, such as minute values and what is too old; well
        under 100 ms. True if there is more to do at once."""
        ...

    def beat(self, ingest: str, now: datetime) -> None:
        """Leave word that this ingest lives and can write."""
        ...
