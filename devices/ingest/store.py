"""What ingest needs of a database; `db` has it for SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from domain.telemetry import Arrival, LinkState, Quarantined, Settled, Watermark


class Store(Protocol):
    """Durable once a call returns. Raises StoreDown if it cannot be, with nothing written."""

    def known(self) -> frozenset[str]:
        """Codes of the center's machines; nothing else is ever stored for."""
        ...

    def settle(self, arrivals: Sequence[Arrival], quarantined: Sequence[Quarantined]) -> Settled:
        """In one transaction: store what is new, count what came again, keep both sides of a
        key with two contents, and move the watermarks."""
        ...

    def note(self, links: Sequence[LinkState], received: Sequence[tuple[str, int]]) -> None:
        """Keep the newest state of each link. `received` are (machine, accepted) counts as
        gateways give them, for the books."""
        ...

    def watermarks(self) -> tuple[Watermark, ...]:
        """What is settled of every machine and boot."""
        ...


class StoreDown(Exception):
    """The database cannot take a write now; says why. The caller keeps what it has."""
