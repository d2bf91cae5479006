"""Which machines the planner does not count on, as lines of a page."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from clearshift.cli.given import Given
from clearshift.cli.pages import attention
from clearshift.i18n import Say
from domain.outage import outage_words


def outage_lines(there: Given, say: Say) -> Iterator[RenderableType]:
    """A line for each machine that is closed or that somebody must look after first."""
    for one in there.outages:
        yield attention(say, outage_words(one))
