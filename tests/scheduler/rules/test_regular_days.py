import pytest

from scheduler.rules.regular_days import RegularDays
from tests.scheduler.worlds import cost, found, people, planned, two_weeks, who, world

RULE = RegularDays()


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("Mon Wed Fri", 0),
        ("Tue Thu Sat", 0),
        ("Mon Wed Sat", 1),
        ("Mon Thu Sat", 1),
        ("Mon Thu", 0),
        ("Tue Fri", 0),
        ("Wed Sat", 0),
        ("Mon Fri", 0),
        ("Tue Sat", 0),
        ("Mon Wed", 1),
        ("Wed", 0),
        ("Mon Tue Thu Fri", 0),
    ],
)
def test_two_and_three_a_week_have_their_usual_days(days: str, expected: int) -> None:
    problem = world(**people(who("P1")))
    assert cost(RULE, problem, planned(problem, f"P1 A1 am {days}")) == expected


def test_each_week_is_judged_by_itself() -> None:
    problem = world(weeks=2, **people(who("P1")))
    plan = two_weeks(problem, ["P1 A1 am Mon Wed Fri"], ["P1 A1 am Mon Wed Sat"])
    assert found(RULE, problem, plan) == ["P1: comes on 2026-03-09, 2026-03-11, 2026-03-14"]


def test_a_week_without_sessions_costs_nothing() -> None:
    problem = world(**people(who("P1")))
    assert cost(RULE, problem, planned(problem)) == 0
