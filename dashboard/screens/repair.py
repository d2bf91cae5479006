"""Repair: what has happened to a week under way, the fewest moves that mend it, whom to call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import monotonic

import streamlit as st

from dashboard.acts.drafts import Sheet
from dashboard.acts.repairing import keep_repair
from dashboard.desk import Desk
from dashboard.planning.markup import Cell, figure, figures, listed, note, table
from dashboard.planning.repair_words import (
    call_rows,
    change_rows,
    claim,
    headlines,
    left_out_lines,
    side_notes,
)
from dashboard.planning.standing import StandingWeek
from dashboard.rights import Right
from dashboard.screens.planning_frame import styled
from dashboard.screens.repair_form import troubles_form
from dashboard.screens.screen import Screen
from dashboard.screens.standing_frame import standing_frame
from dashboard.screens.tries import faults, tried
from domain.outage import outage_words
from domain.reported import trouble_words
from domain.trouble import Trouble
from domain.words import Say, words
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.repair.limits import RepairLimits
from scheduler.repair.offer_words import EVERYBODY, hours_words, way_words
from scheduler.repair.offers import WayOut, ways_out
from scheduler.repair.repair import repair
from scheduler.repair.repaired import Repaired

_ANSWER = "repair-answer"
_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class _Kept:
    """A repair, the version that it is of, and what would help whom it leaves out."""

    sheet: Sheet
    done: Repaired
    limits: RepairLimits
    ways: tuple[WayOut, ...] = ()


def show(desk: Desk) -> None:
    """What has happened, then how it is mended."""
    styled()
    say = desk.say
    st.title(say(words("Repair the week")))
    faults(desk)
    there = standing_frame(desk, "repair-week")
    if there is None:
        return
    for one in there.outages:
        st.html(note(say(outage_words(one)), "warn"))
    troubles = troubles_form(desk, there)
    limits = _limits(desk)
    if st.button(
        say(words("Find the fewest moves")), type="primary", icon=":material/build:",
        disabled=not troubles and not there.outages, key="repair-find",
    ):  # fmt: skip
        _search(desk, there, troubles, limits)
    kept: _Kept | None = st.session_state.get(_ANSWER)
    if kept is not None and kept.sheet == Sheet(there.monday, there.version.number):
        _answer(desk, there, kept)


SCREEN = Screen("repair", words("Repair"), "build", words("Plan"), Right.SEE_WEEK, show)


def _limits(desk: Desk) -> RepairLimits:
    say, usual = desk.say, RepairLimits()
    with st.expander(say(words("Limits"))):
        most, soon, held = st.columns(3, vertical_alignment="bottom")
        patients = most.number_input(
            say(words("Patients at another time, at most")), 0, None, None, key="repair-most",
            placeholder=say(words("as many as it takes")),
        )  # fmt: skip
        underway = soon.number_input(
            say(words("On the way: minutes before leaving home")), 0, 240,
            usual.underway_minutes, 5, key="repair-underway",
        )  # fmt: skip
        counts = held.number_input(
            say(words("A session broken off counts from, percent")), 0, 100,
            usual.counts_from, 5, key="repair-counts",
        )  # fmt: skip
    return RepairLimits(None if patients is None else int(patients), int(underway), int(counts))


def _search(
    desk: Desk, there: StandingWeek, troubles: tuple[Trouble, ...], limits: RepairLimits
) -> None:
    with st.spinner(desk.say(words("Looking for the fewest moves ..."))):
        done = repair(
            there.problem, there.plan, troubles, there.now, limits,
            Effort(seconds=_SECONDS), Onlooker(monotonic),
        )  # fmt: skip
    st.session_state[_ANSWER] = _Kept(Sheet(there.monday, there.version.number), done, limits)


# --- the answer -----------------------------------------------------------------------------------


def _answer(desk: Desk, there: StandingWeek, kept: _Kept) -> None:
    say, done = desk.say, kept.done
    said, tone = claim(done)
    st.html(note(say(said), tone))
    st.html(figures(figure(one.value, say(one.label), one.tone) for one in headlines(done)))
    for one in done.broken:
        st.html(note(say(one.words), "bad"))
    if any(True for _ in side_notes(done)):
        st.html(listed(map(say, side_notes(done))))
    _left_out(desk, there, kept)
    _calls(desk, done)
    _changes(desk, done)
    _store(desk, there, kept)


def _left_out(desk: Desk, there: StandingWeek, kept: _Kept) -> None:
    say, done = desk.say, kept.done
    if not done.left_out:
        return
    st.subheader(say(words("Without a place")))
    st.html(listed(map(say, left_out_lines(done))))
    if st.button(say(words("What would help?")), icon=":material/lightbulb:", key="repair-ways"):
        with st.spinner(say(words("Trying each way ..."))):
            effort, onlooker = Effort(seconds=_SECONDS), Onlooker(monotonic)
            ways = ways_out(there.problem, done, kept.limits, effort, onlooker)
        st.session_state[_ANSWER] = replace(kept, ways=ways)
        st.rerun()
    if kept.ways:
        heads = (
            Cell(say(words("What"))), Cell(say(words("Then"))),
            Cell(say(words("Nurses' hours, weighed")), number=True),
        )  # fmt: skip
        st.html(table(heads, way_cells(there, kept.ways, say), say(words("What would help?"))))


def way_cells(
    there: StandingWeek, ways: tuple[WayOut, ...], say: Say
) -> Iterator[tuple[Cell, ...]]:
    """A row for each way: what it takes, what it brings, what it costs."""
    for one in ways:
        brings = words("{count} left", count=one.left) if one.left else EVERYBODY
        yield (
            Cell(say(way_words(there.problem, one))),
            Cell(say(brings), tone="" if one.left else "good"),
            Cell(say(hours_words(one.cost.minutes)), number=True),
        )


def _calls(desk: Desk, done: Repaired) -> None:
    say = desk.say
    rows = tuple(call_rows(done, lambda language: desk.site.speak(language, None)))
    if not rows:
        return
    st.subheader(say(words("To call, most urgent first: {count}", count=len(rows))))
    heads = tuple(
        Cell(say(one))
        for one in (words("When"), words("Patient"), words("Telephone"), words("Message to send"))
    )
    cells = [
        (Cell(say(one.when)), Cell(f"{one.name} · {one.patient}"), Cell(one.phone), Cell(one.text))
        for one in rows
    ]
    st.html(table(heads, cells, say(words("Message to send"))))
    st.download_button(
        say(words("Messages as a text file")), "\n".join(f"{r.phone}\t{r.text}" for r in rows),
        "messages.txt", icon=":material/sms:", key="repair-messages",
    )  # fmt: skip


def _changes(desk: Desk, done: Repaired) -> None:
    say = desk.say
    rows = tuple(change_rows(done))
    if not rows:
        return
    st.subheader(say(words("Changes: {count}", count=len(rows))))
    heads = tuple(
        Cell(say(one))
        for one in (words("Patient"), words("Change"), words("Until now"), words("Then"))
    )
    cells = [
        (
            Cell(f"{one.name} · {one.patient}"), Cell(say(one.kind)),
            *(Cell(say(place) if place else "–") for place in (one.before, one.after)),
        )
        for one in rows
    ]  # fmt: skip
    st.html(table(heads, cells, say(words("Changes: {count}", count=len(rows)))))


def _store(desk: Desk, there: StandingWeek, kept: _Kept) -> None:
    say = desk.say
    if not kept.done.changes or not desk.actor.may(Right.PUBLISH):
        return
    said = (
        words("It is stored as a version and in force at once.")
        if there.version.published
        else words("It is stored as a version; the plan is a draft and stays one.")
    )
    happened = (say(trouble_words(there.problem, one)) for one in kept.done.troubles)
    if st.button(
        say(words("Take this repair")), type="primary", icon=":material/check:",
        key="repair-take", help=say(said), disabled=bool(kept.done.broken),
    ):  # fmt: skip
        remark = "; ".join(happened)[:200]
        tried(lambda: keep_repair(desk.site, desk.actor, kept.sheet, kept.done, remark))
