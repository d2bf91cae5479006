"""The answers against every legal plan of tiny centers, found without any of the program's models:
is it possible, with how few moves, and is the set of facts that is named a smallest one?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random
from time import monotonic

import pytest

from domain.calendar import Turn
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.why_not import Ask, BlockKind, SeatAnswer, Way, WhyNot
from scheduler.check import check
from scheduler.planner import Onlooker
from scheduler.rules import RULES
from scheduler.why_not.answer import why_not
from tests.scheduler.planning import TO_THE_END, plan_for
from tests.scheduler.tight_worlds import Oracle, tight_problem

Week = tuple[Assignment, ...]
ONLY = {rule.name: rule for rule in RULES}
SEEDS = range(60)


@dataclass(frozen=True)
class Truth:
    """Everything that the checks allow, with the plan that is asked about."""

    oracle: Oracle
    plan: Plan
    ask: Ask

    def weeks(self, patient: str) -> Iterator[Week]:
        """The patient's weeks that keep all sessions; the asker's have the seat in them."""
        kept = len(self.plan.by_patient.get(patient, ()))
        for week in self.oracle.weeks[patient]:
            if patient == self.ask.patient:
                if len(week) >= max(1, kept) and any(map(self.is_seat, week)):
                    yield week
            elif len(week) >= kept:
                yield week

    def is_seat(self, row: Assignment) -> bool:
        problem, ask = self.oracle.problem, self.ask
        zone = problem.station[row.station].zone
        return (
            row.turn == ask.turn and ask.zone in (None, zone) and ask.station in (None, row.station)
        )

    def moves(self, patient: str, week: Week) -> tuple[int, int]:
        """Whether somebody else is moved, and sessions at other times."""
        problem = self.oracle.problem
        before = self.plan.by_patient.get(patient, ())
        was = {(row.turn, problem.station[row.station].zone) for row in before}
        now = {(row.turn, problem.station[row.station].zone) for row in week}
        turns = {row.turn for row in before}
        other = patient != self.ask.patient and was != now
        return int(other), sum(row.turn not in turns for row in week)

    def least(self, people: Iterable[str]) -> tuple[int, int] | None:
        """The fewest others and then sessions moved, with only these people in the center."""
        best: dict[frozenset[tuple[Turn, str]], tuple[int, int]] = {frozenset(): (0, 0)}
        for patient in sorted(people):
            found: dict[frozenset[tuple[Turn, str]], tuple[int, int]] = {}
            for taken, price in best.items():
                for week in self.weeks(patient):
                    mine = frozenset((row.turn, row.station) for row in week)
                    both = taken | mine
                    if taken & mine or not self.fits(both):
                        continue
                    others, sessions = self.moves(patient, week)
                    total = (price[0] + others, price[1] + sessions)
                    if both not in found or total < found[both]:
                        found[both] = total
            best = found
        return min(best.values(), default=None)

    def fits(self, taken: frozenset[tuple[Turn, str]]) -> bool:
        cells: dict[tuple[str, Turn], int] = {}
        for turn, station in taken:
            cell = (self.oracle.problem.station[station].zone, turn)
            cells[cell] = cells.get(cell, 0) + 1
        return all(count <= self.oracle.room[cell] for cell, count in cells.items())


def asked_at_random(seed: int) -> tuple[Problem, Plan, Ask, WhyNot]:
    dice = Random(seed)
    problem = as_prescribed(tight_problem(dice, gaps=dice.random() < 0.7))
    plan = plan_for(problem).plan
    ask = Ask(dice.choice(sorted(problem.patient)), dice.choice(problem.turns))
    if dice.random() < 0.3:
        ask = Ask(ask.patient, ask.turn, station=dice.choice(("A1", "A2", "B1")))
    elif dice.random() < 0.3:
        ask = Ask(ask.patient, ask.turn, zone=dice.choice("AB"))
    found = why_not(problem, plan, ask, TO_THE_END, Onlooker(monotonic))
    return problem, plan, ask, found


def as_prescribed(problem: Problem) -> Problem:
    """With that rule on: the oracle knows no weeks with more sessions than wanted."""
    rules = tuple(row for row in problem.register.rules if row.rule != "prescribed_sessions")
    return replace(problem, register=replace(problem.register, rules=rules))


@pytest.mark.parametrize("seed", SEEDS)
def test_answer_moves_and_named_people_agree_with_every_plan_there_is(seed: int) -> None:
    problem, plan, ask, found = asked_at_random(seed)
    truth = Truth(Oracle(problem), plan, ask)
    least = truth.least(problem.patient)
    if found.answer is SeatAnswer.SITS:
        assert any(truth.is_seat(row) for row in plan.by_patient[ask.patient])
        return
    assert found.answer is (SeatAnswer.POSSIBLE if least else SeatAnswer.BLOCKED)
    if least:
        assert found.way is not None
        assert (found.way.others.found, found.way.sessions.found) == least
        assert found.way.others.proven
        assert found.way.sessions.proven
        is_a_way(problem, truth, found.way)
        return
    block = found.block
    assert block is not None
    assert block.smallest
    if block.kind is BlockKind.COUNTING:
        assert ask.patient in block.people
        assert truth.least(block.people) is None
        for one in block.people:
            if one != ask.patient:
                assert truth.least(set(block.people) - {one}) is not None, one
    else:
        named = [fact.rule for fact in block.facts]
        assert not has_week(problem, truth, named)
        for rule in set(named):
            assert has_week(problem, truth, [one for one in named if one != rule]), rule


def is_a_way(problem: Problem, truth: Truth, way: Way) -> None:
    """Legal, with the seat in it, and nobody has fewer sessions."""
    assert check(problem, way.plan).legal
    assert any(truth.is_seat(row) for row in way.plan.by_patient[truth.ask.patient])
    for patient, rows in truth.plan.by_patient.items():
        assert len(way.plan.by_patient.get(patient, ())) >= len(rows)


def has_week(problem: Problem, truth: Truth, rules: list[str]) -> bool:
    """True if these rules' checks leave a week with the seat in it, alone in the center."""
    patient = truth.ask.patient
    kept = len(truth.plan.by_patient.get(patient, ()))
    slots = [Assignment(*turn, code, patient) for turn in problem.turns for code in problem.station]
    counts = range(1 if "prescribed_sessions" not in rules else max(1, kept), 4)
    for count in counts:
        for week in combinations(slots, count):
            if len({row.turn for row in week}) < count or not any(map(truth.is_seat, week)):
                continue
            rows = Plan.of(problem.first_day, problem.weeks, week)
            if check(problem, rows, [ONLY[name] for name in rules]).legal:
                return True
    return False
