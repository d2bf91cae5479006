"""The tiers of the soft rules in words: what is settled first, second, third."""

from __future__ import annotations

from collections.abc import Mapping

from domain.problem import Problem
from domain.words import Words, words
from scheduler.check import enabled
from scheduler.model import PROMISES


def tier_names(problem: Problem) -> Mapping[int, Words]:
    """What each tier is about: its first rule's title, and how many more rules it has."""
    titles: dict[int, list[Words]] = {PROMISES: [words("Promises kept")]}
    for rule in enabled(problem):
        if not rule.hard:
            titles.setdefault(problem.row(rule.name).tier or 0, []).append(rule.title)
    return {tier: _said(found) for tier, found in sorted(titles.items())}


def _said(titles: list[Words]) -> Words:
    match titles:
        case [only]:
            return only
        case [first, second]:
            return words("{first}, {second}", first=first, second=second)
        case [first, *others]:
            return words("{first} and {count} more", first=first, count=len(others))
    raise ValueError("a tier without rules")
