from domain.patient import Wish, WishKind
from domain.problem import Problem
from scheduler.rules.companions import Companions
from tests.scheduler.worlds import cost, found, people, planned, who, world

RULE = Companions()


def wished(*wishes: tuple[str, str, int]) -> Problem:
    rows = tuple(Wish(one, WishKind.COMPANION, other, strength) for one, other, strength in wishes)
    return world(wishes=rows, **people(who("P1"), who("P2")))


def test_every_turn_in_which_one_sits_alone_costs_the_strength() -> None:
    problem = wished(("P2", "P1", 2))
    plan = planned(problem, "P1 A1 am Mon Wed", "P2 A2 am Mon", "P2 A2 pm Wed")
    assert found(RULE, problem, plan) == [
        "P1 and P2: apart 2026-03-04 morning, 2026-03-04 afternoon"
    ]
    assert cost(RULE, problem, plan) == 4


def test_together_at_different_stations_is_together() -> None:
    problem = wished(("P1", "P2", 3))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon Wed", "P2 A2 am Mon Wed")) == 0


def test_two_who_wish_for_each_other_are_one_pair_with_the_stronger_wish() -> None:
    problem = wished(("P1", "P2", 1), ("P2", "P1", 3))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon")) == 3


def test_an_unplaced_companion_leaves_the_other_alone() -> None:
    problem = wished(("P1", "P2", 1))
    assert cost(RULE, problem, planned(problem, "P2 A1 am Mon Wed Fri")) == 3
    assert cost(RULE, problem, planned(problem)) == 0


def test_a_companion_who_has_left_and_oneself_are_no_companions() -> None:
    problem = wished(("P1", "P9", 3), ("P1", "P1", 3))
    assert cost(RULE, problem, planned(problem, "P1 A1 am Mon")) == 0
