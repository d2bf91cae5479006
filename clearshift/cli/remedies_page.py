"""Shortages and what closes them, as a page and as a document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.pages import attention, good, items, table
from clearshift.i18n import Say
from domain.problem import Problem
from domain.remedy_price import Item, Rate
from domain.remedy_words import ITEM_WORDS, remedy_words, source_words
from domain.words import words
from scheduler.remedies.closing_words import (
    helpless_words,
    proven_words,
    shortage_words,
    strength_words,
    unknown_words,
)
from scheduler.remedies.terms import Closing, Terms

UNIT = words(
    "The cost is in hours of a nurse's ordinary time; every rate and its source can be replaced "
    "with --rates."
)


def closing_page(
    problem: Problem, terms: Terms, found: Closing, say: Say
) -> Iterator[RenderableType]:
    """Shortage by shortage."""
    for said in unknown_words(problem, found):
        yield attention(say, said)
    if not found.shortages and not found.unsettled:
        yield good(say, words("Everybody has all sessions: a plan was found and judged legal."))
    for shortage in found.shortages:
        yield attention(say, shortage_words(problem, shortage))
        rows = [
            (hours(one.cost.minutes), proven_words(problem, one), strength_words(one))
            for one in found.remedies
            if one.zones == shortage.zones
        ]
        if rows:
            heads = (words("hours"), words("what closes it"), words("proven"))
            yield table(say, heads, rows, {0})
        yield from items(
            say,
            (helpless_words(one) for one in found.helpless if one.zones == shortage.zones),
        )
    if found.shortages:
        yield from _rates(terms, found, say)


def hours(minutes: int) -> str:
    """Minutes as hours and minutes."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def rates_page(rates: Mapping[Item, Rate], used: Collection[Item], say: Say) -> RenderableType:
    """What the items weigh that stand in some costs, and on whose word."""
    rows = [
        (hours(rate.minutes), ITEM_WORDS[item], source_words(rate))
        for item, rate in rates.items()
        if item in used
    ]
    return table(say, (words("hours"), words("for each of"), words("source")), rows, {0})


def _rates(terms: Terms, found: Closing, say: Say) -> Iterator[RenderableType]:
    used = {line.rate.item for one in found.remedies for line in one.cost.lines}
    if used:
        yield Text("")
        yield Text(say(UNIT), style="dim")
        yield rates_page(terms.rates, used, say)


def closing_document(problem: Problem, found: Closing) -> dict[str, Any]:
    """The same for scripts."""
    return {
        "shortages": found.shortages,
        "remedies": [
            {
                "kind": one.kind,
                "zones": one.zones,
                "remedies": one.remedies,
                "words": [remedy_words(problem, remedy) for remedy in one.remedies],
                "minutes": one.cost.minutes,
                "cost": one.cost.lines,
                "least": one.least,
            }
            for one in found.remedies
        ],
        "helpless": found.helpless,
        "aside": found.aside,
        "unsettled": found.unsettled,
    }
