"""What a move would break and mend is what two whole checks say, whatever is moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from random import Random

import pytest

from domain.draft import Move, Outdated, moved
from domain.plan import Assignment, Plan, Violation
from domain.problem import Problem
from scheduler.check import check
from scheduler.moves import MoveVerdict, verdict_of
from scheduler.rules import RULES
from scheduler.targets import Grade, grades
from tests.scheduler.random_worlds import random_plan, random_problem
from tests.scheduler.worlds import people, planned, who, world

WORLDS = 40


def _worlds(seed: int) -> Iterable[tuple[Random, Problem, Plan]]:
    dice = Random(seed)
    made = 0
    while made < WORLDS:
        problem = random_problem(dice)
        plan = random_plan(dice, problem, anywhere=False)
        if problem.turns and problem.patient:
            made += 1
            yield dice, problem, plan


def _moves(dice: Random, problem: Problem, plan: Plan) -> tuple[Move, ...]:
    """A session placed, moved, taken out, or two exchanged."""
    free = [
        Assignment(turn.day, turn.shift, station, patient)
        for turn in problem.turns
        for station in problem.station
        for patient in problem.patient
    ]
    places = [row for row in free if row not in plan.assignments]
    if not plan.assignments:
        return (Move(None, dice.choice(places)),)
    one, two = dice.choice(plan.assignments), dice.choice(plan.assignments)
    to = Assignment(two.day, two.shift, two.station, one.patient)
    back = Assignment(one.day, one.shift, one.station, two.patient)
    if one.patient != two.patient and not {to, back} & set(plan.assignments):
        return (Move(one, to), Move(two, back))
    own = [row for row in places if row.patient == one.patient] or places
    moves = [Move(None, dice.choice(places)), Move(one, None)]
    if own is not places:
        moves.append(Move(one, dice.choice(own)))
    return (dice.choice(moves),)


def _difference(
    before: Iterable[Violation], after: Iterable[Violation]
) -> tuple[Counter[Violation], Counter[Violation]]:
    old, new = Counter(before), Counter(after)
    return new - old, old - new


def _as_counters(found: MoveVerdict) -> tuple[Counter[Violation], ...]:
    return tuple(Counter(part) for part in (found.broken, found.mended, found.paid, found.saved))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_verdict_is_the_difference_of_two_whole_checks(seed: int) -> None:
    changed = 0
    for dice, problem, plan in _worlds(seed):
        moves = _moves(dice, problem, plan)
        old, new = check(problem, plan), check(problem, moved(plan, moves))
        expected = (*_difference(old.broken, new.broken), *_difference(old.paid, new.paid))
        found = verdict_of(problem, plan, moves)
        assert _as_counters(found) == expected, (seed, moves)
        totals = {tier: cost - old.tier_costs()[tier] for tier, cost in new.tier_costs().items()}
        assert dict(found.tier_costs()) == {t: c for t, c in totals.items() if c}, (seed, moves)
        changed += any(expected)
    assert changed > WORLDS / 2, seed


@pytest.mark.parametrize("seed", [4, 5])
def test_the_grade_of_a_free_place_is_that_of_its_verdict(seed: int) -> None:
    seen: Counter[Grade] = Counter()
    for dice, problem, plan in _worlds(seed):
        carried = dice.choice([None, *plan.assignments])
        patient = carried.patient if carried else dice.choice(sorted(problem.patient))
        taken = {(row.turn, row.station) for row in plan.assignments}
        rules = dice.choice([RULES, tuple(dice.sample(RULES, 6))])
        found = grades(problem, plan, patient, carried, rules)
        for (turn, station), grade in dice.sample(sorted(found.items()), min(8, len(found))):
            if (turn, station) in taken:
                continue
            move = Move(carried, Assignment(turn.day, turn.shift, station, patient))
            whole = verdict_of(problem, plan, (move,), rules)
            wanted = Grade.COSTS if whole.worse else Grade.GOOD
            assert grade is (wanted if whole.legal else Grade.BREAKS), (seed, move)
            seen[grade] += 1
    assert set(seen) == set(Grade), (seed, seen)


def test_the_day_after_a_session_breaks_the_rest_day_and_says_so() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    monday = plan.assignments[0]
    tuesday = Assignment(monday.day + timedelta(days=1), "am", "A1", "P1")
    found = verdict_of(problem, plan, (Move(monday, tuesday),))
    assert "rest_day" in {one.rule for one in found.broken}
    assert not found.legal


def test_a_full_station_is_broken_only_if_nobody_leaves_it() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    one, two = plan.by_patient["P1"][0], plan.by_patient["P2"][0]
    to = Assignment(two.day, two.shift, two.station, "P1")
    back = Assignment(one.day, one.shift, one.station, "P2")
    alone = verdict_of(problem, plan, (Move(one, to),))
    swapped = verdict_of(problem, plan, (Move(one, to), Move(two, back)))
    assert [one.rule for one in alone.broken] == ["one_per_station"]
    assert swapped.legal


def test_to_place_a_missing_session_mends() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Wed")
    friday = Assignment(plan.first_day + timedelta(days=4), "am", "A1", "P1")
    found = verdict_of(problem, plan, (Move(None, friday),))
    assert "prescribed_sessions" in {one.rule for one in found.mended}
    assert "everyone_placed" in {one.rule for one in found.saved}
    assert not found.worse


def test_a_session_that_has_gone_cannot_be_moved() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Wed")
    gone = Assignment(plan.first_day, "pm", "A1", "P1")
    with pytest.raises(Outdated):
        verdict_of(problem, plan, (Move(gone, None),))
