"""The answer to "why not?" as a page and as data."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.pages import Cell, attention, bad, good, heading, items, table
from clearshift.cli.plan_document import violation
from clearshift.cli.verdict_page import rule_title, source_of
from clearshift.cli.versions_page import version_words
from clearshift.i18n import Say
from dashboard.planning.compared import CHANGE_WORDS
from db.plans import PlanVersion
from domain.plan import Assignment, Change
from domain.problem import Problem
from domain.why_not import Block, SeatAnswer, Way, WhyNot
from domain.words import Words, words
from scheduler.rules.units import UNITS
from scheduler.why_not.said import (
    checked_words,
    claims,
    condition_words,
    nothing_words,
    people_words,
)


def why_not_page(
    problem: Problem, version: PlanVersion, found: WhyNot, say: Say
) -> Iterator[RenderableType]:
    """Headline, what blocks, and the way."""
    yield Text(say(version_words(version)))
    yield Text("")
    match found.answer:
        case SeatAnswer.SITS | SeatAnswer.POSSIBLE:
            yield good(say, found.words)
        case SeatAnswer.BLOCKED:
            yield bad(say, found.words)
        case SeatAnswer.UNSETTLED:
            yield attention(say, found.words)
    yield from items(say, found.now)
    if found.block is not None:
        yield from _block(problem, found.block, say)
    if found.way is not None:
        yield from _way(problem, found.way, say)
    elif found.answer is SeatAnswer.BLOCKED:
        yield heading(say, words("What would allow it"))
        yield attention(say, nothing_words(found))


def _block(problem: Problem, block: Block, say: Say) -> Iterator[RenderableType]:
    yield heading(say, words("What blocks it"))
    rows = [(rule_title(one.rule), one.words, source_of(problem, one.rule)) for one in block.facts]
    yield table(say, (words("rule"), words("fact"), words("source")), rows)
    if block.people:
        yield from items(say, (people_words(block),))
    yield from items(say, filter(None, (checked_words(block),)))


def _way(problem: Problem, way: Way, say: Say) -> Iterator[RenderableType]:
    yield heading(say, words("What would allow it") if way.concessions else words("What it takes"))
    if way.concessions:
        yield good(say, condition_words(way.said, way.minutes))
    if way.changes:
        headings = (words("patient"), words("change"), words("until now"), words("then"))
        yield table(say, headings, [_change(problem, one) for one in way.changes])
    yield from items(say, claims(way))
    for one in way.broken:
        yield attention(say, one.words)
    if way.costs:
        yield heading(say, words("What the rules say of it, against the plan as it is"))
        costs = [(rule_title(one.rule), f"{one.cost:+d}", UNITS.get(one.rule)) for one in way.costs]
        yield table(say, (words("rule"), words("cost"), words("what is counted")), costs, (1,))
    else:
        yield from items(say, (words("No rule finds the plan better or worse."),))
    yield good(say, words("Planned again and checked without the solver."))


def _change(problem: Problem, change: Change) -> tuple[Cell, ...]:
    return (
        change.patient,
        CHANGE_WORDS[change.kind],
        _place(problem, change.before),
        _place(problem, change.after),
    )


def _place(problem: Problem, row: Assignment | None) -> Words | None:
    if row is None:
        return None
    return words("{turn}, {station}", turn=problem.say(row.turn), station=row.station)


def why_not_document(problem: Problem, version: PlanVersion, found: WhyNot) -> dict[str, object]:
    """The same as data."""
    ask, block, way = found.ask, found.block, found.way
    return {
        "version": version.number,
        "patient": ask.patient,
        "day": ask.turn.day,
        "shift": ask.turn.shift,
        "zone": ask.zone,
        "station": ask.station,
        "answer": found.answer.value,
        "words": found.words,
        "now": found.now,
        "block": None if block is None else _block_document(problem, block),
        "way": None if way is None else _way_document(problem, way),
        "complete": found.complete,
    }


def _block_document(problem: Problem, block: Block) -> dict[str, object]:
    return {
        "kind": block.kind.value,
        "facts": [
            {"rule": one.rule, "words": one.words, "source": source_of(problem, one.rule)}
            for one in block.facts
        ],
        "people": block.people,
        "needed": block.needed or None,
        "seats": block.seats if block.people else None,
        "found_by": block.by or None,
        "smallest": block.smallest,
    }


def _way_document(problem: Problem, way: Way) -> dict[str, object]:
    return {
        "changes_needed": way.said,
        "minutes": way.minutes,
        "others": way.others.found,
        "others_bound": way.others.bound,
        "sessions": way.sessions.found,
        "sessions_bound": way.sessions.bound,
        "stations": way.stations,
        "changes": [
            {"kind": one.kind.value, "patient": one.patient, "before": one.before,
             "after": one.after}
            for one in way.changes
        ],
        "costs": [{"rule": one.rule, "tier": one.tier, "cost": one.cost} for one in way.costs],
        "broken": [violation(problem, one) for one in way.broken],
    }  # fmt: skip
