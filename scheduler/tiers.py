"""The timetable's tiers as one program after another.

Neighboring tiers whose costs are small enough share a program, each multiplied so that one
unit outweighs all later tiers together; what is settled becomes a budget for what follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from scheduler.model import PROMISES
from scheduler.program import Bools, Columns, Ints, Listed, Overflow
from scheduler.state import Outcome
from scheduler.timetable import Timetable

_ROOM = 1 << 40
"""The most that one program's whole cost may come to: bounds stay exact in 64 bits, and the
relaxation's floating-point numbers stay well behaved."""


@dataclass(frozen=True, slots=True)
class Block:
    """Tiers settled together: positions in the timetable's tiers, and their multipliers."""

    tiers: tuple[int, ...]
    factor: tuple[int, ...]


def blocks(timetable: Timetable) -> tuple[Block, ...]:
    """As few blocks as the room allows, first tiers first; broken promises on their own."""
    worst = _worst(timetable)
    found: list[Block] = []
    group: list[int] = []
    for tier in range(len(timetable.tiers)):
        if group and (
            _total(worst, [*group, tier]) > _ROOM or timetable.tiers[tier - 1] == PROMISES
        ):
            found.append(Block(tuple(group), _factors(worst, group)))
            group = []
        group.append(tier)
    if group:
        found.append(Block(tuple(group), _factors(worst, group)))
    return tuple(found)


def guide(timetable: Timetable) -> Block:
    """All tiers at once, one unit of an earlier tier outweighing whatever a single patient
    could pay in later ones: not exact, but a good place to start from."""
    weeks = timetable.tier_cost[: len(timetable.columns)]
    dearest = weeks.max(axis=0, initial=0)
    factors = [1]
    for tier in range(len(timetable.tiers) - 1, 0, -1):
        factors.append(min(factors[-1] * (int(dearest[tier]) + 1), _ROOM >> 16))
    return Block(tuple(range(len(timetable.tiers))), tuple(reversed(factors)))


def _worst(timetable: Timetable) -> list[int]:
    """What each tier can come to at worst."""
    weeks = timetable.tier_cost[: len(timetable.columns)]
    over = timetable.tier_cost[len(timetable.columns) :]
    dearest = np.maximum.reduceat(weeks, timetable.first[:-1]).sum(axis=0)
    return [int(x) for x in dearest + (over * timetable.overflow_most[:, None]).sum(axis=0)]


def _factors(worst: list[int], group: list[int]) -> tuple[int, ...]:
    factors = [1]
    for tier in reversed(group[1:]):
        factors.append(factors[-1] * (worst[tier] + 1))
    return tuple(reversed(factors))


def _total(worst: list[int], group: list[int]) -> int:
    return sum((worst[t] + 1) * f for t, f in zip(group, _factors(worst, group), strict=True))


class Staircase:
    """The programs of a timetable, block after block; each step needs the one before."""

    def __init__(self, timetable: Timetable) -> None:
        self._timetable = timetable
        self._keep: Bools = np.ones(len(timetable.columns), np.bool_)
        self._budgets: list[tuple[Ints, int]] = []

    def program(self, block: Block) -> Listed:
        """The block's program over the columns that earlier blocks left."""
        table = self._timetable
        cost = self._cost(block)
        count = len(table.columns)
        picked = self.open_columns
        return Listed(
            groups=len(table.weeks),
            columns=_with_budgets(table, picked, cost[picked], [b for b, _ in self._budgets]),
            limit=np.concatenate([table.limit, self.allowances]),
            overflow=self.overflow(cost[count:]),
        )

    def settle(self, block: Block, program: Listed, outcome: Outcome) -> None:
        """Later blocks may not spend more on these tiers, so columns too dear for them go. A
        budget for each tier: one for the whole block would need numbers too large for the
        relaxation's floating point."""
        priced = program.priced(outcome.prices)
        dear = priced.reduced > priced.cheapest[program.columns.group] + outcome.slack
        self._keep[program.columns.mark[dear]] = False
        self._keep[outcome.columns.mark] = True
        for tier, spent in zip(block.tiers, apart(block, outcome.cost), strict=True):
            self._budgets.append((self._timetable.tier_cost[:, tier], spent))

    @property
    def open_columns(self) -> Ints:
        """Numbers of the columns that no settled block has ruled out."""
        return np.flatnonzero(self._keep)

    @property
    def allowances(self) -> Ints:
        """How much may be spent on each settled tier: the limits of the budget rows."""
        return np.array([allowance for _, allowance in self._budgets], np.int64)

    def overflow(self, price: Ints) -> Overflow:
        """The timetable's overflow at some prices, with what it spends of the budgets."""
        table, count = self._timetable, len(self._timetable.columns)
        spent = np.array([cost[count:] for cost, _ in self._budgets], np.int64)
        budget = spent.reshape(len(self._budgets), len(table.overflow_row)).T
        return Overflow(table.overflow_row, price, table.overflow_most, budget)

    @property
    def budgets(self) -> tuple[tuple[Ints, int], ...]:
        """What every column and overflow spends on each settled tier, and how much may be."""
        return tuple(self._budgets)

    def start(self, program: Listed, marks: Ints) -> Columns:
        """The columns with these numbers as a choice of the program."""
        return program.columns.take(np.searchsorted(program.columns.mark, np.sort(marks)))

    def _cost(self, block: Block) -> Ints:
        total: Ints = self._timetable.tier_cost[:, list(block.tiers)] @ np.array(block.factor)
        return total


def _with_budgets(table: Timetable, picked: Ints, cost: Ints, budgets: list[Ints]) -> Columns:
    """The picked columns at their cost, each with what it spends of every budget."""
    columns = table.columns.take(picked)
    columns = Columns(columns.group, cost, columns.mark, columns.start, columns.row, columns.value)
    for number, budget in enumerate(budgets):
        columns = with_row(columns, len(table.limit) + number, budget[picked])
    return columns


def with_row(columns: Columns, row: int, spent: Ints) -> Columns:
    """The columns with one more row, the last, of which column j uses `spent[j]`."""
    paying = np.flatnonzero(spent)
    ends = columns.start[paying + 1]
    extra = np.zeros(len(columns) + 1, np.int64)
    extra[paying + 1] = 1
    return Columns(
        columns.group,
        columns.cost,
        columns.mark,
        columns.start + np.cumsum(extra),
        np.insert(columns.row, ends, row),
        np.insert(columns.value, ends, spent[paying]),
    )


def apart(block: Block, cost: int) -> Iterator[int]:
    """A block's cost taken apart into its tiers again; of a bound, the first part holds."""
    for factor in block.factor:
        yield cost // factor
        cost %= factor
