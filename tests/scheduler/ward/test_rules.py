"""Every rule of the roster by hand: what its sentence says, on the smallest ward."""

from __future__ import annotations

import re
from inspect import getdoc

import pytest

from domain.calendar import Span, Turn
from domain.nurse_roster import AwayDay, Duty, NurseNeed, NurseRoster
from domain.nurse_rulebook import NURSE_ROWS, NURSE_RULE_NAMES, nurse_row
from domain.nurse_terms import Contract, NurseBalance, NurseBurden, NurseDay, NurseDayKind
from domain.rulebook import RuleRow
from domain.ward import Ward
from scheduler.ward.check import check_roster
from scheduler.ward.rules import NURSE_RULES
from tests.scheduler.ward.worlds import (
    EARLY,
    EVENING,
    MONDAY,
    NIGHT,
    TREATMENT,
    day,
    need,
    nurse,
    roster,
    ward,
)

FOUR = (EARLY, EVENING, NIGHT)
"""Marks 早, 中 (until 21:00) and 夜 (overnight)."""


def found(there: Ward, rule: str, text: str, **more: object) -> list[str]:
    """What one rule says of a roster."""
    (one,) = [rule_ for rule_ in NURSE_RULES if rule_.name == rule]
    made = roster(text, there, **more)  # type: ignore[arg-type]
    return [str(finding.words) for finding in one.check(there, made)]


def cost(there: Ward, rule: str, text: str) -> int:
    """What it charges."""
    (one,) = [rule_ for rule_ in NURSE_RULES if rule_.name == rule]
    return sum(finding.cost for finding in one.check(there, roster(text, there)))


def test_rules_and_standard_rows_are_the_same_in_the_same_order() -> None:
    assert tuple(rule.name for rule in NURSE_RULES) == NURSE_RULE_NAMES


@pytest.mark.parametrize("rule", NURSE_RULES, ids=lambda rule: rule.name)
def test_a_rule_says_a_sentence_a_source_and_what_its_limit_or_unit_is(rule: object) -> None:
    text = " ".join((getdoc(type(rule)) or "").split())
    row = next(one for one in NURSE_ROWS if one.rule == rule.name)  # type: ignore[attr-defined]
    assert len(re.findall(r"\bSource: \S", text)) == 1
    assert len(re.findall(r"\bLimit: \S", text)) == (row.limit is not None)
    assert len(re.findall(r"\bUnit: \S", text)) == (row.weight is not None)
    assert (row.weight is None) is rule.hard  # type: ignore[attr-defined]


def test_a_rule_that_nobody_knows_has_no_row() -> None:
    with pytest.raises(KeyError):
        nurse_row((), "nurse_dreams", MONDAY)


def test_the_centers_own_row_counts_from_its_day_on_and_leaves_out_what_it_does_not_say() -> None:
    own = RuleRow("nurse_rest", day(0), True, 720)
    bare = RuleRow("nurse_row", day(0), True)
    there = ward([nurse("N1")], rules=(own, bare, RuleRow("nurse_rest", day(1), True, 60)))
    assert (there.limit("nurse_rest"), there.limit("nurse_row")) == (720, 6)


def test_two_duties_a_day_and_a_mark_that_the_ward_does_not_have_are_named() -> None:
    there = ward([nurse("N1")])
    twice = roster("N1: 早", there).duties * 2
    verdict = check_roster(there, NurseRoster.of(MONDAY, 1, twice))
    assert {one.rule for one in verdict.broken} == {"nurse_one_duty"}
    odd = roster("N1: 早", ward([nurse("N1")], duty_kinds=()))
    other = ward([nurse("N2")])
    assert [one.rule for one in check_roster(other, odd).broken] == ["nurse_one_duty"]


def test_a_nurse_works_in_own_zones_and_agreed_shifts_on_days_that_run() -> None:
    agreed = Contract("N1", frozenset({"AM"}))
    there = ward([nurse("N1", "B")], contracts=(agreed,))
    assert found(there, "nurse_place", "N1: 早 早 早 早 早 早") == []
    assert "does not work in zone A" in found(there, "nurse_place", "N1: 早A")[0]
    assert "not among the agreed shifts" in found(there, "nurse_place", "N1: 中")[0]
    assert "no 早 on this day" in found(there, "nurse_place", "N1: - - - - - - 早")[0]


def test_the_treatment_room_is_in_no_zone() -> None:
    there = ward([nurse("N1")], duty_kinds=(TREATMENT,))
    assert found(there, "nurse_place", "N1: 治") == []


