"""Make-up and swap: legal offers for a missed session, and a verdict for two who want to swap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

import streamlit as st

from dashboard.acts.drafts import Sheet
from dashboard.acts.mending import Mended
from dashboard.desk import Desk
from dashboard.planning.make_up_words import (
    NO_OFFER,
    NO_PLACE,
    cost_words,
    in_a_row_words,
    missed_words,
    move_words,
    seat_words,
    unmade_words,
    wait_words,
)
from dashboard.planning.markup import Cell, listed, note, table
from dashboard.planning.standing import StandingWeek
from dashboard.rights import Right
from dashboard.screens.make_up_frame import by_name, called, take_button
from dashboard.screens.make_up_swap import swap_tab
from dashboard.screens.planning_frame import kept, styled
from dashboard.screens.screen import Screen
from dashboard.screens.standing_frame import standing_frame
from dashboard.screens.tries import faults
from domain.offer import LATE_HOURS, SOON_HOURS, Offer
from domain.plan import Assignment
from domain.words import words
from scheduler.effort import Effort
from scheduler.make_up.no_place import PROOF_SECONDS, has_no_place
from scheduler.make_up.offers import CONSECUTIVE, offers, unmade
from scheduler.planner import Onlooker

_HOURS = (SOON_HOURS, LATE_HOURS, 72)


def show(desk: Desk) -> None:
    """A week under way, then one of two things."""
    styled()
    say = desk.say
    st.title(say(words("Make-up and swap")))
    faults(desk)
    there = standing_frame(desk, "make-up-week", past=True)
    if there is None:
        return
    names = {code: one.name for code, one in there.problem.patient.items()}
    make_up, exchange = st.tabs(
        [say(words("Make up a session")), say(words("Two patients swap"))],
    )
    with make_up:
        _make_up(desk, there, names)
    with exchange:
        swap_tab(desk, there, names)


SCREEN = Screen(
    "make-up", words("Make-up and swap"), "event_repeat", words("Plan"), Right.SEE_WEEK, show
)


# --- make-up ------------------------------------------------------------------------------------


def _make_up(desk: Desk, there: StandingWeek, names: Mapping[str, str]) -> None:
    say = desk.say
    who, which, late = st.columns([3, 4, 3])
    patient = who.selectbox(
        say(words("Patient")), by_name(there, names), index=None,
        format_func=lambda code: called(names, code), key="make-up-patient",
        placeholder=say(words("Who did not come")),
    )  # fmt: skip
    if patient is None:
        st.caption(say(words("Choose the patient; every legal place is then listed.")))
        return
    rows = there.plan.by_patient.get(patient, ())
    begun = [row for row in rows if row.turn in there.gone]
    missed = which.selectbox(
        say(words("Session that is missed")), rows,
        index=rows.index(begun[-1]) if begun else 0,
        format_func=lambda row: say(seat_words(there.problem, row)), key=f"make-up-row-{patient}",
    )  # fmt: skip
    hours = late.segmented_control(
        say(words("Within hours")), _HOURS, default=LATE_HOURS, key="make-up-hours"
    )
    if missed is None:
        return
    asked = _Asked(missed, hours or LATE_HOURS, _waived(desk))
    _offers(desk, there, asked, names)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which session is to be made up, how late, and on whose word sessions on days in a row are
    allowed; nobody's, if it is empty."""

    missed: Assignment
    hours: int
    source: str

    @property
    def waived(self) -> frozenset[str]:
        """The rules that need not hold for the patient."""
        return CONSECUTIVE if self.source else frozenset()


def _waived(desk: Desk) -> str:
    """Who allows sessions on days in a row; empty where nobody does."""
    say = desk.say
    allowed, who = st.columns([4, 6], vertical_alignment="bottom")
    row = allowed.toggle(
        say(words("The doctor allows sessions on days in a row")), key="make-up-row"
    )
    if not row:
        return ""
    source = who.text_input(
        say(words("Which doctor allows it, and when")), max_chars=120, key="make-up-source"
    )
    return source.strip()


def _found(desk: Desk, there: StandingWeek, asked: _Asked) -> tuple[Offer, ...]:
    def made() -> tuple[Offer, ...]:
        with st.spinner(desk.say(words("Looking for places ..."))):
            return offers(
                there.problem, there.plan, asked.missed, there.now, asked.hours, asked.waived
            )

    key = (there.version.first_day, there.version.number, asked.missed, asked.hours, asked.waived)
    return kept(desk, "make-up", key, made)


