"""One machine: live values, trends of any session, alarms with both lives, its wire, its care."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from dashboard.desk import Desk
from dashboard.machine.head import About, head
from dashboard.machine.seated import seated
from dashboard.machine.stretches import phase_since
from dashboard.rights import Right
from dashboard.screens.machine_alarms import alarms_tab, open_count
from dashboard.screens.machine_care import care_tab, link_tab
from dashboard.screens.machine_frame import present_desk, safety, styled
from dashboard.screens.machine_trend import trend_tab
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults
from dashboard.wall.floor import counted
from dashboard.wall.looking import looking_of
from db.care.upkeep import load_readiness
from db.connection import reading
from db.load import load_layout
from db.refusal import DatabaseRefusal
from db.telemetry.read import events
from db.telemetry.read import reading as reading_telemetry
from domain.board import BoardRow
from domain.words import words

_EVERY = timedelta(seconds=3)
_PATIENCE = 20
"""Seconds for which what changes seldom is believed."""
_BACK = timedelta(days=2)
_KEPT = "machine-about"


def show(desk: Desk) -> None:
    """The machine that the address names, or a list to choose from."""
    styled()
    codes = _codes(desk)
    if not codes:
        st.title(desk.say(words("Machine")))
        st.info(desk.say(words("No machine has spoken yet, and none is registered.")),
                icon=":material/sensors_off:")  # fmt: skip
        return
    code = _picked(desk, codes)
    if code is None:
        safety(desk)
        return
    faults(desk)
    st.fragment(_live, run_every=_EVERY)(desk, code)
    safety(desk)
    count = open_count(desk, code)
    titles = (
        words("Trends"),
        words("Alarms ({count})", count=count),
        words("Care"),
        words("Link"),
    )
    trends, alarms, care, link = st.tabs([desk.say(title) for title in titles])
    with trends:
        trend_tab(desk, code)
    with alarms:
        alarms_tab(desk, code)
    with care:
        care_tab(desk, code)
    with link:
        link_tab(desk, code)


def _codes(desk: Desk) -> dict[str, str]:
    """Every machine, registered or heard, with its station."""
    seen = looking_of(desk.site).look(timedelta(seconds=1)).seen
    if seen is None:
        with reading(desk.site.here.database) as session:
            layout = load_layout(session, desk.site.center)
        return {one.code: "" for one in layout.machines}
    return {row.machine: row.station for row in seen.rows}


def _picked(desk: Desk, codes: dict[str, str]) -> str | None:
    say = desk.say
    ordered = sorted(codes, key=counted)
    asked = st.query_params.get("m", "")
    if asked and asked not in codes:
        st.warning(say(words("There is no machine {code} here.", code=asked)),
                   icon=":material/search_off:")  # fmt: skip
    named = ordered.index(asked) if asked in codes else None
    chosen = st.selectbox(
        say(words("Machine")),
        ordered,
        index=named,
        format_func=lambda one: f"{one} · {codes[one]}" if codes[one] else one,
        placeholder=say(words("Choose a machine")),
        key=f"machine-picked-{asked}",
        width=320,
    )
    if chosen is None:
        st.info(say(words("Choose a machine here or on the wall.")), icon=":material/touch_app:")
        return None
    if chosen != asked:
        st.query_params["m"] = chosen
    return str(chosen)


def _live(desk: Desk, code: str) -> None:
    """The head, again and again by itself."""
    now = present_desk(desk)
    moment = looking_of(desk.site).look(timedelta(seconds=1))
    if moment.seen is None:
        for reason in moment.reasons:
            st.error(desk.say(reason), icon=":material/database_off:")
        return
    row = next((one for one in moment.seen.rows if one.machine == code), None)
    if row is None:
        st.warning(desk.say(words("Nothing is known of this machine any more.")))
        return
    about = _about(now, code, row)
    st.html(head(row, about, desk.say, now.now, blind=moment.seen.blind))


def _about(desk: Desk, code: str, row: BoardRow) -> About:
    """Read anew every now and then, and whenever the phase is another one."""
    key = (code, row.phase, int(desk.now.timestamp()) // _PATIENCE, desk.actor.role)
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != key:
        kept = st.session_state[_KEPT] = (key, _read_about(desk, code, row))
    found: About = kept[1]
    return found


def _read_about(desk: Desk, code: str, row: BoardRow) -> About:
    site = desk.site
    with reading(site.here.database) as session:
        layout = load_layout(session, site.center)
        machine = next((one for one in layout.machines if one.code == code), None)
        ready = load_readiness(session, site.center, [code], desk.now)[0] if machine else None
        named = row.station and desk.actor.may(Right.SEE_WEEK)
        who = seated(session, site.center, row.station, desk.now) if named else None
    return About(machine, ready, _since(desk, code, row), who)


def _since(desk: Desk, code: str, row: BoardRow) -> datetime | None:
    try:
        with reading_telemetry(desk.site.here.telemetry) as connection:
            said = events(connection, code, desk.now - _BACK, desk.now + timedelta(minutes=5))
    except DatabaseRefusal:
        return None
    return phase_since((one.event for one in said), row.phase)


SCREEN = Screen(
    "machine", words("Machine"), "monitor_heart", words("Machines"), Right.SEE_MACHINES, show
)
