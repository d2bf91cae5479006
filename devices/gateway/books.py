"""The gateway's side of each machine's books: numbers given, entries held, entries refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from devices.gateway.spool import Holding
from devices.wire.states import LinkReport
from domain.telemetry import BootHeld, LinkState


class Books:
    """Counts from what the spool held when this boot began."""

    def __init__(self, boot: str, holdings: Iterable[Holding]) -> None:
        self._boot = boot
        self._given: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._held: Counter[tuple[str, str]] = Counter()
        self._older = {(one.machine, one.boot): one for one in holdings}
        self._held.update({pair: one.count for pair, one in self._older.items()})

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
        given, refused = self._given[machine], self._refused[machine]
        held = {boot: count for (name, boot), count in self._held.items() if name == machine}
        older = tuple(
            self._remains(self._older[machine, boot], count)
            for boot, count in held.items()
            if boot != self._boot
        )
        first = given - held.get(self._boot, 0) + 1
        return LinkReport(state, at, given, sum(held.values()), refused, older, first)

    @staticmethod
    def _remains(began: Holding, count: int) -> BootHeld:
        """Numbers are forgotten from below: the first one held is at least this."""
        return BootHeld(began.boot, began.highest, began.lowest + began.count - count)