def _offers(desk: Desk, there: StandingWeek, asked: _Asked, names: Mapping[str, str]) -> None:
    say, missed, found = desk.say, asked.missed, _found(desk, there, asked)
    if not found:
        _nothing(desk, there, asked)
        return
    st.html(_table(desk, there, found, names))
    number = st.selectbox(
        say(words("Offer")), range(len(found)),
        format_func=lambda at: f"{at + 1} · {say(seat_words(there.problem, found[at].session))}",
        key=f"make-up-offer-{missed}", width=420,
    )  # fmt: skip
    offer = found[number or 0]
    if len(offer.moves) > 1:
        st.html(listed(say(move_words(there.problem, one)) for one in offer.moves[1:]))
    for left in offer.judged.left:
        said = words("Still broken, though less: {what}", what=left.words)
        st.html(note(say(said), "warn"))
    for waived in offer.judged.waived:
        said = words("By the doctor's word: {what}", what=waived.words)
        st.html(note(say(said), "warn"))
    wanted = Mended(
        Sheet(there.monday, there.version.number), offer.moves, missed,
        say(missed_words(there.problem, missed)), asked.source, asked.waived,
    )  # fmt: skip
    take_button(desk, there, wanted, say(words("Take this offer")), "make-up-take")


def _nothing(desk: Desk, there: StandingWeek, asked: _Asked) -> None:
    """Whether that is proven, how long the patient waits, and what the doctor's word opens."""
    say, missed = desk.say, asked.missed
    question = (there.problem, there.plan, missed, there.now)

    def made() -> tuple[bool, int]:
        if asked.waived:
            return False, 0
        effort, onlooker = Effort(seconds=PROOF_SECONDS, workers=1), Onlooker(monotonic)
        with st.spinner(say(words("Looking for places ..."))):
            proven = has_no_place(*question, effort, onlooker)
            return proven, len(offers(*question, waived=CONSECUTIVE))

    key = (there.version.first_day, there.version.number, missed, asked.waived)
    proven, in_a_row = kept(desk, "make-up-nothing", key, made)
    st.html(note(say(NO_PLACE if proven else NO_OFFER), "bad"))
    wait = unmade(*question)
    if wait is not None:
        st.html(note(say(unmade_words(wait)), "warn" if wait.over > 0 else "info"))
    if in_a_row:
        st.html(note(say(in_a_row_words(in_a_row)), "info"))


def _table(
    desk: Desk, there: StandingWeek, found: tuple[Offer, ...], names: Mapping[str, str]
) -> str:
    say = desk.say
    heads = (
        Cell(say(words("No.")), number=True),
        Cell(say(words("Session"))),
        Cell(say(words("Hours after")), number=True),
        Cell(say(words("Longest wait"))),
        Cell(say(words("Own sessions moved")), number=True),
        Cell(say(words("Others moved"))),
        Cell(say(words("Other stations"))),
        Cell(say(words("What it costs"))),
    )
    rows = [_row(desk, there, at, one, names) for at, one in enumerate(found, start=1)]
    return table(heads, rows, say(words("Offers")))


def _row(
    desk: Desk, there: StandingWeek, at: int, offer: Offer, names: Mapping[str, str]
) -> tuple[Cell, ...]:
    say = desk.say
    wait, cost = wait_words(offer), cost_words(offer.judged)
    tone = "good" if not offer.over and offer.hours <= SOON_HOURS else ""
    return (
        Cell(str(at), number=True),
        Cell(say(seat_words(there.problem, offer.session))),
        Cell(str(offer.hours), number=True, tone=tone),
        Cell("–" if wait is None else say(wait), tone="bad" if offer.over else ""),
        Cell(str(offer.own), number=True, tone="" if offer.own else "faint"),
        Cell(_people(offer.others, names)),
        Cell(_people(offer.reseated, names)),
        Cell("–" if cost is None else say(cost), tone="faint"),
    )


def _people(codes: tuple[str, ...], names: Mapping[str, str]) -> str:
    return ", ".join(called(names, code) for code in codes) or "–"
