"""How a search goes, in words: for terminals, logs and screens alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from domain.words import Words, words
from scheduler.planner import Progress

ALL_TIERS = -1
"""Stands for all tiers while the search only weighs them against each other."""
START, TIMES, SEATS = "start", "timetable", "seating"
PROVEN = words("proven")

Figure = tuple[str, Words]
"""A tier's cost and what is known about it."""


def stage_words(stage: str | None) -> Words:
    """What the search is at; without a stage it has not begun to search."""
    match stage:
        case None:
            return words("Setting up the rules")
        case "start":
            return words("Looking for a good start")
        case "timetable":
            return words("Settling days and shifts")
        case "roster":
            return words("Settling duties")
        case _:
            return words("Placing stations")


def stage_of(progress: Progress) -> str:
    """The stage's name; the first one, in which tiers are only weighed, has its own."""
    return START if progress.rough else progress.stage


def known(cost: int, bound: int) -> Words:
    """How far the cost is from the best there can be."""
    if cost <= bound:
        return PROVEN
    return words("at least {bound}, gap {gap} %", bound=bound, gap=percent(cost, bound))


def percent(cost: int, bound: int) -> str:
    """The gap with one decimal."""
    return f"{100 * (cost - bound) / cost:.1f}"


def open_tiers(progress: Progress) -> Iterator[tuple[int, int, int]]:
    """Tier, cost and bound up to the first tier that is not settled."""
    for tier, cost, bound in zip(progress.tiers, progress.cost, progress.bound, strict=True):
        yield tier, cost, bound
        if cost > bound:
            return


def figures_of(progress: Progress) -> Iterator[tuple[int, str, Words]]:
    """Tier, cost and what is known about it, up to the first tier that is not settled."""
    for tier, cost, bound in open_tiers(progress):
        if not progress.rough:
            yield tier, str(cost), known(cost, bound)
        elif cost > bound:
            yield ALL_TIERS, "", to_go(cost, bound)


def to_go(cost: int, bound: int) -> Words:
    """How much the rough weighing has left."""
    return words("about {gap} % to go", gap=percent(cost, bound))


def tier_words(tier: int, names: Mapping[int, Words]) -> Words:
    """What a tier is called."""
    if tier == ALL_TIERS:
        return words("All rules weighed together")
    return names.get(tier, words("Tier {tier}", tier=tier))


def log_line(progress: Progress, now: datetime) -> str:
    """One line of the log: moment, seconds, stage, then tier by tier the cost and its bound."""
    figures = " ".join(
        f"tier {tier}: {cost} >= {bound};"
        for tier, cost, bound in zip(progress.tiers, progress.cost, progress.bound, strict=True)
    )
    stage = stage_of(progress)
    return f"{now.isoformat(timespec='milliseconds')} {progress.seconds:.3f} s {stage} {figures}\n"
