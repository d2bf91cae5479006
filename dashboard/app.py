"""The one script that Streamlit runs for every look at a staff screen.

Who looks is asked of the database at every run, so that a closed account or a changed role
counts at the next click and not at the next sign-in.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

import streamlit as st

from dashboard.desk import Actor, Desk
from dashboard.gate.cookies import LANGUAGE_COOKIE, SIGN_IN_COOKIE, language_of
from dashboard.screens.listed import SCREENS
from dashboard.screens.screen import Screen
from dashboard.shell import frame, guarded, signed_out
from dashboard.site import Site, site
from db.access.sign_ins import standing
from db.connection import reading
from db.load import load_center
from db.sheets.edition import Voice


def main() -> None:
    """Finds out who looks, and shows the screens that are theirs."""
    here = site()
    language = language_of(st.context.cookies.get(LANGUAGE_COOKIE), st.context.locale)
    actor = _actor(here, st.context.cookies.get(SIGN_IN_COOKIE, ""))
    if actor is None:
        signed_out(here.speak(language, None))
        return
    desk = _desk(here, actor, language)
    mine = [screen for screen in SCREENS if actor.may(screen.right)]
    frame(desk)
    st.navigation(_menu(mine, desk), position="top").run()


def _actor(here: Site, secret: str) -> Actor | None:
    """Only reads: it is the gate that notes clicks, also those that run a part of a page."""
    with reading(here.here.database) as session:
        found = standing(session, here.center, secret, here.clock())
    if found is None:
        return None
    return Actor(found.account.name, found.account.shown, found.account.role)


def _desk(here: Site, actor: Actor, language: str) -> Desk:
    with reading(here.here.database) as session:
        center = load_center(session, here.center)
    now = here.clock().astimezone(ZoneInfo(center.timezone))
    return Desk(here, actor, Voice(language, here.speak(language, now.year)), now)


def _menu(screens: list[Screen], desk: Desk) -> dict[str, list[st.Page]]:
    menu: dict[str, list[st.Page]] = {}
    for screen in screens:
        page = st.Page(
            guarded(screen, desk),
            title=desk.say(screen.title),
            icon=f":material/{screen.icon}:",
            url_path=screen.path,
            default=screen is screens[0],
        )
        menu.setdefault(desk.say(screen.section), []).append(page)
    return menu


main()
