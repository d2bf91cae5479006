"""What the board answers: panel, verdicts in words, refusals; garbage changes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.board.talk import Answer, NotUnderstood, answer, read_message
from dashboard.site import Site
from domain.account import Role
from domain.plan import Assignment
from tests.dashboard.acts.week_desk import actor, bad_swap, enroll, look, swap, taken_out, week_site
from tests.dashboard.board.weeks import ENGLISH
from tests.dashboard.world import FIRST_MONDAY


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    return here


def place(row: Assignment | None) -> list[str] | None:
    return None if row is None else [row.day.isoformat(), row.shift, row.station]


def say(
    site: Site, act: str, row: Assignment | None = None, role: Role = Role.HEAD_NURSE, **more: Any
) -> Answer:
    """One message and its answer; `row` is the session, and `to` where it goes."""
    sent = {"n": "s-1", "act": act, **more}
    if row is not None:
        sent |= {"p": row.patient, "from": place(row)}
    return answer(site, actor(role), look(site), read_message(sent), ENGLISH)


def test_who_is_chosen_is_told_with_a_grade_for_every_place(site: Site) -> None:
    there = look(site)
    row = there.plan.assignments[0]
    told = say(site, "show", row)
    assert told.document["person"]["code"] == row.patient
    assert [len(one) for one in told.document["grades"]] == [6] * len(there.turns)
    assert set("".join(told.document["grades"])) <= set("gcb.")
    assert not told.stored


def test_over_a_place_the_rules_say_what_would_break_and_nothing_is_stored(site: Site) -> None:
    before = look(site).plan
    row = taken_out(look(site)).before
    assert row is not None
    told = say(site, "ask", row)
    verdict = told.document["verdict"]
    assert (verdict["grade"], verdict["verb"]) == ("costs", "take_out")
    assert verdict["headline"].startswith("Allowed for now")
    assert {one["kind"] for one in verdict["lines"]} >= {"unfinished"}
    assert all(one["rule"] and one["said"] for one in verdict["lines"])
    assert look(site).plan == before


def test_put_down_asks_first_where_anything_gets_worse(site: Site) -> None:
    pair = swap(look(site))
    row, to = pair[0].before, pair[0].after
    assert row is not None
    told = say(site, "put", row, to=place(to))
    if told.stored:
        assert told.document["done"]
        return
    assert told.document["verdict"]["verb"] == "swap"
    assert look(site).steps == ()


def test_what_is_confirmed_is_done_and_said(site: Site) -> None:
    pair = swap(look(site))
    row, to = pair[0].before, pair[0].after
    assert row is not None
    assert to is not None
    told = say(site, "do", row, to=place(to))
    assert told.stored
    assert told.document["done"]
    assert told.document["at"]["station"] == to.station
    assert "change places" in told.document["notice"]["said"]
    assert {one.after for one in pair} <= set(look(site).plan.assignments)


def test_a_refusal_is_a_notice_and_no_error(site: Site) -> None:
    pair = bad_swap(look(site))
    row, to = pair[0].before, place(pair[0].after)
    assert row is not None
    assert say(site, "ask", row, to=to).document["verdict"]["headline"].startswith("Breaks")
    told = say(site, "do", row, to=to)
    assert told.document["notice"]["kind"] == "bad"
    assert "with a reason" in told.document["notice"]["said"]
    told = say(site, "do", row, role=Role.NURSE, to=to, reason="because")
    assert "may not do this" in told.document["notice"]["said"]
    assert say(site, "do", row, to=to, reason="doctor agreed").stored


def test_locks_and_undo_go_through_the_board_too(site: Site) -> None:
    row = swap(look(site))[0].before
    assert row is not None
    assert say(site, "lock", row, locked=True).stored
    assert [lock.patient for lock in look(site).problem.register.locks].count(row.patient) >= 1
    assert say(site, "undo").document["done"]
    assert say(site, "redo").document["done"]


def test_of_a_session_that_is_over_no_place_is_graded(world: Path) -> None:
    late = week_site(world, days=6)
    row = look(late).plan.assignments[0]
    assert say(late, "show", row).document["grades"] is None


@pytest.mark.parametrize(
    "sent",
    [
        {"act": "show", "p": "P999"},
        {"act": "ask", "p": "P001", "from": ["2026-03-02", "AM", "Z99"]},
        {"act": "ask", "p": "P001", "to": ["2026-03-02", "AM", "Z99"]},
        {"act": "ask", "p": "P001", "to": ["2030-03-02", "AM", "A01"]},
        {"act": "do", "p": "P001"},
        {"act": "explode"},
        {"act": "lock", "p": "P001"},
    ],
)
def test_what_makes_no_sense_here_is_refused_in_words(site: Site, sent: dict[str, Any]) -> None:
    told = answer(site, actor(), look(site), read_message({"n": "1", **sent}), ENGLISH)
    assert told.document["notice"]["said"] == "This session is not there any more; look again."
    assert look(site).steps == ()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
_FIELDS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(("n", "act", "p", "from", "to", "reason", "locked"), _JSON),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(_JSON | _FIELDS)
def test_any_message_is_read_or_not_understood(sent: object) -> None:
    try:
        read_message(sent)
    except NotUnderstood:
        return


def test_a_long_text_is_cut_and_a_place_is_a_day_shift_and_station() -> None:
    read = read_message({"act": "do", "p": "P1", "to": ["2026-03-02", "AM", "A01"],
                         "reason": "x" * 900})  # fmt: skip
    assert len(read.reason) == 500
    assert (read.turn, read.station) == ((FIRST_MONDAY, "AM"), "A01")
    for bad in (["x", "AM", "A01"], ["2026-03-02", "AM"], "2026-03-02", [1, 2, 3]):
        with pytest.raises(NotUnderstood):
            read_message({"act": "ask", "to": bad})
