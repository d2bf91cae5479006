"""What the rules say of a plan, as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import RenderableType

from clearshift.cli.pages import bad, good, heading, items, table
from clearshift.i18n import Say
from domain.plan import Violation
from domain.problem import Problem
from domain.rulebook import STANDARD_ROWS
from domain.words import Words, words
from scheduler.check import Verdict, enabled
from scheduler.rules import RULES
from scheduler.rules.units import UNITS

_TITLES = {rule.name: rule.title for rule in RULES}


def rule_title(name: str) -> Words:
    """A rule's title, or its name if the program has none of that name."""
    return _TITLES.get(name, words("{name}", name=name))


def source_of(problem: Problem, name: str) -> Words:
    """Where a rule comes from: a standard row's in the reader's language, else as the center
    wrote it."""
    source = problem.row(name).source
    standard = {row.source for row in STANDARD_ROWS}
    return Words(source) if source in standard else words("{source}", source=source)


def broken_rules(
    problem: Problem, broken: Iterable[Violation], say: Say
) -> Iterator[RenderableType]:
    """Hard rules that are broken, each with its source and every witness."""
    for name, witnesses in groupby(broken, key=lambda one: one.rule):
        said = words(
            "Not allowed: {rule} (rule {name}; {source})",
            rule=rule_title(name),
            name=name,
            source=source_of(problem, name),
        )
        yield bad(say, said)
        yield from items(say, (one.words for one in witnesses))


def all_kept(problem: Problem, say: Say) -> RenderableType:
    """That no hard rule is broken."""
    count = sum(rule.hard for rule in enabled(problem))
    return good(
        say,
        words("Checked without the solver: none of {count} hard rules is broken.", count=count),
    )


def paid_rules(problem: Problem, paid: Iterable[Violation], say: Say) -> Iterator[RenderableType]:
    """Every witness of the soft rules, rule by rule."""
    for name, witnesses in groupby(paid, key=lambda one: one.rule):
        said = words(
            "{rule} (rule {name}; {source})",
            rule=rule_title(name),
            name=name,
            source=source_of(problem, name),
        )
        yield heading(say, said)
        yield from items(
            say, (words("{cost}: {what}", cost=one.cost, what=one.words) for one in witnesses)
        )


def cost_table(verdict: Verdict, say: Say) -> RenderableType:
    """What soft rules cost, in the center's order."""
    costs = sorted((one for one in verdict.costs if one.cost), key=lambda one: one.tier)
    rows = [
        (one.tier, rule_title(one.rule), one.cost, one.weight, UNITS.get(one.rule)) for one in costs
    ]
    headings = (
        words("tier"),
        words("rule"),
        words("cost"),
        words("weight"),
        words("what is counted"),
    )
    return table(say, headings, rows, (0, 2, 3))