def test_one_lead_who_can_leads_a_turn() -> None:
    there = ward([nurse("N1", "A", "lead"), nurse("N2", "A", "lead"), nurse("N3")])
    assert found(there, "nurse_lead", "N1: 主早\nN2: 早") == []
    assert "2 leads" in found(there, "nurse_lead", "N1: 主早\nN2: 主早")[0]
    assert "without the skill" in found(there, "nurse_lead", "N3: 主早")[0]


def test_nobody_works_on_a_day_of_leave_or_of_illness_that_only_the_roster_knows() -> None:
    row = NurseDay("N1", NurseDayKind.LEAVE, Span(day(1), day(1)))
    there = ward([nurse("N1")], nurse_days=(row,))
    assert found(there, "nurse_away", "N1: 早 - 早") == []
    assert "on leave" in found(there, "nurse_away", "N1: - 早")[0]
    ill = AwayDay(day(0), "N1", NurseDayKind.ILL)
    assert "ill" in found(there, "nurse_away", "N1: 早", away=[ill])[0]


def test_eleven_hours_lie_between_duties_also_after_the_roster_before() -> None:
    there = ward([nurse("N1")])
    assert found(there, "nurse_rest", "N1: 夜 中") == []
    assert found(there, "nurse_rest", "N1: 夜 早") == [
        "N1, 2026-03-03: 9.5 h after the last duty, at least 11.0 h"
    ]
    before = NurseRoster.of(day(-7), 1, [Duty(day(-1), "N1", "夜", "A")])
    late = ward([nurse("N1")], before=before)
    assert len(found(late, "nurse_rest", "N1: 早")) == 1


def test_an_earlier_end_makes_room_for_the_next_morning() -> None:
    there = ward([nurse("N1")])
    assert found(there, "nurse_rest", "N1: 夜(19:00) 早") == []


def test_six_days_in_a_row_are_enough() -> None:
    there = ward([nurse("N1")], weeks=2)
    assert found(there, "nurse_row", "N1: 早 早 早 早 早 早") == []
    week = Contract("N1", most_days=4)
    assert (
        "5 days, at most 4"
        in found(ward([nurse("N1")], contracts=(week,)), "nurse_row", "N1: 早 早 早 早 早")[0]
    )
    row = Contract("N1", most_in_row=2)
    tired = ward([nurse("N1")], contracts=(row,))
    assert found(tired, "nurse_row", "N1: 早 早 早 早") == [
        "N1, 2026-03-04: more than 2 days in a row"
    ]


def test_nights_come_in_short_blocks_with_a_day_off_after_them() -> None:
    there = ward([nurse("N1")], shifts=FOUR)
    assert found(there, "nurse_nights", "N1: 夜 夜 夜") == []
    assert len(found(there, "nurse_nights", "N1: 夜 夜 夜 夜")) == 1
    assert found(there, "nurse_after_nights", "N1: 夜 - 早") == []
    assert len(found(there, "nurse_after_nights", "N1: 夜 中")) == 1


def test_hours_are_at_most_a_tenth_above_the_contract_training_included() -> None:
    there = ward([nurse("N1")])
    assert found(there, "nurse_hours", "N1: 早 早 早 早 早") == []
    assert found(there, "nurse_hours", "N1: 早 早 早 早 早 早") == [
        "N1: 6.0 days of work, at most 5.5"
    ]
    trained = AwayDay(day(5), "N1", NurseDayKind.TRAINING)
    assert len(found(there, "nurse_hours", "N1: 早 早 早 早 早", away=[trained])) == 1


def test_a_contract_keeps_weekends_free() -> None:
    agreed = Contract("N1", most_weekends=0)
    there = ward([nurse("N1")], contracts=(agreed,))
    assert len(found(there, "nurse_free_weekends", "N1: - - - - - 早")) == 1


def test_a_missing_nurse_costs_and_each_patient_left_over_costs_as_much_again() -> None:
    there = ward([nurse("N1"), nurse("N2")], [need(0, "AM", 2)])
    assert cost(there, "nurse_cover", "N1: 早\nN2: 早") == 0
    assert cost(there, "nurse_cover", "N1: 早") == 200 * (1 + 5)
    assert found(there, "nurse_cover", "N1: 早") == [
        "Zone A, 2026-03-02 Morning: 1 of 2 nurses for 10 patients, 5 more than they may care for"
    ]
    assert cost(there, "nurse_cover", "N1: -") == 200 * (2 + 10)


