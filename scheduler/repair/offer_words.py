"""Ways out of a shortage in words."""

from __future__ import annotations

from domain.problem import Problem
from domain.remedy_words import remedy_words
from domain.words import Words, words
from scheduler.repair.offers import WayKind, WayOut

EVERYBODY = words("everybody has a place")


def way_words(problem: Problem, way: WayOut) -> Words:
    """What the way takes; `problem` is the center without it."""
    if way.kind is WayKind.HELD:
        return words("The stations held for emergencies are used")
    said = tuple(remedy_words(problem, one) for one in way.remedies)
    return said[0] if len(said) == 1 else words("{several}", several=said)


def hours_words(minutes: int) -> Words:
    """Weighed minutes of nurses' time, as hours."""
    return words("{hours} h", hours=round(minutes / 60, 1))
