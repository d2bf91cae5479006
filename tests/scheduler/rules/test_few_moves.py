from domain.patient import Frequency, Prescription
from scheduler.rules.few_moves import FewMoves
from tests.scheduler.worlds import (
    cost,
    found,
    last_week,
    people,
    planned,
    two_weeks,
    who,
    world,
)

RULE = FewMoves()
HISTORY = last_week("P1 A1 am Mon Wed Fri")


def test_the_same_times_at_another_station_are_no_move() -> None:
    problem = world(sessions=HISTORY, **people(who("P1")))
    assert cost(RULE, problem, planned(problem, "P1 A2 am Mon Wed Fri")) == 0


def test_each_moved_session_costs_one_and_touching_the_patient_one_more() -> None:
    problem = world(sessions=HISTORY, **people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon", "P1 A1 pm Wed", "P1 A1 am Sat")
    assert found(RULE, problem, plan) == [
        "P1: 2026-03-04 afternoon, 2026-03-07 morning not as last week"
    ]
    assert cost(RULE, problem, plan) == 3


def test_an_unplaced_patient_is_not_moved() -> None:
    problem = world(sessions=HISTORY, **people(who("P1")))
    assert cost(RULE, problem, planned(problem)) == 0


def test_every_planned_week_is_compared_with_the_week_before_the_horizon() -> None:
    problem = world(weeks=2, sessions=HISTORY, **people(who("P1")))
    plan = two_weeks(problem, ["P1 A1 am Tue Thu Sat"], ["P1 A1 am Tue Thu Sat"])
    assert [violation.cost for violation in RULE.check(problem, plan)] == [4, 4]


def test_who_was_not_here_last_week_is_free() -> None:
    problem = world(sessions=last_week("P2 A1 am Mon"), **people(who("P1")))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon")) == 0


def test_alternating_weeks_and_every_other_day_cannot_be_compared() -> None:
    for frequency in (Frequency(3, 2), Frequency(0, 0, every_other_day=True)):
        prescription = Prescription("P1", frequency, 240)
        problem = world(
            sessions=HISTORY, patients=(who("P1").patient,), prescriptions=(prescription,)
        )
        assert cost(RULE, problem, planned(problem, "P1 A1 pm Tue Thu Sat")) == 0
