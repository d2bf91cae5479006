from datetime import date

from domain.calendar import Span
from domain.center import Closure
from domain.patient import Absence
from scheduler.model import Model
from scheduler.rules.longest_gap import LongestGap
from tests.scheduler.worlds import (
    found,
    last_week,
    on,
    people,
    planned,
    row,
    two_weeks,
    who,
    world,
)

RULE = LongestGap()


def test_four_days_between_two_sessions_are_too_many() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Tue Sat")
    assert found(RULE, problem, plan) == ["P1: 4 days from 2026-03-03 to 2026-03-07, at most 3"]


def test_friday_to_monday_is_the_longest_legal_gap() -> None:
    history = last_week("P1 A1 am Mon Wed Fri")
    problem = world(sessions=history, **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == []


def test_the_gap_from_last_week_counts() -> None:
    history = last_week("P1 A1 am Mon Wed Fri")
    problem = world(sessions=history, **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Tue Thu Sat")) == [
        "P1: 4 days from 2026-02-27 to 2026-03-03, at most 3"
    ]


def test_the_week_must_end_so_that_the_next_can_begin_in_time() -> None:
    problem = world(**people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Thu")) == [
        "P1: 4 days from 2026-03-05 to 2026-03-09, at most 3"
    ]


def test_a_closed_monday_after_the_horizon_brings_the_last_session_forward() -> None:
    holiday = Closure(Span(date(2026, 3, 9), date(2026, 3, 9)), "holiday")
    problem = world(closures=(holiday,), **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Fri")) == [
        "P1: 4 days from 2026-03-06 to 2026-03-10, at most 3"
    ]
    assert found(RULE, problem, planned(problem, "P1 A1 am Tue Thu Sat")) == []


def test_the_border_between_an_odd_and_an_even_week_counts() -> None:
    problem = world(weeks=2, **people(who("P1", odd=3, even=2)))
    plan = two_weeks(problem, ["P1 A1 am Mon Wed Fri"], ["P1 A1 am Tue Fri"])
    assert found(RULE, problem, plan) == ["P1: 4 days from 2026-03-06 to 2026-03-10, at most 3"]


def test_two_a_week_may_wait_four_days_and_one_a_week_seven() -> None:
    problem = world(
        sessions=last_week("P2 A2 am Thu"),
        **people(who("P1", odd=2, even=2), who("P2", odd=1, even=1)),
    )
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Fri", "P2 A2 am Thu")) == []
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Sat", "P2 A2 am Fri")) == [
        "P1: 5 days from 2026-03-02 to 2026-03-07, at most 4",
        "P2: 8 days from 2026-02-26 to 2026-03-06, at most 7",
    ]


def test_a_stay_elsewhere_between_two_sessions_is_no_gap_of_ours() -> None:
    away = Absence("P1", on("Tue Thu"), "other center")
    problem = world(absences=(away,), **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Sat")) == []


def test_an_unplaced_week_breaks_the_chain() -> None:
    problem = world(weeks=2, sessions=last_week("P1 A1 am Mon Wed Fri"), **people(who("P1")))
    assert found(RULE, problem, two_weeks(problem, [], ["P1 A1 am Tue Thu Sat"])) == []


def test_the_leap_day_lengthens_the_gap() -> None:
    problem = world(date(2028, 2, 28), **people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Fri Sat")
    assert found(RULE, problem, plan) == ["P1: 4 days from 2028-02-28 to 2028-03-03, at most 3"]


def test_a_milder_limit_from_after_the_reopening_does_not_lengthen_the_gap_before_it() -> None:
    rules = (
        row("longest_gap", limit=3),
        row("longest_gap", limit=5, valid_from=date(2026, 3, 10)),
    )
    problem = world(rules=rules, **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Thu")) == [
        "P1: 4 days from 2026-03-05 to 2026-03-09, at most 3"
    ]
    model = Model(problem)
    RULE.encode(model)
    (legal,) = model.follow_ups["P1"]
    assert not any(legal(date(2026, 3, 5), date(2026, 3, day)) for day in range(9, 16))
    assert legal(date(2026, 3, 6), date(2026, 3, 9))


def test_whoever_is_overdue_already_comes_within_the_limit_from_the_eve_of_the_week() -> None:
    problem = world(sessions=last_week("P1 A1 am Mon"), **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Wed Fri Sat")) == []
    assert found(RULE, problem, planned(problem, "P1 A1 am Thu Sat")) == [
        "P1: 4 days from 2026-03-01 to 2026-03-05, at most 3"
    ]
