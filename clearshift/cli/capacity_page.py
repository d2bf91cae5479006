"""Wanted against possible, as a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.pages import Cell, attention, good, heading, items, table
from clearshift.i18n import Say
from domain.problem import Problem
from domain.shortage import Capacity, Clash, Tally
from domain.words import Words, words
from scheduler.capacity_words import balance_words, part_words

_SEATS = (
    words("stations"),
    words("held"),
    words("no nurse"),
    words("possible"),
    words("short"),
)


def balance(found: Capacity, say: Say) -> Iterator[RenderableType]:
    """The whole in one line, and the proofs of what is missing."""
    said = balance_words(found)
    if not found.short:
        yield good(say, said)
        return
    yield attention(say, said)
    yield from items(say, (one.words for one in found.total.shortfalls))


def contradictions(found: Sequence[Clash], say: Say) -> Iterator[RenderableType]:
    """Inputs that no plan can bring together."""
    if found:
        yield attention(
            say,
            words("Data that clash; the rest can be planned all the same: {count}",
                  count=len(found)),
        )  # fmt: skip
        yield from items(say, (clash.words for clash in found))


def capacity_tables(problem: Problem, found: Capacity, say: Say) -> Iterator[RenderableType]:
    """Part by part: zones and kinds of treatment, of which every session has one, then shifts
    and days, between which most sessions can choose."""
    if len(found.weeks) > 1:
        yield from _fixed(problem, words("Weeks"), found.weeks, say)
    yield from _fixed(problem, words("Zones"), found.zones, say)
    yield from _fixed(problem, words("Treatments"), found.modalities, say)
    yield from _open(problem, words("Shifts"), found.shifts, say)
    yield from _open(problem, words("Days"), found.days, say)
    yield Text("")
    note = words(
        "only here: sessions that can be nowhere else; could be: if everybody came who can"
    )
    yield Text(say(note), style="dim")


def _fixed(
    problem: Problem, title: Words, tallies: Sequence[Tally], say: Say
) -> Iterator[RenderableType]:
    rows = [(part_words(problem, one), one.wanted, *_seats(one)) for one in tallies]
    yield from _part(title, (words("wanted"), *_SEATS), rows, say)


def _open(
    problem: Problem, title: Words, tallies: Sequence[Tally], say: Say
) -> Iterator[RenderableType]:
    rows = [(part_words(problem, one), one.wanted, one.most, *_seats(one)) for one in tallies]
    yield from _part(title, (words("only here"), words("could be"), *_SEATS), rows, say)


def _part(
    title: Words, headings: Sequence[Words], rows: Sequence[Sequence[Cell]], say: Say
) -> Iterator[RenderableType]:
    if rows:
        yield heading(say, title)
        yield table(say, (words("part"), *headings), rows, range(1, len(headings) + 1))


def _seats(tally: Tally) -> tuple[Cell, ...]:
    return (
        tally.stations,
        tally.held or None,
        tally.unstaffed or None,
        tally.possible,
        tally.short or None,
    )
