"""What the tables' screen and the files' screen show alike: problems and changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from dashboard.desk import Desk
from dashboard.screens.plain_text import plain
from db.differences import change_words, table_of
from db.files import FileProblem
from db.files.kinds import Language
from db.files.problems import shortened
from db.save import RowChange
from domain.words import Label, words

_SHOWN = 40
"""Changes of a table that are told one by one."""


def language_of(desk: Desk) -> Language:
    """In which of the files' two languages cells are written."""
    return "zh" if desk.voice.language == "zh" else "en"


def show_problems(desk: Desk, problems: Sequence[FileProblem]) -> None:
    """Every problem with its place, what was found and what was expected."""
    say = desk.say
    st.error(
        say(words("{count} problems; nothing was stored.", count=len(problems))),
        icon=":material/rule:",
    )
    st.dataframe(
        {
            say(words("Where")): [one.sheet or one.file for one in problems],
            say(words("Row")): ["" if one.row is None else str(one.row) for one in problems],
            say(words("Column")): [_column(desk, one.column) for one in problems],
            say(words("Found")): [shortened(one.value) for one in problems],
            say(words("Expected")): [say(one.expected) for one in problems],
        },
        hide_index=True,
        width="stretch",
    )


def show_changes(desk: Desk, changes: Sequence[RowChange]) -> None:
    """What would change or has changed, table by table."""
    say, language = desk.say, language_of(desk)
    for name in dict.fromkeys(change.table for change in changes):
        own = [change for change in changes if change.table == name]
        counts = Counter(change.kind for change in own)
        title = words(
            "{table}: {added} new, {changed} changed, {removed} gone",
            table=table_of(own[0]).title,
            added=counts["added"],
            changed=counts["changed"],
            removed=counts["removed"],
        )
        with st.expander(say(title), expanded=len(own) <= _SHOWN):
            for change in own[:_SHOWN]:
                st.markdown(plain(say(change_words(change, language))))
            if len(own) > _SHOWN:
                st.caption(say(words("and {count} more", count=len(own) - _SHOWN)))


def _column(desk: Desk, column: str | Label | None) -> str:
    if isinstance(column, Label):
        return desk.voice.label(column)
    return column or ""
