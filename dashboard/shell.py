"""What is around every staff screen: title, who is signed in, language, and calm errors."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from html import escape
from pathlib import Path

import streamlit as st

from dashboard.acts.acting import NotAllowed
from dashboard.desk import Desk
from dashboard.gate.leaving_component import leaving
from dashboard.gate.words import role_words
from dashboard.languages import NAMES, OTHER
from dashboard.screens.screen import Screen
from dashboard.style.css import with_tokens
from db.refusal import DatabaseRefusal
from domain.words import Say, Words, words

_MARK = Path(__file__).parent / "gate" / "static" / "mark.svg"
"""Our own file: Streamlit would have the browser fetch a symbol from elsewhere."""
_log = logging.getLogger(__name__)


def frame(desk: Desk) -> None:
    """Title, style and the corner that says who is here."""
    st.set_page_config(
        page_title="Clearshift",
        page_icon=str(_MARK),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    st.html(f"<style>\n{with_tokens('dashboard.style', 'shell.css')}\n</style>")
    st.html(_corner(desk))
    leaving()


def signed_out(say: Say) -> None:
    """The sign-in has ended while the page was open; only a whole new page helps."""
    st.html(f"<style>\n{with_tokens('dashboard.style', 'shell.css')}\n</style>")
    st.info(say(words("You are signed out. Nothing that was saved is lost.")))
    st.link_button(say(words("Sign in")), "/signin", type="primary")


def guarded(screen: Screen, desk: Desk) -> Callable[[], None]:
    """The screen as Streamlit calls it. What goes wrong is said in words; the details are in
    the log, under the number shown."""

    def show() -> None:
        try:
            screen.show(desk)
        except NotAllowed as refused:
            st.error(desk.say(refused.reason), icon=":material/block:")
        except DatabaseRefusal as refused:
            for reason in refused.reasons:
                st.error(desk.say(reason), icon=":material/database_off:")
        except Exception:
            number = secrets.token_hex(4)
            _log.exception("screen %s failed, number %s", screen.path, number)
            st.error(desk.say(failed(number)), icon=":material/error:")

    show.__name__ = screen.path
    return show


def failed(number: str) -> Words:
    """What a person reads of a fault of ours."""
    return words(
        "Something went wrong here; what was saved before is kept. Number {number} is in the log.",
        number=number,
    )


def _corner(desk: Desk) -> str:
    other = OTHER[desk.voice.language]
    language = NAMES[other]
    role = desk.say(role_words(desk.actor.role))
    demo = desk.say(words("Demo: everything here is invented"))
    mark = f'<span class="cs-demo">{escape(demo)}</span>' if desk.site.demo else ""
    return (
        f'<div class="cs-corner">{mark}'
        f'<span class="cs-who"><b>{escape(desk.actor.shown)}</b> {escape(role)}</span>'
        f'<a href="/language/{other}" target="_self">{language}</a>'
        f'<a href="/signout" target="_self">{escape(desk.say(words("Sign out")))}</a></div>'
    )
