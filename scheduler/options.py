"""What patients may choose among when stations are placed: weeks, and what each station costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from domain.calendar import Turn
from scheduler.program import Bools, Columns, Ints

NEVER = 1 << 34
"""A cost, in units, that no legal seat has."""


@dataclass(frozen=True, slots=True)
class Option:
    """One week that a patient may have: its turns, the stations allowed in each as bits, and
    what it uses of the rows that are not slots."""

    group: int
    mark: int
    turns: tuple[int, ...]
    allowed: tuple[int, ...]
    rows: tuple[tuple[int, int], ...] = ()


class SeatPrices(Protocol):
    """What stations cost."""

    def spread(self, patient: str) -> int:
        """Of every station beyond the first."""
        ...

    def seat(self, patient: str, turn: Turn, allowed: int, stations: Iterable[str]) -> list[int]:
        """Of every station, `NEVER` where it is not among those allowed, as bits."""
        ...


@dataclass(frozen=True, slots=True)
class Weekful:
    """Options with the same number of sessions, side by side. `seat[i, k, s]` is the cost of
    station s in the k-th turn of option i, `NEVER` where it is not allowed; `shared` holds
    the options' rows that are not slots."""

    options: tuple[Option, ...]
    group: Ints
    turns: Ints
    seat: NDArray[np.int64]
    spread: Ints
    shared: Columns

    def of(self, groups: Ints, full: Bools) -> Weekful:
        """The options of these groups, renumbered, without seats where `full[turn, station]`."""
        mine = np.flatnonzero(np.isin(self.group, groups))
        number = np.searchsorted(groups, self.group[mine])
        options = tuple(
            replace(self.options[i], group=g)
            for i, g in zip(mine.tolist(), number.tolist(), strict=True)
        )
        return Weekful(
            options=options,
            group=number,
            turns=self.turns[mine],
            seat=np.where(full[self.turns[mine]], NEVER, self.seat[mine]),
            spread=self.spread[mine],
            shared=self.shared.take(mine),
        )


def shared_rows(options: Sequence[Option]) -> Columns:
    """What the options use of the rows that are not slots."""
    nothing = np.zeros(len(options), np.int64)
    entries = [entry for option in options for entry in option.rows]
    return Columns(
        nothing,
        nothing,
        nothing,
        np.cumsum([0, *(len(option.rows) for option in options)]).astype(np.int64),
        np.array([row for row, _ in entries], np.int64),
        np.array([value for _, value in entries], np.int64),
    )
