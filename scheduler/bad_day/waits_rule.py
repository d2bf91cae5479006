"""The longest wait as a price instead of a prohibition: on a bad day not everybody can be kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from domain.bad_day import Flag, Rank, Wait
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.waiting import Waiting
from domain.words import words
from scheduler.model import DayCharge, Model
from scheduler.rules.longest_gap import LongestGap

WORST = 1
"""The tier of the worst wait."""
COUNTS = {Flag.FIRST: 2, Flag.USUAL: 3, Flag.CAN_WAIT: 4}
"""The tiers that count people above their line, by the doctor's flag."""
ORDER = 5
"""The tier in which whoever is further up in the order weighs more."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a wait costs in a tier; never negative."""

    tier: int
    cost: Callable[[Wait], int]


class LongestWait:
    """Nobody waits longer than allowed, and if somebody must, then those who can.

    The same rule as `longest_gap` to whoever judges a plan, but the search pays for long waits
    instead of being forbidden them. Waits are counted from the last session that took place,
    however long ago, and somebody without any session waits into the week after.

    Source: as `longest_gap`, or the doctor's word for the day. Unit: people and days, by tier.
    """

    name = "longest_gap"
    title = words("Longest gap")
    hard = True

    def __init__(self, counted: Waiting, charges: Callable[[str], Iterable[Charge]]) -> None:
        self._counted = counted
        self._charges = charges

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every gap above the limit."""
        return LongestGap().check(problem, plan)

    def encode(self, model: Model) -> None:
        """A price for each way to spend the days of the week, and for not coming at all."""
        monday = model.problem.first_day
        for patient in sorted(self._counted.lines):
            longest = self._longest(patient)
            for charge in self._charges(patient):
                cost = _cost(longest, charge)
                model.day_charges[patient].append(DayCharge(charge.tier, 1, cost))
                model.missing_charges[patient, monday].append((charge.tier, (cost(()),)))

    def _longest(self, patient: str) -> Callable[[tuple[date, ...]], Wait | None]:
        return cache(lambda days: self._counted.longest(patient, days))


def _cost(
    longest: Callable[[tuple[date, ...]], Wait | None], charge: Charge
) -> Callable[[tuple[date, ...]], int]:
    def cost(days: tuple[date, ...]) -> int:
        wait = longest(days)
        return 0 if wait is None else charge.cost(wait)

    return cost


def worst_only(allowed: int) -> Callable[[str], Iterable[Charge]]:
    """One for everybody who would wait more than so many days above the own line."""
    charge = Charge(WORST, lambda wait: int(wait.over > allowed))
    return lambda _: (charge,)


def in_order(ranks: Iterable[Rank], allowed: int) -> Callable[[str], Iterable[Charge]]:
    """The worst wait first; then as few people above their line as will do, those whom the
    doctor puts first before the others; then the days above it, whoever is further up in the
    order weighing more."""
    listed = tuple(ranks)
    worst = Charge(WORST, lambda wait: int(wait.over > allowed))
    by_code = {
        rank.patient: (
            worst,
            Charge(COUNTS[rank.flag], lambda wait: int(wait.over > 0)),
            Charge(ORDER, _weighed(len(listed) + 1 - rank.place)),
        )
        for rank in listed
    }
    return lambda patient: by_code[patient]


def _weighed(weight: int) -> Callable[[Wait], int]:
    return lambda wait: weight * max(0, wait.over)
