"""Patients' links: made for one patient at a time, shown once, revoked with a click."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard.access.address import address_of
from dashboard.access.qr import qr_svg
from dashboard.acts import patients as acts
from dashboard.desk import Desk
from dashboard.rights import Right
from dashboard.screens.screen import Screen
from dashboard.screens.tries import faults, tried
from db.access.patient_links import list_links
from db.connection import reading
from db.load import load_register
from domain.account import PatientLink
from domain.patient import Patient
from domain.words import words

_ONCE = "links-once"


def show(desk: Desk) -> None:
    """Choose a patient; see, make and revoke the links."""
    say, site = desk.say, desk.site
    st.title(say(words("Patients' links")))
    faults(desk)
    st.caption(
        say(words("A link opens one patient's own page. It holds a year, until it is revoked."))
    )
    _once(desk)
    today = desk.now.date()
    with reading(site.here.database) as session:
        people = [one for one in load_register(session, site.center).patients if today in one.span]
        links = list_links(session, site.center)
    chosen = st.selectbox(
        say(words("Patient")),
        people,
        format_func=lambda one: f"{one.name} {one.code}",
        index=None,
        placeholder=say(words("Name or code")),
        key="links-patient",
    )
    if chosen is not None:
        _own_links(desk, chosen, [one for one in links if one[1].patient == chosen.code])


def _own_links(desk: Desk, patient: Patient, links: list[tuple[str, PatientLink]]) -> None:
    say, now = desk.say, desk.site.clock()
    open_ones = [one for one in links if one[1].revoked_at is None and one[1].expires_at > now]
    for key, link in open_ones:
        text, act = st.columns([5, 1], vertical_alignment="center")
        made, until = link.created_at.astimezone(desk.zone), link.expires_at.astimezone(desk.zone)
        text.text(
            say(
                words(
                    "Open until {until}, made by {who} on {made}",
                    until=until.date(),
                    who=link.created_by,
                    made=made.date(),
                )
            )
        )
        if act.button(say(words("Revoke")), key=f"revoke-{key[:12]}", width="stretch"):
            tried(partial(acts.close_link, desk.site, desk.actor, key, patient.code))
    if not open_ones:
        st.text(say(words("There is no open link.")))
    if st.button(say(words("Make a link")), type="primary", key="make-link"):
        tried(partial(_made, desk, patient))


def _made(desk: Desk, patient: Patient) -> None:
    secret = acts.make_link(desk.site, desk.actor, patient.code)
    st.session_state[_ONCE] = (
        f"{patient.name} {patient.code}",
        address_of(st.context.url, f"/p/{secret}"),
    )


def _once(desk: Desk) -> None:
    """A link that was just made, until somebody has given it away."""
    if _ONCE not in st.session_state:
        return
    say = desk.say
    name, address = st.session_state[_ONCE]
    with st.container(border=True):
        square, text = st.columns([1, 4], vertical_alignment="center")
        square.image(qr_svg(address), width=180)
        with text:
            st.subheader(say(words("Link of {patient}", patient=name)))
            st.code(address, language=None, wrap_lines=True)
            st.caption(say(words("Let the patient scan it now: it is shown only this once.")))
            if st.button(say(words("Done")), key="link-done", type="primary"):
                del st.session_state[_ONCE]
                st.rerun()


SCREEN = Screen(
    "links", words("Patients' links"), "qr_code_2", words("Plan"), Right.ANSWER_PATIENTS, show
)
