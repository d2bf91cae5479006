"""What gateways said of themselves since it was last written down: only the newest counts."""

from __future__ import annotations

from datetime import datetime

from devices.ingest.store import Store
from devices.wire.states import GatewayStatus, LinkReport
from domain.telemetry import GatewayLife, Key, LinkState

MOST_LIVES = 20
"""Of one gateway, between two writings: it flaps, or the store is down for long."""


class Notes:
    """State over time: what is not written yet."""

    def __init__(self) -> None:
        self._links: dict[tuple[str, str], LinkState] = {}
        self._given: dict[tuple[str, str], int] = {}
        self._gateways: dict[str, list[GatewayLife]] = {}

    def link(self, report: LinkReport) -> None:
        """A link, with how many numbers its gateway gave in this boot and in older ones."""
        state = report.state
        self._links[state.machine, state.gateway] = state
        self._gave(state.machine, state.boot, report.accepted)
        for one in report.older:
            self._gave(state.machine, one.boot, one.accepted)

    def gateway(self, status: GatewayStatus) -> None:
        """A gateway's life: all that was said is kept in order, since a death of another boot
        than the last one alive means nothing."""
        life = GatewayLife(status.gateway, status.boot, status.online, status.ts)
        said = self._gateways.setdefault(status.gateway, [])
        said.append(life)
        del said[:-MOST_LIVES]

    def write(self, store: Store, now: datetime) -> None:
        """Into the store, if there is anything. Raises StoreDown; then nothing is forgotten."""
        if not self._links and not self._given and not self._gateways:
            return
        given = [Key(machine, boot, seq) for (machine, boot), seq in sorted(self._given.items())]
        lives = [life for said in self._gateways.values() for life in said]
        store.note(now, list(self._links.values()), given, lives)
        self._links.clear()
        self._given.clear()
        self._gateways.clear()

    def _gave(self, machine: str, boot: str, seq: int) -> None:
        if seq:
            self._given[machine, boot] = max(seq, self._given.get((machine, boot), 0))
