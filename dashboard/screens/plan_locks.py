"""What must stay when a week is planned again: the list of promises, adding and taking back."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard.acts.locks import lock_all, unlock_all
from dashboard.desk import Desk
from dashboard.planning.asked import Weeks
from dashboard.planning.choices import version_words
from dashboard.planning.locked import Chosen, LockRow, as_locks, lock_rows, promisable
from dashboard.planning.result import known_part
from dashboard.rights import Right
from dashboard.screens.planning_frame import tall
from dashboard.screens.tries import tried
from db.connection import reading
from db.plans import StoredPlan, load_plan
from domain.calendar import Turn
from domain.past import is_over
from domain.plan import Lock
from domain.problem import Problem
from domain.words import Words, words

_TALLEST = 330


def locks_card(desk: Desk, weeks: Weeks) -> None:
    """Everything that planning must keep in these weeks."""
    say, problem = desk.say, weeks.problem
    rows = lock_rows(problem, desk.now)
    with st.container(border=True):
        st.subheader(say(words("Locked: {count}", count=len(rows))))
        st.caption(
            say(words("What is locked stays where it is; the search plans the rest around it."))
        )
        if rows:
            _list(desk, problem, rows)
        else:
            st.caption(say(words("Nothing is locked in these weeks.")))
        if not desk.actor.may(Right.EDIT_WEEK):
            return
        if weeks.latest is not None:
            with st.expander(say(words("Lock sessions of a plan")), icon=":material/lock:"):
                _from_plan(desk, weeks)
        with st.expander(say(words("Lock a single session")), icon=":material/add:"):
            _single(desk, problem)


def _list(desk: Desk, problem: Problem, rows: tuple[LockRow, ...]) -> None:
    say = desk.say
    heads = {
        "patient": say(words("Patient")),
        "turn": say(words("When")),
        "station": say(words("Station")),
    }
    anywhere = say(words("any"))
    event = st.dataframe(
        [
            {
                heads["patient"]: f"{row.name} · {row.lock.patient}",
                heads["turn"]: say(_turn(problem, row.lock)),
                heads["station"]: row.lock.station or anywhere,
            }
            for row in rows
        ],
        hide_index=True,
        width="stretch",
        height=tall(len(rows), _TALLEST),
        on_select="rerun",
        selection_mode="multi-row",
        key=f"plan-locks-{problem.first_day}-{len(rows)}",
    )
    picked = [rows[at] for at in event["selection"]["rows"] if at < len(rows)]
    gone = [row.lock for row in picked if not row.over]
    if len(gone) < len(picked):
        st.caption(say(words("What is over stays locked.")))
    if st.button(
        say(words("Take back {count} locks", count=len(gone))), icon=":material/lock_open:",
        disabled=not gone or not desk.actor.may(Right.EDIT_WEEK), key="plan-unlock",
    ):  # fmt: skip
        tried(lambda: unlock_all(desk.site, desk.actor, gone))


def _turn(problem: Problem, lock: Lock) -> Words:
    if lock.shift in problem.shift:
        return problem.say(lock.turn)
    return words("{day} {shift}", day=lock.day, shift=lock.shift)


def _from_plan(desk: Desk, weeks: Weeks) -> None:
    say, problem = desk.say, weeks.problem
    stored = _latest(desk, weeks)
    st.caption(say(version_words(stored.version)))
    names = _names(problem)
    ahead = _ahead(problem, desk)
    zones = {zone.code: desk.voice.label(zone.name) for zone in problem.register.zones}
    patients = st.multiselect(
        say(words("Patients")), sorted(stored.plan.by_patient, key=lambda one: names.get(one, "")),
        format_func=lambda code: f"{names.get(code, code)} · {code}", key="plan-lock-patients",
        placeholder=say(words("everybody")),
    )  # fmt: skip
    turns = st.multiselect(
        say(words("Shifts")), ahead, format_func=lambda turn: say(problem.say(turn)),
        key="plan-lock-turns", placeholder=say(words("every shift that is still ahead")),
    )  # fmt: skip
    chosen_zones = st.multiselect(
        say(words("Zones")), list(zones), format_func=lambda code: zones[code],
        key="plan-lock-zones", placeholder=say(words("every zone")),
    )  # fmt: skip
    stations = st.toggle(say(words("With their stations")), value=True, key="plan-lock-stations")
    chosen = Chosen(
        frozenset(patients),
        frozenset((turn.day.isoformat(), turn.shift) for turn in turns),
        frozenset(chosen_zones),
    )
    found = promisable(problem, known_part(problem, stored.plan), chosen, desk.now)
    if st.button(
        say(words("Lock {count} sessions", count=len(found))), type="primary",
        disabled=not found, key="plan-lock-all",
    ):  # fmt: skip
        tried(lambda: lock_all(desk.site, desk.actor, as_locks(found, stations=stations)))


def _latest(desk: Desk, weeks: Weeks) -> StoredPlan:
    version = weeks.latest
    if version is None:
        raise ValueError("no version to lock sessions of")
    with reading(desk.site.here.database) as session:
        return load_plan(session, version.center, version.first_day, version.number)


def _single(desk: Desk, problem: Problem) -> None:
    say = desk.say
    names = _names(problem)
    ahead = _ahead(problem, desk)
    if not ahead:
        st.caption(say(words("These weeks are over.")))
        return
    patient = st.selectbox(
        say(words("Patient")), sorted(problem.patient, key=lambda code: names.get(code, "")),
        format_func=lambda code: f"{names.get(code, code)} · {code}", key="plan-lock-patient",
    )  # fmt: skip
    turn = st.selectbox(
        say(words("When")), ahead, format_func=lambda one: say(problem.say(one)),
        key="plan-lock-turn",
    )  # fmt: skip
    anywhere = say(words("any"))
    station = st.selectbox(
        say(words("Station")), ["", *problem.station],
        format_func=lambda code: code or anywhere, key="plan-lock-station",
    )  # fmt: skip
    if st.button(say(words("Lock")), type="primary", key="plan-lock-one"):
        lock = Lock(patient, turn.day, turn.shift, station or None)
        tried(lambda: lock_all(desk.site, desk.actor, [lock]))


def _ahead(problem: Problem, desk: Desk) -> list[Turn]:
    return [turn for turn in problem.turns if not is_over(problem, turn, desk.now)]


def _names(problem: Problem) -> Mapping[str, str]:
    return {one.code: one.name for one in problem.register.patients}
