"""A plan whose sheets would have to leave something out is refused."""

from dataclasses import replace
from datetime import timedelta

import pytest

from db.sheets.edition import Edition, UnprintablePlan, fingerprint
from domain.calendar import Turn
from domain.plan import Plan
from domain.problem import Problem
from tests.db.sheets.world import IMPRINT, MONDAY, REGISTER, edition, seat


def test_every_reason_is_named_at_once() -> None:
    rows = (
        seat(9, "am", "A1", "P1"),
        seat(0, "late", "A1", "P9"),
        seat(1, "am", "X9", "P1"),
        seat(2, "am", "A1", "P1"),
        seat(2, "am", "A1", "P2"),
    )
    with pytest.raises(UnprintablePlan) as refused:
        edition(seats=rows)
    assert sorted(map(str, refused.value.reasons)) == [
        "2 patients sit on station A1 on 2026-11-25, shift am",
        "2026-12-02 is not a day of the plan",
        "patient P9 is not in the center's files",
        "shift late is not in the center's files",
        "station X9 is not in the center's files",
    ]


def test_a_station_in_no_zone_is_refused() -> None:
    zones = tuple(zone for zone in REGISTER.zones if zone.code == "A")
    with pytest.raises(UnprintablePlan, match="station B1 stands in no zone"):
        edition(replace(REGISTER, zones=zones))


def test_a_plan_of_another_week_is_refused() -> None:
    later = Plan.of(MONDAY + timedelta(weeks=1), 1, ())
    with pytest.raises(UnprintablePlan, match="the plan begins on 2026-11-30"):
        Edition(Problem(REGISTER, MONDAY), later, IMPRINT)


def test_a_turn_that_the_center_does_not_run_is_shown_if_the_plan_uses_it() -> None:
    sunday = MONDAY + timedelta(days=6)
    source = edition(seats=(seat(6, "pm", "A1", "P1"),))
    assert source.turns_on(sunday) == (Turn(sunday, "pm"),)


def test_turns_stand_in_the_order_of_their_start() -> None:
    assert [turn.shift for turn in edition().turns_on(MONDAY)] == ["am", "pm", "night"]


def test_equal_plans_share_a_fingerprint_and_others_do_not() -> None:
    one, other = (seat(0, "am", "A1", "P1"), seat(0, "am", "A2", "P2"))
    assert fingerprint(Plan.of(MONDAY, 1, (one, other))) == fingerprint(
        Plan.of(MONDAY, 1, (other, one))
    )
    assert fingerprint(Plan.of(MONDAY, 1, (one,))) != fingerprint(Plan.of(MONDAY, 1, (other,)))
    assert fingerprint(Plan.of(MONDAY, 2, (one,))) != fingerprint(Plan.of(MONDAY, 1, (one,)))
