"""What gateways said of themselves since it was last written down: only the newest counts."""

from __future__ import annotations

from datetime import datetime

from devices.ingest.store import Store
from devices.wire.states import GatewayStatus, LinkReport
from domain.telemetry import BootHeld, GatewayLife, LinkState, SpoolReport

MOST_LIVES = 20
"""Of one gateway, between two writings: it flaps, or the store is down for long."""


class Notes:
    """State over time: what is not written yet."""

    def __init__(self) -> None:
        self._links: dict[tuple[str, str], LinkState] = {}
        self._spools: dict[tuple[str, str, str], SpoolReport] = {}
        self._gateways: dict[str, list[GatewayLife]] = {}

    def link(self, report: LinkReport) -> None:
        """A link, with the numbers that its gateway gave and holds. Of these the last word of
        each boot is kept, in the order in which they came."""
        state = report.state
        machine, gateway, boot = state.machine, state.gateway, state.boot
        self._links[machine, gateway] = state
        self._spools.pop((machine, gateway, boot), None)
        own = (BootHeld(boot, report.accepted, report.first),) if report.accepted else ()
        held = (*own, *report.older)
        self._spools[machine, gateway, boot] = SpoolReport(machine, gateway, boot, held)

    def gateway(self, status: GatewayStatus) -> None:
        """A gateway's life: all that was said is kept in order, since a death of another boot
        than the last one alive means nothing."""
        life = GatewayLife(status.gateway, status.boot, status.online, status.ts)
        said = self._gateways.setdefault(status.gateway, [])
        said.append(life)
        del said[:-MOST_LIVES]

    def write(self, store: Store, now: datetime) -> None:
        """Into the store, if there is anything. Raises StoreDown; then nothing is forgotten."""
        if not self._links and not self._gateways:
            return
        lives = [life for said in self._gateways.values() for life in said]
        store.note(now, list(self._links.values()), list(self._spools.values()), lives)
        self._links.clear()
        self._spools.clear()
        self._gateways.clear()
