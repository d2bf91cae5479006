"""Shortages and what closes them, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.problem import Problem
from domain.remedy import Remedy
from domain.remedy_words import KIND_WORDS, remedy_words
from domain.words import Words, words
from scheduler.remedies.terms import Closing, Helpless, Proven, Shortage


def unknown_words(problem: Problem, found: Closing) -> Iterator[Words]:
    """Those of whom nothing else is said: no seat can help them, or nobody could tell."""
    if found.aside:
        yield words(
            "Left out, for no seat can help them, only other data: {patients}",
            patients=found.aside,
        )
    for zones in found.unsettled:
        yield words(
            "{zones}: in the time given nobody could tell whether everybody fits.",
            zones=zone_words(problem, zones),
        )


def shortage_words(problem: Problem, one: Shortage) -> Words:
    """What is missing: proven, and in the best plan found."""
    sessions, patients = sum(one.missing.values()), len(one.missing)
    best = words(
        "in the best plan found patients who go short: {patients}, sessions: {sessions}",
        patients=patients,
        sessions=sessions,
    )
    if one.fewest:
        best = words(
            "patients who go short: {patients}, sessions: {sessions}; no plan leaves out fewer",
            patients=patients,
            sessions=sessions,
        )
    if not one.least:
        return words(
            "{zones}: sessions are missing in every plan; {best}",
            zones=zone_words(problem, one.zones),
            best=best,
        )
    return words(
        "{zones}: sessions missing in every plan, at least: {least}; {best}",
        zones=zone_words(problem, one.zones),
        least=one.least,
        best=best,
    )


def helpless_words(one: Helpless) -> Words:
    """A kind that does not close it."""
    if one.proven:
        return words("{kind}: proven to be not enough by itself", kind=KIND_WORDS[one.kind])
    return words("{kind}: nothing found in the time given", kind=KIND_WORDS[one.kind])


def proven_words(problem: Problem, one: Proven) -> Words:
    """What is to be done."""
    return all_words(problem, one.remedies)


def all_words(problem: Problem, remedies: Sequence[Remedy]) -> Words:
    """Some remedies, each a phrase of its own; at least one."""
    first, *rest = (remedy_words(problem, one) for one in remedies)
    said = first
    for one in rest:
        said = words("{first}; {then}", first=said, then=one)
    return said


def strength_words(one: Proven) -> Words:
    """What is proven of it."""
    if one.least:
        return words("closes it; nothing less of this kind does")
    return words("closes it; less might do, not settled in the time given")


def zone_words(problem: Problem, codes: tuple[str, ...]) -> Words:
    """Zones by name."""
    names = tuple(zone.name for zone in problem.register.zones if zone.code in codes)
    return words("{zones}", zones=names)
