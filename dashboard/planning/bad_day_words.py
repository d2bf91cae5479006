"""What may be claimed of a bad day's plan, in sentences. Pure."""

from __future__ import annotations

from domain.bad_day import BadDay, Squeeze
from domain.problem import Problem
from domain.words import Words, words


def claim_words(answer: BadDay) -> Words:
    """How long anybody waits, and whether that is proven to be the least."""
    if answer.over == 0:
        return words("Everybody is kept under the longest gap.")
    people = len(answer.worst)
    days = max(wait.days for wait in answer.worst)
    if answer.proven:
        return words(
            "Nobody waits more than {over} days above the longest gap; proven: no plan does"
            " better. {people} wait that long, {days} days at most.",
            over=answer.over,
            people=people,
            days=days,
        )
    return words(
        "Nobody waits more than {over} days above the longest gap; not proven, perhaps {bound}"
        " would do. {people} wait that long, {days} days at most.",
        over=answer.over,
        bound=answer.bound,
        people=people,
        days=days,
    )


def order_words(answer: BadDay) -> Words:
    """How many cannot be kept, and whether it could be fewer or others."""
    count = len(answer.beyond)
    if answer.order_proven:
        return words(
            "{count} patients cannot be kept under the longest gap; proven: no plan that keeps"
            " the worst wait as short keeps more of them, in the doctor's order.",
            count=count,
        )
    return words(
        "{count} patients are not kept under the longest gap; the time was up before it was"
        " proven that all of them cannot be.",
        count=count,
    )


def squeeze_words(problem: Problem, one: Squeeze) -> Words:
    """Counting alone: people against seats."""
    names = {zone.code: zone.name for zone in problem.register.zones}
    if set(one.zones) >= set(names):
        return words(
            "By the end of {day} {due} patients are due and there are {seats} seats:"
            " at least {short} must wait longer.",
            day=one.day,
            due=one.due,
            seats=one.seats,
            short=one.short,
        )
    return words(
        "In {zones} {due} patients are due by the end of {day} and there are {seats} seats:"
        " at least {short} must wait longer.",
        zones=tuple(names[code] for code in one.zones),
        day=one.day,
        due=one.due,
        seats=one.seats,
        short=one.short,
    )
