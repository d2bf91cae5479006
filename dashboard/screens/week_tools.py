"""Above the board: undo, redo, save, publish, the form; what became of each is said in words."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.elements.lib.mutable_popover_container import PopoverContainer

from dashboard.acts.acting import NotAllowed
from dashboard.acts.drafts import Sheet, redo, save, take_over, undo
from dashboard.acts.publishing import publish_version
from dashboard.board.judged import rule_title
from dashboard.board.overrides import undecided
from dashboard.board.phrases import state_words
from dashboard.board.table import Table
from dashboard.desk import Desk
from dashboard.planning.markup import links
from dashboard.rights import Right
from dashboard.screens.plain_text import plain
from dashboard.screens.week_form import week_form
from db.plans import PlanState
from db.refusal import DatabaseRefusal
from domain.plan import Violation
from domain.words import Words, words

VERSION = "week_number"
"""Where the page keeps which version is looked at; nothing there means the latest."""
_NOTICE = "week_notice"
_FEW = 6
"""Broken rules that are named before a version is saved."""


def forget_version() -> None:
    """From now on the latest version."""
    st.session_state[VERSION] = None


def tools(desk: Desk, table: Table, places: list[DeltaGenerator]) -> None:
    """What can be done with the version, each in a place of its own."""
    opened = table.opened
    sheet = Sheet(opened.monday, opened.version.number)

    _step_button(desk, places[0], words("Undo"), "undo", bool(opened.counting),
                 lambda: undo(desk.site, desk.actor, sheet))  # fmt: skip
    _step_button(desk, places[1], words("Redo"), "redo", opened.redoable,
                 lambda: redo(desk.site, desk.actor, sheet))  # fmt: skip
    state = opened.version.state
    saving = _opened_by(places[2], desk, words("Save"), "save", "week_saving", not opened.counting)
    if saving.open:
        with saving:
            _save_form(desk, table, sheet)
    settled = bool(opened.counting) or state is PlanState.PUBLISHED
    publishing = _opened_by(
        places[3], desk, words("Publish"), "publish", "week_publishing",
        settled or not desk.actor.may(Right.PUBLISH),
    )  # fmt: skip
    if publishing.open:
        with publishing:
            _publish_form(desk, table, sheet)
    form = _opened_by(places[4], desk, words("Move by form"), "edit_calendar", "week_form", False)
    if form.open:
        with form:
            week_form(desk, opened, sheet, do)
            mend = desk.say(words("Something has happened: repair the week"))
            scarce = desk.say(words("Far too few machines: plan a bad day"))
            st.html(links([
                (f"/repair?week={opened.monday}", mend),
                (f"/bad-day?week={opened.monday}", scarce),
            ]))  # fmt: skip


def _step_button(
    desk: Desk,
    place: DeltaGenerator,
    label: Words,
    icon: str,
    enabled: bool,
    act: Callable[[], object],
) -> None:
    """Takes the last step back, or brings it back; the board shows what came of it."""

    def done() -> None:
        act()

    place.button(
        desk.say(label),
        icon=f":material/{icon}:",
        disabled=not enabled,
        width="stretch",
        on_click=lambda: do(desk, done),
    )


def _opened_by(
    place: DeltaGenerator, desk: Desk, label: Words, icon: str, key: str, disabled: bool
) -> PopoverContainer:
    """Something that is made only when it is opened, so that a move need not wait for it."""
    return place.popover(
        desk.say(label),
        icon=f":material/{icon}:",
        width="stretch",
        key=key,
        disabled=disabled,
        on_change="rerun",
    )


def left_over(desk: Desk, table: Table) -> None:
    """Moves on the version before that nobody has saved, and a way to make them here."""
    opened = table.opened
    if not opened.left or opened.counting:
        return
    sheet = Sheet(opened.monday, opened.version.number)

    def taken() -> Words:
        count = take_over(desk.site, desk.actor, sheet)
        return words("Moves taken over: {count}.", count=count)

    said = words(
        "Moves on version {number} that were never saved and could be made here: {count}.",
        number=opened.version.parent or 0,
        count=len(opened.left),
    )
    words_at, act = st.columns([5, 1], vertical_alignment="center")
    words_at.info(desk.say(said), icon=":material/history:")
    act.button(
        desk.say(words("Take over")),
        key="week_take_over",
        width="stretch",
        on_click=lambda: do(desk, taken),
    )


def _save_form(desk: Desk, table: Table, sheet: Sheet) -> None:
    st.markdown(desk.say(words("The moves become a new version; this one stays as it is.")))
    st.text_input(desk.say(words("Note")), key="week_note", max_chars=200)
    left = undecided(table.opened)
    if left:
        _ask_why(desk, left)

    def saved() -> Words:
        state = st.session_state
        reason = state.get("week_reason", "") if left else ""
        version = save(desk.site, desk.actor, sheet, state["week_note"], reason)
        state["week_note"] = ""
        forget_version()
        return words("Saved as version {number}.", number=version.number)

    st.button(
        desk.say(words("Save as a new version")), type="primary", key="week_save",
        on_click=lambda: do(desk, saved),
    )  # fmt: skip


def _ask_why(desk: Desk, left: tuple[Violation, ...]) -> None:
    """Weeks that were begun and not finished need a reason at the latest now."""
    st.warning(
        desk.say(words("Hard rules are broken without a reason. Finish these weeks, or say why:"))
    )
    for one in left[:_FEW]:
        st.markdown(f":small[**{desk.say(rule_title(one.rule))}.** {plain(desk.say(one.words))}]")
    if len(left) > _FEW:
        st.caption(desk.say(words("and {count} more", count=len(left) - _FEW)))
    st.text_input(
        desk.say(words("Why the rule may be broken")), key="week_reason", max_chars=500,
        disabled=not desk.actor.may(Right.OVERRIDE),
    )  # fmt: skip


def _publish_form(desk: Desk, table: Table, sheet: Sheet) -> None:
    opened = table.opened
    st.markdown(plain(desk.say(state_words(opened.version, desk.zone))))
    st.markdown(
        desk.say(
            words(
                "It will be in force under the name of {name}.",
                name=desk.actor.shown or desk.actor.name,
            )
        )
    )
    if opened.verdict.broken:
        st.warning(
            desk.say(words("It breaks hard rules {count} times.", count=len(opened.verdict.broken)))
        )

    def published() -> Words:
        version = publish_version(desk.site, desk.actor, sheet)
        return words("Version {number} is in force now.", number=version.number)

    st.button(
        desk.say(words("Publish this version")), type="primary", key="week_publish",
        on_click=lambda: do(desk, published),
    )  # fmt: skip


def do(desk: Desk, act: Callable[[], Words | None]) -> None:
    """Does something that writes; says what became of it."""
    try:
        said = act()
    except NotAllowed as refused:
        st.session_state[_NOTICE] = ("bad", desk.say(refused.reason))
    except DatabaseRefusal as refused:
        st.session_state[_NOTICE] = ("bad", " ".join(map(desk.say, refused.reasons)))
    else:
        st.session_state[_NOTICE] = ("good", desk.say(said)) if said else None


def told() -> None:
    """What became of the last deed."""
    notice = st.session_state.pop(_NOTICE, None)
    if notice is None:
        return
    kind, said = notice
    if kind == "good":
        st.toast(plain(said), icon=":material/check:")
    else:
        st.error(plain(said), icon=":material/block:")
