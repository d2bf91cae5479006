"""Capacity in words: the whole in a sentence, and what a part of it is called."""

from __future__ import annotations

from collections.abc import Collection

from domain.problem import Problem
from domain.shortage import Capacity, Tally
from domain.words import Words, words


def balance_words(found: Capacity) -> Words:
    """Wanted against possible, and what is missing in every plan."""
    total = found.total
    if not found.short:
        return words(
            "{wanted} sessions wanted, {possible} seats: by these counts everybody fits.",
            wanted=total.wanted,
            possible=total.possible,
        )
    return words(
        "{wanted} sessions wanted, {possible} seats: in every plan at least {short} sessions "
        "of {patients} patients are missing.",
        wanted=total.wanted,
        possible=total.possible,
        short=found.short,
        patients=found.patients,
    )


def part_words(problem: Problem, tally: Tally) -> Words:
    """What is counted: a week, a day, a shift, zones, or a kind of treatment in zones."""
    if tally.monday is not None:
        return words("{day}", day=tally.monday)
    if tally.day is not None:
        return words("{day}", day=tally.day)
    if tally.shift is not None:
        return words("{name}", name=problem.shift[tally.shift].name)
    zones = _zones(problem, tally.zones or ())
    if tally.modality is not None:
        return words("{treatment}, {zone}", treatment=tally.modality.value, zone=zones)
    return zones


def _zones(problem: Problem, codes: Collection[str]) -> Words:
    names = tuple(zone.name for zone in problem.register.zones if zone.code in codes)
    return words("{zones}", zones=names) if names else words("no zone admits them")
