"""Stored versions as a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType

from clearshift.cli.pages import Cell, attention, table
from clearshift.i18n import Say
from db.plans import PlanState, PlanVersion
from domain.words import Words, words

_STATES = {
    PlanState.DRAFT: words("draft"),
    PlanState.PUBLISHED: words("in force"),
    PlanState.SUPERSEDED: words("superseded"),
}


def versions_table(found: Sequence[PlanVersion], say: Say) -> Iterator[RenderableType]:
    """A row for each version, the oldest first."""
    if not found:
        yield attention(say, words("There is no stored plan yet."))
        return
    headings = (
        words("week from"),
        words("version"),
        words("state"),
        words("stored"),
        words("by"),
        words("remark"),
    )
    yield table(say, headings, [_row(one) for one in found], (1,))


def version_words(version: PlanVersion) -> Words:
    """A version in one line."""
    return words(
        "Version {number}, {state}, by {author}",
        number=version.number,
        state=_STATES[version.state],
        author=version.author,
    )


def _row(one: PlanVersion) -> tuple[Cell, ...]:
    stored = one.created_at.astimezone().replace(tzinfo=None)
    return (one.first_day, one.number, _STATES[one.state], stored, one.author, one.note)
