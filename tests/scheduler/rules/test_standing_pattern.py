from domain.calendar import WEEK
from domain.patient import Pattern
from scheduler.rules.standing_pattern import StandingPattern
from tests.scheduler.worlds import (
    EVEN,
    MONDAY,
    ODD,
    cost,
    found,
    people,
    planned,
    two_weeks,
    who,
    world,
)

RULE = StandingPattern()
MONDAY_WEDNESDAY = (Pattern("P1", 1, "am"), Pattern("P1", 3, "am"))


def test_another_weekday_and_another_shift_cost_one_each() -> None:
    problem = world(patterns=MONDAY_WEDNESDAY, **people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon Fri", "P1 A1 pm Wed", "P2 A2 pm Mon Wed Fri")
    assert found(RULE, problem, plan) == [
        "P1, 2026-03-04 afternoon: not a standing turn",
        "P1, 2026-03-06 morning: not a standing turn",
    ]
    assert cost(RULE, problem, plan) == 2


def test_odd_and_even_weeks_have_their_own_turns() -> None:
    patterns = (Pattern("P1", 1, "am", parity=ODD), Pattern("P1", 2, "am", parity=EVEN))
    problem = world(weeks=2, patterns=patterns, **people(who("P1")))
    right = two_weeks(problem, ["P1 A1 am Mon"], ["P1 A1 am Tue"])
    wrong = two_weeks(problem, ["P1 A1 am Tue"], ["P1 A1 am Mon"])
    assert (cost(RULE, problem, right), cost(RULE, problem, wrong)) == (0, 2)


def test_a_week_without_standing_turns_is_free() -> None:
    patterns = (Pattern("P1", 1, "am", parity=ODD),)
    problem = world(MONDAY + WEEK, patterns=patterns, **people(who("P1")))
    assert cost(RULE, problem, planned(problem, "P1 A1 pm Tue Thu")) == 0


def test_the_station_of_the_pattern_is_another_rule_s_matter() -> None:
    problem = world(patterns=(Pattern("P1", 1, "am", "A1"),), **people(who("P1")))
    assert cost(RULE, problem, planned(problem, "P1 A2 am Mon")) == 0
