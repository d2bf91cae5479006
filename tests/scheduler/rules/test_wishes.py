from domain.patient import Wish, WishKind
from domain.problem import Problem
from scheduler.rules.wishes import Wishes
from tests.scheduler.worlds import (
    AFTERNOON,
    MORNING,
    NIGHT,
    cost,
    found,
    people,
    planned,
    who,
    world,
)

RULE = Wishes()
SHIFT, NOT_SHIFT = WishKind.SHIFT, WishKind.NOT_SHIFT
WEEKDAY, NOT_WEEKDAY = WishKind.WEEKDAY, WishKind.NOT_WEEKDAY


def wished(*wishes: tuple[WishKind, str, int]) -> Problem:
    rows = tuple(Wish("P1", kind, value, strength) for kind, value, strength in wishes)
    return world(shifts=(MORNING, AFTERNOON, NIGHT), wishes=rows, **people(who("P1")))


def test_every_session_in_another_shift_costs_the_strength() -> None:
    problem = wished((SHIFT, "pm", 2))
    plan = planned(problem, "P1 A1 pm Mon", "P1 A1 am Wed", "P1 A1 night Fri")
    assert found(RULE, problem, plan) == [
        "P1, 2026-03-04 morning: wished afternoon",
        "P1, 2026-03-06 night: wished afternoon",
    ]
    assert cost(RULE, problem, plan) == 4


def test_of_two_wished_shifts_either_will_do_and_the_stronger_wish_counts() -> None:
    problem = wished((SHIFT, "am", 1), (SHIFT, "pm", 3))
    plan = planned(problem, "P1 A1 am Mon", "P1 A1 pm Wed", "P1 A1 night Fri")
    assert found(RULE, problem, plan) == ["P1, 2026-03-06 night: wished morning, afternoon"]
    assert cost(RULE, problem, plan) == 3


def test_a_refused_shift_and_a_refused_day_cost_their_own_strength() -> None:
    problem = wished((NOT_SHIFT, "am", 1), (NOT_WEEKDAY, "6", 3))
    plan = planned(problem, "P1 A1 am Mon Sat", "P1 A1 pm Wed")
    assert [(str(v.words), v.cost) for v in RULE.check(problem, plan)] == [
        ("P1, 2026-03-02 morning: wished another shift", 1),
        ("P1, 2026-03-07 morning: wished another shift", 1),
        ("P1, 2026-03-07 morning: wished another day", 3),
    ]


def test_wished_days_are_judged_like_wished_shifts() -> None:
    problem = wished((WEEKDAY, "1", 2), (WEEKDAY, "3", 1))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    assert found(RULE, problem, plan) == ["P1, 2026-03-06 morning: wished Monday, Wednesday"]
    assert cost(RULE, problem, plan) == 2


def test_a_night_belongs_to_the_day_on_which_it_starts() -> None:
    problem = wished((NOT_WEEKDAY, "2", 1))
    assert cost(RULE, problem, planned(problem, "P1 A1 night Mon")) == 0
    assert cost(RULE, problem, planned(problem, "P1 A1 night Tue")) == 1


def test_other_wishes_and_other_patients_cost_nothing_here() -> None:
    problem = wished((WishKind.LONG_GAP, "saturday", 3), (WishKind.COMPANION, "P2", 3))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon", "P2 A2 am Mon")) == 0
