"""What would it take, and scenarios side by side: rows for tables. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.planning.markup import Cell
from domain.problem import Problem
from domain.remedied import may_have_fewer
from domain.remedy import Remedy
from domain.remedy_price import Item, Rate
from domain.remedy_words import ITEM_WORDS, source_words
from domain.words import Say
from scheduler.remedies.closing_words import (
    helpless_words,
    proven_words,
    strength_words,
    zone_words,
)
from scheduler.remedies.growth import Growth
from scheduler.remedies.scenario_words import ANSWER_WORDS, SIDE_ROWS, hours_words
from scheduler.remedies.scenarios import Scenario, Side
from scheduler.remedies.terms import Closing


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario as it is put together on the screen: its name and its changes."""

    name: str
    remedies: tuple[Remedy, ...]

    def scenario(self) -> Scenario:
        """For the comparison."""
        return Scenario(self.name, self.remedies)


def closing_cells(problem: Problem, found: Closing, say: Say) -> Iterator[tuple[Cell, ...]]:
    """For each shortage its zones, hours, what is to be done, and what is proven of it; then
    what does not help."""
    for shortage in found.shortages:
        where = Cell(say(zone_words(problem, shortage.zones)))
        for one in found.remedies:
            if one.zones == shortage.zones:
                yield (
                    where,
                    Cell(say(hours_words(one.cost.minutes)), number=True),
                    Cell(say(proven_words(problem, one))),
                    Cell(say(strength_words(one)), tone="good" if one.least else ""),
                )
        for other in found.helpless:
            if other.zones == shortage.zones:
                said = Cell(say(helpless_words(other)), tone="faint")
                yield where, Cell("–", number=True, tone="faint"), said, Cell("")


def side_cells(sides: Sequence[Side], say: Say) -> Iterator[tuple[Cell, ...]]:
    """A row for each figure, a cell for each scenario; better and worse than the first."""
    for row in SIDE_ROWS:
        numbers = [row.number(side) for side in sides]
        yield (
            Cell(say(row.title)),
            *(
                Cell(say(row.cell(side)), number=True, tone=_tone(numbers[0], number))
                for side, number in zip(sides, numbers, strict=True)
            ),
        )


def _tone(first: int | None, mine: int | None) -> str:
    if first is None or mine is None or mine == first:
        return ""
    return "good" if mine < first else "bad"


def growth_cells(sides: Sequence[Side], say: Say) -> Iterator[tuple[Cell, ...]]:
    """A row for each month, until all are broken: how many patients, and who still fits."""
    growing = [side.growth for side in sides if side.growth is not None]
    if not growing or len(growing) < len(sides):
        return
    for number in range(_last_month(growing) + 1):
        yield (
            Cell(str(number), number=True),
            Cell(str(growing[0].months[number].patients), number=True),
            *(_month(one, number, say) for one in growing),
        )


def _last_month(growing: Iterable[Growth]) -> int:
    """The month after the last that breaks anything."""
    broken = [
        one.growing.months if one.breaks is None else min(one.breaks + 1, one.growing.months)
        for one in growing
    ]
    return max(broken)


def _month(found: Growth, number: int, say: Say) -> Cell:
    month = found.months[number]
    tone = {"fits": "good", "short": "bad"}.get(month.answer.value, "faint")
    return Cell(say(ANSWER_WORDS[month.answer]), tone=tone)


def rate_cells(rates: Mapping[Item, Rate], say: Say) -> Iterator[tuple[Cell, ...]]:
    """What each item weighs, and on whose word."""
    for item, rate in rates.items():
        yield (
            Cell(say(ITEM_WORDS[item])),
            Cell(say(hours_words(rate.minutes)), number=True),
            Cell(say(source_words(rate))),
        )


def listable(problem: Problem) -> tuple[str, ...]:
    """Patients whom a doctor's list may name: those on three sessions a week."""
    return tuple(code for code in sorted(problem.patient) if may_have_fewer(problem, code))
