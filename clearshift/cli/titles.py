"""The first lines of a page: which center, which weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from rich.console import RenderableType
from rich.text import Text

from clearshift.cli.given import Given
from clearshift.i18n import Say
from domain.problem import Problem
from domain.words import Words, words


def title(problem: Problem, say: Say) -> RenderableType:
    """Center and days."""
    said = words(
        "{center}, {first} to {last}",
        center=problem.register.center.name,
        first=problem.first_day,
        last=problem.end_day - timedelta(days=1),
    )
    return Text(say(said), style="bold")


def week_remark(there: Given) -> Iterator[Words]:
    """Why it is this week, if that needs saying."""
    if there.remark is not None:
        yield there.remark
