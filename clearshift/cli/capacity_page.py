"""Wanted against possible, as a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import RenderableType

from clearshift.cli.pages import Cell, attention, good, heading, items, table
from clearshift.i18n import Say
from domain.problem import Problem
from domain.shortage import Capacity, Clash, Tally
from domain.words import Words, words

_HEADINGS = (
    words("wanted"),
    words("could come"),
    words("stations"),
    words("held"),
    words("no nurse"),
    words("possible"),
    words("short"),
)


def balance(found: Capacity, say: Say) -> Iterator[RenderableType]:
    """The whole in one line, and the proofs of what is missing."""
    total = found.total
    if not found.short:
        yield good(
            say,
            words(
                "{wanted} sessions wanted, {possible} seats: by these counts everybody fits.",
                wanted=total.wanted,
                possible=total.possible,
            ),
        )
        return
    yield attention(
        say,
        words(
            "{wanted} sessions wanted, {possible} seats: in every plan at least {short} sessions "
            "of {patients} patients are missing.",
            wanted=total.wanted,
            possible=total.possible,
            short=found.short,
            patients=found.patients,
        ),
    )
    yield from items(say, (one.words for one in total.shortfalls))


def contradictions(found: Sequence[Clash], say: Say) -> Iterator[RenderableType]:
    """Inputs that no plan can bring together."""
    if found:
        yield attention(
            say,
            words(
                "{count} weeks of patients cannot be planned as the center's data are:",
                count=len(found),
            ),
        )
        yield from items(say, (clash.words for clash in found))


def capacity_tables(problem: Problem, found: Capacity, say: Say) -> Iterator[RenderableType]:
    """Part by part: zones, kinds of treatment, shifts, days."""
    parts: tuple[tuple[Words, Sequence[Tally]], ...] = (
        (words("Week"), found.weeks if len(found.weeks) > 1 else ()),
        (words("Zone"), found.zones),
        (words("Treatment"), found.modalities),
        (words("Shift"), found.shifts),
        (words("Day"), found.days),
    )
    for title, tallies in parts:
        if tallies:
            yield heading(say, title)
            rows = [_row(problem, tally) for tally in tallies]
            yield table(say, (words("part"), *_HEADINGS), rows, range(1, 8))


def _row(problem: Problem, tally: Tally) -> tuple[Cell, ...]:
    return (
        _named(problem, tally),
        tally.wanted,
        tally.most,
        tally.stations,
        tally.held or None,
        tally.unstaffed or None,
        tally.possible,
        tally.short or None,
    )


def _named(problem: Problem, tally: Tally) -> Words:
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


def _zones(problem: Problem, codes: Iterable[str]) -> Words:
    names = tuple(zone.name for zone in problem.register.zones if zone.code in set(codes))
    return words("{zones}", zones=names) if names else words("no zone admits them")
