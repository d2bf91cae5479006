"""The rules as a page for people, made from the rules themselves: `docs/rules.md`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from inspect import getdoc

from domain.rulebook import RuleRow
from domain.words import Words, words
from scheduler.rules.rule import Rule

_CHECK = "check the printed book"
_MARK = "**check against the printed SOP**"

_HEAD = """\
# Rules

Made from `scheduler/rules/` and `domain/rulebook.py` by `python -m clearshift.rules_page`; do not
edit it here.

Every rule is a file with two halves that say the same: `check` judges a plan in wall-clock times
and knows no solver, `encode` tells the solver. A hard rule is never broken. A soft rule costs its
unit times its weight; tier 1 is settled first, and no later tier takes anything back. Limits,
tiers, weights and on or off are dated rows of data: those below are the standard, and a center's
own rows take precedence from their date on.

Rows marked **check against the printed SOP** rest on second-hand reports of the Chinese
{english}
({chinese}) and must be compared with the printed book.
"""
_SOP = words("Standard Operating Procedures for Blood Purification, 2021 edition")
_TITLE = words("title in Chinese")


def rules_page(
    rules: Iterable[Rule], rows: Iterable[RuleRow], chinese: Callable[[Words], str]
) -> str:
    """The page in Markdown: English, with the Chinese title of every rule."""
    listed = tuple(rules)
    row = {one.rule: one for one in rows}
    hard = [rule for rule in listed if rule.hard]
    soft = [rule for rule in listed if not rule.hard]
    title = chinese(_TITLE)
    lines = [
        _HEAD.format(english=_SOP, chinese=chinese(_SOP)),
        "## Hard rules\n",
        f"| Rule | Title | {title} | Limit | Where from |",
        "|---|---|---|---|---|",
        *(_line(rule, row[rule.name], chinese) for rule in hard),
        "\n## Soft rules\n",
        f"| Rule | Title | {title} | Tier | Weight | Limit | Where from |",
        "|---|---|---|---|---|---|---|",
        *(_line(rule, row[rule.name], chinese) for rule in soft),
        "\n## In words\n",
        *_told(listed, chinese),
    ]
    return "\n".join(lines)


def sentence(rule: Rule) -> str:
    """The rule in one sentence: the first of its docstring."""
    return _paragraphs(rule)[0]


def _line(rule: Rule, row: RuleRow, chinese: Callable[[Words], str]) -> str:
    rank = () if rule.hard else (str(row.tier), str(row.weight))
    limit = "" if row.limit is None else str(row.limit)
    name = f"[`{rule.name}`](#{rule.name})"
    cells = (name, str(rule.title), chinese(rule.title), *rank, limit, _source(row.source))
    return f"| {' | '.join(cells)} |"


def _source(text: str) -> str:
    return f"{text} {_MARK}".replace(f": {_CHECK}", "") if _CHECK in text else text


def _told(rules: Iterable[Rule], chinese: Callable[[Words], str]) -> Iterator[str]:
    """Every rule in words; rules of one class only once."""
    told: dict[type[Rule], str] = {}
    for rule in rules:
        first = told.setdefault(type(rule), rule.name)
        said = "\n\n".join(_paragraphs(rule)) if first == rule.name else f"As `{first}`."
        for label in ("Source:", "Limit:", "Unit:"):
            said = said.replace(label, f"**{label}**")
        kind = "hard" if rule.hard else "soft"
        yield f"### {rule.name}\n\n*{rule.title} / {chinese(rule.title)}; {kind}.* {said}\n"


def _paragraphs(rule: Rule) -> tuple[str, ...]:
    return tuple(_unwrapped(getdoc(type(rule)) or ""))


def _unwrapped(text: str) -> Iterator[str]:
    return (" ".join(part.split()) for part in text.split("\n\n"))
