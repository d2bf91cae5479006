"""What the screens of machines have in common: their style, small tables, and what is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

from dashboard.desk import Desk
from dashboard.planning.markup import Cell, table
from dashboard.style.css import text
from dashboard.wall.labels import notice
from domain.words import Gap, Words, words

Value = Gap | Words | Cell | None
"""What a cell of a table is made of."""


def styled() -> None:
    """The style sheets of these screens."""
    sheets = (text("dashboard.planning", "planning.css"), text("dashboard.machine", "machine.css"))
    st.html(f"<style>\n{''.join(sheets)}\n</style>")


def present_desk(desk: Desk) -> Desk:
    """The same desk now: a part of a page that runs by itself has an old one."""
    return replace(desk, now=desk.site.clock().astimezone(desk.zone))


def safety(desk: Desk) -> None:
    """What must stand on every picture of machines, in both languages."""
    english, chinese = notice(desk.site)
    st.caption(f"{english}  \n{chinese}")


def shown(desk: Desk, value: Gap | Words | None) -> str:
    """A value of a cell as people read it; missing is a dash and never 0."""
    if value is None or value == "":
        return "\N{EN DASH}"
    if isinstance(value, Words):
        return desk.say(value)
    if isinstance(value, datetime):
        return desk.say(words("{at}", at=value.astimezone(desk.zone)))
    return desk.say(words("{value}", value=value))


def rows_table(
    desk: Desk,
    headings: Sequence[Words],
    rows: Iterable[Sequence[Value]],
    caption: Words,
    numbers: Sequence[int] = (),
) -> None:
    """A table; columns in `numbers` are set to the right."""
    st.html(
        table(
            [Cell(desk.say(one), number in numbers) for number, one in enumerate(headings)],
            [
                [
                    one if isinstance(one, Cell) else Cell(shown(desk, one), number in numbers)
                    for number, one in enumerate(row)
                ]
                for row in rows
            ],
            desk.say(caption),
        )
    )
