"""Scenarios side by side, as a page and as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.pages import Cell, attention, heading, items, table
from clearshift.cli.remedies_page import UNIT, rates_page
from clearshift.i18n import Say
from domain.problem import Problem
from domain.remedy_words import remedy_words
from domain.words import Words, words
from scheduler.remedies.scenario_words import SIDE_ROWS, growth_words, side_cell
from scheduler.remedies.scenarios import Comparing, Side


def told(side: Side) -> Words:
    """A line as soon as a scenario is there."""
    return words(
        "{name}: {missing} of {wanted} sessions missing, {nights} nights",
        name=side.scenario.name,
        missing=side.missing,
        wanted=side.wanted,
        nights=side.nights,
    )


def sides_page(
    problem: Problem, sides: Sequence[Side], comparing: Comparing, say: Say
) -> Iterator[RenderableType]:
    """A column for each scenario, a row for each figure."""
    yield heading(say, words("Side by side"))
    heads = (words("what"), *(words("{name}", name=one.scenario.name) for one in sides))
    rows: list[Sequence[Cell]] = [
        (row.title, *(side_cell(row, side) for side in sides)) for row in SIDE_ROWS
    ]
    yield table(say, heads, rows, range(1, len(heads)))
    for side in sides:
        if not side.legal:
            yield attention(
                say, words("{name}: the plan breaks hard rules", name=side.scenario.name)
            )
    yield from _changes(problem, sides, say)
    yield from _growth(sides, say)
    used = {line.rate.item for side in sides for line in side.cost.lines}
    if used:
        yield Text("")
        yield Text(say(UNIT), style="dim")
        yield rates_page(comparing.rates, used, say)


def _changes(problem: Problem, sides: Sequence[Side], say: Say) -> Iterator[RenderableType]:
    for side in sides:
        if side.scenario.remedies:
            yield heading(say, words("{name}", name=side.scenario.name))
            yield from items(say, (remedy_words(problem, one) for one in side.scenario.remedies))


def _growth(sides: Sequence[Side], say: Say) -> Iterator[RenderableType]:
    growing = [(side, side.growth) for side in sides if side.growth is not None]
    if growing:
        yield heading(say, words("Growth"))
        yield from items(
            say,
            (
                words("{name}: {said}", name=side.scenario.name, said=growth_words(found))
                for side, found in growing
            ),
        )


def sides_document(problem: Problem, sides: Sequence[Side]) -> list[dict[str, Any]]:
    """The same for scripts; minutes are minutes, hours nobody has to parse."""
    return [
        {
            "name": side.scenario.name,
            "remedies": side.scenario.remedies,
            "words": [remedy_words(problem, one) for one in side.scenario.remedies],
            "cost_minutes": side.cost.minutes,
            "cost": side.cost.lines,
            "legal": side.legal,
            "status": side.run.status,
            "wanted": side.wanted,
            "missing": side.missing,
            "patients_short": side.out,
            "missing_at_least": side.least,
            "missing_proven": side.fewest,
            "nights": side.nights,
            "nights_not_volunteered": side.forced,
            "patients_with_wishes": side.asking,
            "all_wishes_met": side.met,
            "nurse_minutes": side.nurse_minutes,
            "seconds": side.run.seconds,
            "growth": side.growth,
        }
        for side in sides
    ]