def test_a_nurse_with_one_patient_is_missed_less_than_one_with_five() -> None:
    eleven = NurseNeed(Turn(day(0), "AM"), "A", "", 3, 3, 11)
    there = ward([nurse("N1"), nurse("N2"), nurse("N3")], [eleven])
    costs = [
        cost(there, "nurse_cover", "\n".join(f"N{n}: 早" for n in range(1, many + 1)))
        for many in (3, 2, 1)
    ]
    assert costs == [0, 200 * (1 + 1), 200 * (2 + 6)]


def test_a_skill_must_be_there_in_the_turn() -> None:
    wanted = [need(0, "AM", 1, "", "lead"), need(0, "AM", 1, "A", "catheter")]
    there = ward([nurse("N1", "A", "lead"), nurse("N2", "B", "catheter")], wanted)
    assert found(there, "nurse_skills", "N1: 早\nN2: 早") == [
        "Zone A, 2026-03-02 Morning: 1 with the skill catheter missing"
    ]
    assert cost(there, "nurse_skills", "N1: -") == 400


def test_the_aim_costs_on_both_sides() -> None:
    there = ward([nurse("N1"), nurse("N2"), nurse("N3")], [need(0, "AM", 1, aim=2)])
    costs = [cost(there, "nurse_aim", "\n".join(f"N{n}: 早" for n in range(1, many + 1)))
             for many in range(1, 4)]  # fmt: skip
    assert costs == [3, 0, 3]


def test_rest_owed_is_paid_back_and_large_differences_cost_more() -> None:
    there = ward([nurse("N1")])
    assert cost(there, "nurse_balance", "N1: 早 早 早 早 早") == 0
    assert cost(there, "nurse_balance", "N1: 早 早 早 早") == 16
    assert cost(there, "nurse_balance", "N1: 早 早 早") == 32 + 16
    owed = NurseBalance("N1", NurseBurden.REST, 480)
    assert cost(ward([nurse("N1")], nurse_ledger=(owed,)), "nurse_balance", "N1: 早 早 早 早") == 0


def test_nobody_has_more_nights_than_a_fair_share_with_what_was_borne_before() -> None:
    wanted = [need(at, "NIGHT", 1) for at in (0, 2)]
    borne = NurseBalance("N1", NurseBurden.NIGHT, 2)
    there = ward([nurse("N1"), nurse("N2")], wanted, shifts=FOUR, nurse_ledger=(borne,))
    assert cost(there, "nurse_fair_nights", "N2: 夜 - 夜") == 0
    assert cost(there, "nurse_fair_nights", "N1: 夜\nN2: - - 夜") == 12
    assert cost(there, "nurse_fair_nights", "N1: 夜 - 夜") == 12 * 3


def test_late_duties_and_weekends_are_shared_too() -> None:
    wanted = [need(at, "EVE", 1) for at in (0, 1)] + [need(5, "AM", 1)]
    there = ward([nurse("N1"), nurse("N2")], wanted)
    assert cost(there, "nurse_fair_late", "N1: 夜 夜") == 6
    assert cost(there, "nurse_weekends", "N1: - - - - - 早") == 0
    last = NurseBalance("N1", NurseBurden.WEEKEND, 1)
    again = ward([nurse("N1"), nurse("N2")], wanted, nurse_ledger=(last,))
    assert cost(again, "nurse_weekends", "N1: - - - - - 早") == 8


@pytest.mark.parametrize(
    ("kind", "shift", "marks", "price"),
    [
        (NurseDayKind.OFF, None, "-", 0),
        (NurseDayKind.OFF, None, "早", 10),
        (NurseDayKind.SHIFT, "AM", "早", 0),
        (NurseDayKind.SHIFT, "AM", "中", 10),
        (NurseDayKind.SHIFT, "AM", "-", 10),
        (NurseDayKind.NOT_SHIFT, "AM", "早", 10),
        (NurseDayKind.NOT_SHIFT, "AM", "-", 0),
    ],
)
def test_a_wish_costs_its_strength_where_it_is_not_met(
    kind: NurseDayKind, shift: str | None, marks: str, price: int
) -> None:
    wish = NurseDay("N1", kind, Span(day(0), day(0)), shift, 2)
    there = ward([nurse("N1")], nurse_days=(wish,))
    assert cost(there, "nurse_wishes", f"N1: {marks}") == price


def test_a_rule_that_is_switched_off_says_nothing() -> None:
    off = RuleRow("nurse_rest", day(0), enabled=False)
    there = ward([nurse("N1")], rules=(off,))
    assert check_roster(there, roster("N1: 夜 早", there)).legal
