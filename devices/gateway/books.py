"""The gateway's side of each machine's books: numbers given, entries held, entries refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from devices.gateway.spool import Holding
from devices.wire.states import LinkReport, OlderBoot
from domain.telemetry import LinkState


class Books:
    """Counts from what the spool held when this boot began."""

    def __init__(self, boot: str, holdings: Iterable[Holding]) -> None:
        self._boot = boot
        self._given: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._held: Counter[tuple[str, str]] = Counter()
        self._highest: dict[tuple[str, str], int] = {}
        for one in holdings:
            self._held[one.machine, one.boot] = one.count
            self._highest[one.machine, one.boot] = one.highest

    @property
    def held(self) -> int:
        """Entries in the spool."""
        return self._held.total()

    @property
    def refused(self) -> int:
        """Entries that the full spool did not take in this boot."""
        return self._refused.total()

    def given(self, machine: str) -> int:
        """The number given last in this boot; 0 if none was."""
        return self._given[machine]

    def kept(self, machine: str, count: int) -> None:
        """So many more have been accepted."""
        self._given[machine] += count
        self._held[machine, self._boot] += count

    def refuse(self, machine: str, count: int) -> None:
        """So many could not be."""
        self._refused[machine] += count

    def forgot(self, gone: Mapping[tuple[str, str], int]) -> None:
        """So many of a machine and boot have left the spool."""
        for of, count in gone.items():
            self._held[of] -= count
            if self._held[of] <= 0:
                del self._held[of]

    def report(self, state: LinkState, at: datetime) -> LinkReport:
        """A link with its books."""
        machine = state.machine
        held = {boot: count for (name, boot), count in self._held.items() if name == machine}
        older = tuple(
            OlderBoot(boot, self._highest[machine, boot]) for boot in held if boot != self._boot
        )
        spooled, refused = sum(held.values()), self._refused[machine]
        return LinkReport(state, at, self._given[machine], spooled, refused, older)
