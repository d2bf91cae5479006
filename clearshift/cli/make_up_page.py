"""Offers for a missed session, and the verdict on a swap, as pages and as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import RenderableType

from clearshift.cli.pages import Cell, attention, bad, good, heading, items, table
from clearshift.cli.plan_document import violation
from clearshift.cli.verdict_page import broken_rules
from clearshift.i18n import Say
from dashboard.planning.make_up_words import (
    NO_OFFER,
    NO_PLACE,
    cost_words,
    in_a_row_words,
    missed_words,
    move_words,
    seat_words,
    unmade_words,
    wait_words,
)
from db.plans import PlanVersion
from domain.bad_day import Wait
from domain.offer import Judged, Offer, Swap
from domain.plan import Assignment
from domain.problem import Problem
from domain.words import words


@dataclass(frozen=True, slots=True)
class Nothing:
    """What there is to say where nothing is offered: how long the patient waits, how many offers
    the doctor's word for days in a row would open, and whether it is proven that there is no
    place without it."""

    wait: Wait | None
    in_a_row: int
    proven: bool


def offers_page(
    problem: Problem,
    missed: Assignment,
    found: Sequence[Offer],
    say: Say,
    taken: int | None,
    nothing: Nothing | None = None,
) -> Iterator[RenderableType]:
    """The offers by number, with whom they move and what they cost; without any, how long the
    patient waits then."""
    yield heading(say, missed_words(problem, missed))
    if not found:
        yield from _nothing(nothing, say)
        return
    headings = (
        words("no."), words("session"), words("hours after"), words("longest wait"),
        words("own moved"), words("others moved"), words("other stations"), words("what it costs"),
    )  # fmt: skip
    rows = [(number, *_row(problem, one)) for number, one in enumerate(found, start=1)]
    yield table(say, headings, rows, (0, 2, 4))
    shown = found if taken is None else (found[taken - 1],)
    for offer in shown[:1]:
        if len(offer.moves) > 1:
            yield heading(say, words("What moves"))
            yield from items(say, (move_words(problem, move) for move in offer.moves[1:]))
        for left in offer.judged.left:
            yield attention(say, words("Still broken, though less: {what}", what=left.words))
        for waived in offer.judged.waived:
            yield attention(say, words("By the doctor's word: {what}", what=waived.words))


def _nothing(nothing: Nothing | None, say: Say) -> Iterator[RenderableType]:
    yield bad(say, NO_PLACE if nothing is not None and nothing.proven else NO_OFFER)
    if nothing is not None and nothing.wait is not None:
        yield attention(say, unmade_words(nothing.wait))
    if nothing is not None and nothing.in_a_row:
        yield attention(say, in_a_row_words(nothing.in_a_row))


def _row(problem: Problem, offer: Offer) -> tuple[Cell, ...]:
    return (
        seat_words(problem, offer.session),
        offer.hours,
        wait_words(offer),
        offer.own or None,
        ", ".join(offer.others),
        ", ".join(offer.reseated),
        cost_words(offer.judged),
    )


def swap_page(problem: Problem, found: Swap, say: Say) -> Iterator[RenderableType]:
    """The verdict first, then the moves."""
    if found.judged.legal:
        yield good(say, words("Allowed: no hard rule is broken."))
    else:
        yield from broken_rules(problem, found.judged.broken, say)
    yield heading(say, words("What moves"))
    yield from items(say, (move_words(problem, move) for move in found.moves))
    cost = cost_words(found.judged)
    if cost is not None:
        yield heading(say, words("What it costs"))
        yield from items(say, (cost,))


# --- as data ------------------------------------------------------------------------------------


def offers_document(
    problem: Problem, missed: Assignment, found: Sequence[Offer], version: PlanVersion | None
) -> dict[str, object]:
    """The offers as data."""
    return {
        "center": problem.register.center.code,
        "missed": missed,
        "offers": [
            {
                "number": number,
                "session": one.session,
                "hours": one.hours,
                "wait": one.wait,
                "own_moved": one.own,
                "others_moved": one.others,
                "other_stations": one.reseated,
                "moves": one.moves,
                **_judged(problem, one.judged),
            }
            for number, one in enumerate(found, start=1)
        ],
        "version": version,
    }


def swap_document(problem: Problem, found: Swap, version: PlanVersion | None) -> dict[str, object]:
    """The verdict as data."""
    return {
        "center": problem.register.center.code,
        "patients": (found.first, found.second),
        "moves": found.moves,
        **_judged(problem, found.judged),
        "version": version,
    }


def _judged(problem: Problem, judged: Judged) -> dict[str, object]:
    return {
        "legal": judged.legal,
        "broken": [violation(problem, one) for one in judged.broken],
        "left": [violation(problem, one) for one in judged.left],
        "waived": [violation(problem, one) for one in judged.waived],
        "costs": judged.costs,
    }
