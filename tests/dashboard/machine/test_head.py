"""The head of a machine's page: states in words, stale struck through, missing a dash."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from dashboard.machine.head import About, ago, chips, head
from domain.board import BoardRow, Watched, board
from domain.center import Machine
from domain.readiness import Readiness, ReadyState
from domain.telemetry import Generation, LinkStatus
from tests.dashboard.wall.moments import EN, NOW, PACE, SHANGHAI, heard

LOCAL = NOW.astimezone(SHANGHAI)
KNOWN = Machine("HD-1", "SN1", "4008S", frozenset())
ABOUT = About(KNOWN, Readiness("HD-1", ReadyState.IN_USE), NOW - timedelta(minutes=30))


def row(watched: Watched | None = None) -> BoardRow:
    return board([watched or heard()], NOW)[0]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s ago"), (119, "119 s ago"), (120, "2 min ago"), (7200, "2 h ago"),
     (172_800, "2 days ago")],
)  # fmt: skip
def test_an_age_is_said_in_its_own_unit(seconds: float, said: str) -> None:
    assert str(ago(timedelta(seconds=seconds))) == said


def test_what_is_live_says_its_phase_and_since_when() -> None:
    said = [str(text) for text, _ in chips(row(), ABOUT, LOCAL, blind=False)]
    assert said == ["treatment since 08:45", "link: online", "in use"]


def test_what_is_stale_was_last_heard_and_is_struck_through() -> None:
    stale = row(heard(seconds=60))
    said = [str(text) for text, _ in chips(stale, ABOUT, LOCAL, blind=False)]
    assert said[0] == "last heard in: treatment"
    assert 'class="mc-value stale"' in head(stale, ABOUT, EN.say, LOCAL, blind=False)


def test_without_an_ingest_nothing_is_live() -> None:
    said = [str(text) for text, _ in chips(row(), ABOUT, LOCAL, blind=True)]
    assert "nothing is being stored" in said
    assert 'class="mc-value live"' not in head(row(), ABOUT, EN.say, LOCAL, blind=True)


def test_what_was_not_said_is_a_dash_and_never_zero() -> None:
    shown = head(row(heard(values={})), ABOUT, EN.say, LOCAL, blind=False)
    assert "<b>0" not in shown
    assert shown.count("<b>--</b>") == 10


def test_a_machine_that_is_not_real_says_so_and_one_that_is_not_registered_too() -> None:
    about = replace(ABOUT, machine=None, ready=None)
    found = chips(row(heard(generation=Generation.DEMO, status=LinkStatus.NO_REPLY)), about, LOCAL,
                  blind=False)  # fmt: skip
    assert {str(text) for text, _ in found} >= {"DEMO", "not registered", "link: no reply"}


def test_codes_are_text_and_not_markup() -> None:
    shown = head(row(heard("<b>x")), ABOUT, EN.say, LOCAL, blind=False)
    assert "&lt;b&gt;x" in shown
    assert "<b>x" not in shown


def test_the_pace_of_the_tests_is_what_makes_a_minute_stale() -> None:
    assert PACE == 1.0
