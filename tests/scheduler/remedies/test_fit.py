"""Does everybody fit? Held against counting it all by hand and against all plans there are."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from domain.plan import Lock
from domain.rulebook import RuleRow
from scheduler.check import check
from scheduler.remedies.fit import Answer, fit, missing_at_least, plain_model, seats_all, short_of
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.remedies.shortages import LOOKER, crowded
from tests.scheduler.tight_worlds import HARD, Oracle, tight_problem
from tests.scheduler.worlds import MONDAY, SINCE, people, planned, who, world


def test_four_patients_fit_a_station_with_two_shifts_and_five_do_not() -> None:
    assert fit(crowded(4), TO_THE_END, LOOKER).answer is Answer.FITS
    assert fit(crowded(5), TO_THE_END, LOOKER).answer is Answer.SHORT


def test_a_fit_shows_a_legal_plan_with_everybody_in_it() -> None:
    found = fit(crowded(4), TO_THE_END, LOOKER)
    assert found.plan is not None
    assert check(crowded(4), found.plan).legal
    assert short_of(crowded(4), found.plan) == {}


def test_counting_seats_settles_a_crowd_without_a_search() -> None:
    found = fit(crowded(5), TO_THE_END, LOOKER)
    assert (found.plan, found.least) == (None, 3)


def test_asked_for_the_fewest_it_also_plans_for_those_who_fit() -> None:
    found = fit(crowded(6), TO_THE_END, LOOKER, fewest=True)
    assert found.plan is not None
    assert short_of(crowded(6), found.plan).values()
    assert sum(short_of(crowded(6), found.plan).values()) == 6
    assert found.fewest


def test_a_promise_that_cannot_be_kept_is_no_fit() -> None:
    locks = (Lock("P1", MONDAY, "am", "A1"), Lock("P2", MONDAY, "am", "A1"))
    problem = world(**people(who("P1"), who("P2")), locks=locks)
    assert fit(problem, TO_THE_END, LOOKER).answer is Answer.SHORT


def test_a_center_that_does_not_count_who_is_missing_is_asked_the_same() -> None:
    off = tuple(RuleRow(name, SINCE, enabled=False) for name in ("everyone_placed", "few_moves"))
    assert fit(crowded(5, rules=off), TO_THE_END, LOOKER).answer is Answer.SHORT
    assert fit(crowded(4, rules=off), TO_THE_END, LOOKER).answer is Answer.FITS


def test_without_time_it_rather_says_that_it_does_not_know_than_anything_wrong() -> None:
    hurry = replace(TO_THE_END, seconds=0.0, deterministic=False)
    answers = set()
    for seed in range(35, 50):
        problem = tight_problem(Random(seed), gaps=True)
        sure = fit(problem, TO_THE_END, LOOKER).answer
        answers.add(fit(problem, hurry, LOOKER).answer)
        assert fit(problem, hurry, LOOKER).answer in {sure, Answer.OPEN}
    assert answers == set(Answer)


def test_a_plan_seats_all_only_if_it_is_legal_and_nobody_named_goes_short() -> None:
    problem = crowded(2)
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    assert seats_all(problem, plan, {"P1"})
    assert not seats_all(problem, plan, {"P2"})
    assert not seats_all(problem, planned(problem, "P1 A1 am Mon Tue Wed"), {"P1"})


@pytest.mark.parametrize("seed", range(30))
def test_it_agrees_with_trying_every_plan(seed: int) -> None:
    problem = tight_problem(Random(seed), gaps=True)
    oracle = Oracle(problem)
    truth = oracle.least(sessions=True)
    found = fit(problem, TO_THE_END, LOOKER, fewest=True)
    assert (found.answer is Answer.FITS) == (truth == 0)
    assert missing_at_least(plain_model(problem)) <= truth
    assert found.plan is not None
    assert check(problem, found.plan, HARD).legal
    quick = fit(problem, TO_THE_END, LOOKER)
    assert quick.answer is found.answer
    assert len(short_of(problem, found.plan)) >= oracle.least(sessions=False)
