"""The center's tables, edited in place: checked as a whole before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from dashboard.acts import master as acts
from dashboard.desk import Desk
from dashboard.rights import Right
from dashboard.screens.master_parts import language_of, show_changes, show_problems
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults, tried
from db.connection import reading
from db.files import CenterRefused
from db.files.columns import Table
from db.files.editing import with_rows
from db.files.tables import TABLES
from db.files.texts import Written, written
from db.load import load_register
from db.save import RowChange, differences
from domain.register import Register
from domain.words import Label, words

_STATE, _ROUND = "master-loaded", "master-round"
_SAVED = "master-saved"


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The center as it was when editing began, and its tables as text."""

    register: Register
    language: str
    tables: tuple[Written, ...]


def show(desk: Desk) -> None:
    """Choose a table, edit, check, save."""
    say = desk.say
    st.title(say(words("Center's data")))
    faults(desk)
    if _SAVED in st.session_state:
        st.success(say(words("Saved.")), icon=":material/check:")
        show_changes(desk, st.session_state.pop(_SAVED))
    loaded = _loaded(desk)
    table = st.selectbox(
        say(words("Table")),
        TABLES,
        format_func=lambda one: f"{desk.voice.label(one.title)} ({_count(loaded, one)})",
        key="master-table",
    )
    st.caption(desk.voice.label(table.about))
    one = next(found for found in loaded.tables if found.table is table)
    rows = _edited(desk, one)
    if rows == [list(row) for row in one.rows]:
        st.caption(say(words("Nothing has been changed in this table.")))
        return
    _offer(desk, loaded, table, rows)


def _loaded(desk: Desk) -> _Loaded:
    """Kept while somebody edits, so that what they see does not move under their hands."""
    found = st.session_state.get(_STATE)
    if isinstance(found, _Loaded) and found.language == desk.voice.language:
        return found
    with reading(desk.site.here.database) as session:
        register = load_register(session, desk.site.center)
    loaded = _Loaded(register, desk.voice.language, written(register, language_of(desk)))
    st.session_state[_STATE] = loaded
    return loaded


def _count(loaded: _Loaded, table: Table) -> int:
    return next(len(one.rows) for one in loaded.tables if one.table is table)


def _edited(desk: Desk, one: Written) -> list[list[str]]:
    """The table as it stands in the browser, rows without any text left out."""
    frame = pd.DataFrame(one.rows, columns=list(one.headings), dtype="string")
    changed = st.data_editor(
        frame,
        num_rows="fixed" if one.table.name == "center" else "dynamic",
        hide_index=True,
        width="stretch",
        height=min(640, 38 + 35 * (len(one.rows) + 2)),
        key=f"master-{one.table.name}-{desk.voice.language}-{st.session_state.get(_ROUND, 0)}",
        column_config={
            heading: st.column_config.TextColumn(
                help=_help(desk, column.meaning, column.example), required=False
            )
            for heading, column in zip(one.headings, one.table.columns, strict=True)
        },
    )
    rows = [["" if pd.isna(cell) else str(cell) for cell in row] for row in changed.to_numpy()]
    return [row for row in rows if any(cell.strip() for cell in row)]


def _help(desk: Desk, meaning: Label, example: str) -> str:
    said = desk.voice.label(meaning)
    return f"{said} ({example})" if example else said


def _offer(desk: Desk, loaded: _Loaded, table: Table, rows: Sequence[Sequence[str]]) -> None:
    """What is wrong with the edited table, or what saving it would change."""
    say = desk.say
    try:
        after = with_rows(loaded.register, language_of(desk), table.name, rows)
    except CenterRefused as refused:
        show_problems(desk, refused.problems)
        _give_up(desk)
        return
    changes = differences(loaded.register, after)
    if not changes:
        st.caption(say(words("Nothing has been changed in this table.")))
        return
    st.subheader(say(words("What saving would change")))
    show_changes(desk, changes)
    save, drop = st.columns([1, 5])
    if save.button(say(words("Save")), type="primary", key="master-save"):
        tried(partial(_save, desk, loaded.register, after))
    with drop:
        _give_up(desk)


def _save(desk: Desk, before: Register, after: Register) -> None:
    changes: tuple[RowChange, ...] = acts.keep(desk.site, desk.actor, "master.edit", before, after)
    st.session_state[_SAVED] = changes
    _afresh()


def _give_up(desk: Desk) -> None:
    st.button(
        desk.say(words("Load again, without my changes")), on_click=_afresh, key="master-drop"
    )


def _afresh() -> None:
    st.session_state.pop(_STATE, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


SCREEN = Screen(
    "data", words("Center's data"), "table_edit", words("Center"), Right.EDIT_MASTER, show
)
