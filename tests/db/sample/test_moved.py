"""A sample moved to another week is the same sample: what was legal stays legal."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.sample.center import make_center
from db.sample.moved import moved_to
from db.sample.named import NAMED, SEED
from db.sample.spec import FIRST_MONDAY
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.check import check

WEEKS = timedelta(weeks=39)


def test_every_rule_says_the_same_of_the_moved_week() -> None:
    register = make_center(NAMED["xiamao"], SEED)
    later = moved_to(register, FIRST_MONDAY + WEEKS)
    seats = [
        Assignment(row.day + timedelta(weeks=1), row.shift, row.station, row.patient)
        for row in register.sessions
        if row.day >= FIRST_MONDAY - timedelta(weeks=1)
    ]
    moved = [Assignment(row.day + WEEKS, row.shift, row.station, row.patient) for row in seats]
    before = check(Problem(register, FIRST_MONDAY), Plan.of(FIRST_MONDAY, 1, seats))
    after = check(Problem(later, FIRST_MONDAY + WEEKS), Plan.of(FIRST_MONDAY + WEEKS, 1, moved))
    assert [(one.rule, one.patient) for one in before.broken] == [
        (one.rule, one.patient) for one in after.broken
    ]
    assert before.costs == after.costs
    assert seats


def test_moving_there_and_back_changes_nothing() -> None:
    register = make_center(NAMED["shexian"], SEED)
    later = moved_to(register, FIRST_MONDAY + WEEKS)
    assert later != register
    assert moved_to(later, FIRST_MONDAY - WEEKS) == register
    assert moved_to(register, FIRST_MONDAY) == register


def test_a_week_begins_on_a_monday() -> None:
    with pytest.raises(ValueError, match="Monday"):
        moved_to(make_center(NAMED["xiamao"], SEED), date(2026, 3, 3))
