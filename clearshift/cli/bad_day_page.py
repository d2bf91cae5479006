"""What came of a bad day, as a page and as data."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from rich.console import RenderableType

from clearshift.cli.pages import Cell, attention, bad, good, heading, items, table
from clearshift.cli.papers import Papers
from clearshift.cli.plan_document import violation
from clearshift.i18n import Say
from dashboard.planning.bad_day import Ordered
from dashboard.planning.bad_day_words import claim_words, order_words, squeeze_words
from dashboard.planning.make_up_words import seat_words
from db.plans import PlanVersion
from db.sheets.bad_day_lists import flag_words
from domain.bad_day import BadDay, Rank, Wait
from domain.words import words

SHOWN = 20
"""People that are named one by one."""


def bad_day_page(
    asked: Ordered, answer: BadDay, papers: Papers | None, say: Say
) -> Iterator[RenderableType]:
    """The claim first, then who cannot be kept, then the order."""
    claim = claim_words(answer)
    yield good(say, claim) if answer.proven else attention(say, claim)
    yield from (attention(say, squeeze_words(asked.problem, one)) for one in answer.squeezes)
    if answer.beyond:
        yield bad(say, order_words(answer))
        yield heading(say, words("Longer than the longest gap"))
        yield _beyond(asked, answer, say)
    for one in answer.broken:
        yield bad(say, one.words)
    yield heading(say, words("Who comes first"))
    yield _order(asked, answer, say)
    yield from _counts(answer, say)
    if papers is not None:
        yield heading(say, words("Sheets in {folder}", folder=str(papers.folder)))
        if papers.refusal is not None:
            yield bad(say, words("Not written: {reason}.", reason=papers.refusal))
        yield from items(say, (words("{file}", file=name) for name in papers.files))
        yield from (attention(say, warning) for warning in papers.warnings)


def _beyond(asked: Ordered, answer: BadDay, say: Say) -> RenderableType:
    headings = (
        words("patient"), words("name"), words("phone"), words("since"), words("until"),
        words("days"), words("at most"), words("next session"),
    )  # fmt: skip
    rows = [_beyond_row(asked, answer, wait) for wait in answer.beyond]
    return table(say, headings, rows, (5, 6))


def _beyond_row(asked: Ordered, answer: BadDay, wait: Wait) -> tuple[Cell, ...]:
    who = asked.problem.patient[wait.patient]
    return (
        who.code, who.name, who.phone,
        words("unknown") if wait.since is None else wait.since,
        wait.until, wait.days, wait.line, _next(asked, answer, who.code),
    )  # fmt: skip


def _next(asked: Ordered, answer: BadDay, patient: str) -> Cell:
    row = answer.next_session.get(patient)
    return words("none this week") if row is None else seat_words(asked.problem, row)


def _order(asked: Ordered, answer: BadDay, say: Say) -> RenderableType:
    headings = (
        words("place"), words("patient"), words("name"), words("flag"), words("days since"),
        words("gain %"), words("next session"),
    )  # fmt: skip
    rows = [_order_row(asked, answer, rank) for rank in answer.ranks[:SHOWN]]
    return table(say, headings, rows, (0, 4, 5))


def _order_row(asked: Ordered, answer: BadDay, rank: Rank) -> tuple[Cell, ...]:
    return (
        rank.place,
        rank.patient,
        asked.problem.patient[rank.patient].name,
        flag_words(rank.flag),
        words("unknown") if rank.days is None else rank.days,
        words("unknown") if rank.gain_percent is None else str(rank.gain_percent),
        _next(asked, answer, rank.patient),
    )


def _counts(answer: BadDay, say: Say) -> Iterator[RenderableType]:
    more = len(answer.ranks) - SHOWN
    lines = (
        (more, words("and {count} more; order.pdf has them all", count=more)),
        (len(answer.shortened), words("{count} sessions are shorter than prescribed",
                                      count=len(answer.shortened))),
        (len(answer.fewer), words("{count} patients have fewer sessions than wanted this week",
                                  count=len(answer.fewer))),
        (len(answer.changes), words("{count} sessions differ from the plan in force",
                                    count=len(answer.changes))),
    )  # fmt: skip
    yield from items(say, (said for count, said in lines if count > 0))


def bad_day_document(
    asked: Ordered, answer: BadDay, version: PlanVersion | None, papers: Papers | None
) -> dict[str, object]:
    """The answer as data."""
    return {
        "center": asked.problem.register.center.code,
        "first_day": asked.problem.first_day,
        "at": asked.now,
        "lost": asked.stations,
        "rule": asked.rule,
        "over": answer.over,
        "bound": answer.bound,
        "proven": answer.proven,
        "order_proven": answer.order_proven,
        "seconds": answer.run.seconds,
        "waits": answer.waits,
        "beyond": [wait.patient for wait in answer.beyond],
        "ranks": [_rank(rank) for rank in answer.ranks],
        "shortened": answer.shortened,
        "fewer": answer.fewer,
        "squeezes": answer.squeezes,
        "changes": answer.changes,
        "broken": [violation(asked.problem, one) for one in answer.broken],
        "assignments": answer.plan.assignments,
        "version": version,
        "sheets": papers,
    }


def _rank(rank: Rank) -> dict[str, object]:
    return {
        "place": rank.place,
        "patient": rank.patient,
        "flag": rank.flag.value,
        "last": rank.last,
        "days": rank.days,
        "gain_percent": None if rank.gain_percent is None else _number(rank.gain_percent),
    }


def _number(value: Decimal) -> float:
    return float(value)
