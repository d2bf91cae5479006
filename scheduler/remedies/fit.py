"""Does everybody fit? One question, answered by a plan that the judge accepts, or by a proof.

Only hard rules and what is missing count here; last week's turns are held on to as far as that
costs nothing, because a search that knows where to begin ends soon.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from domain.calendar import Turn, monday_of
from domain.need import wanted_sessions
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.check import check
from scheduler.demand import demands
from scheduler.effort import Effort, Watch
from scheduler.greedy import greedy
from scheduler.model import Model
from scheduler.planner import Onlooker, build_model
from scheduler.program import Ints
from scheduler.rules import RULES
from scheduler.search import search
from scheduler.seat_flow import SeatFlow
from scheduler.stations import Prices, start_seating, zone_seating
from scheduler.tiers import Block, Staircase, apart, blocks
from scheduler.timetable import Timetable, build_timetable
from scheduler.walks import zone_masks

_MISSING, _GUIDE = "everyone_placed", "few_moves"
_RULES = tuple(rule for rule in RULES if rule.hard or rule.name in {_MISSING, _GUIDE})


class Answer(StrEnum):
    """Everybody fits; somebody goes short in every plan; nobody could say within the effort."""

    FITS = "fits"
    SHORT = "short"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Fit:
    """How far everybody fits.

    `plan` is the best found, judged legal, and none where counting seats settled it. What is
    missing in it weighs `cost` in the unit of the rule that nobody is left without a place, in
    every plan at least `bound`; at least `least` sessions are missing in every plan.
    """

    answer: Answer
    plan: Plan | None
    cost: int
    bound: int
    least: int

    @property
    def fewest(self) -> bool:
        """True if no plan has less missing than the one found."""
        return self.plan is not None and self.cost <= self.bound


def fit(problem: Problem, effort: Effort, onlooker: Onlooker, *, fewest: bool = False) -> Fit:
    """Whether everybody fits; with `fewest`, where they do not, also how little can be missing.

    The effort's seconds are for this one question.
    """
    plain = plainly(problem)
    model = build_model(plain, _RULES)
    least = missing_at_least(model)
    if least and not fewest:
        return Fit(Answer.SHORT, None, cost=0, bound=1, least=least)
    return best_fit(model, effort, onlooker, least, fewest=fewest)


def plainly(problem: Problem) -> Problem:
    """The problem with the standard weights of what is missing and of last week's turns: a
    center that counts them otherwise asks the same question."""
    register = problem.register
    rows = tuple(row for row in register.rules if row.rule not in {_MISSING, _GUIDE})
    return replace(problem, register=replace(register, rules=rows))


def plain_model(problem: Problem) -> Model:
    """What the rules ask that count here, of a problem with the standard weights."""
    return build_model(plainly(problem), _RULES)


def missing_at_least(model: Model) -> int:
    """Sessions missing in every plan, by counting seats: one maximum flow."""
    zones = zone_masks(model)
    asked = demands(model, zones)
    wanted = np.array([one.wanted for one in asked], np.int64)
    return int(wanted.sum()) - SeatFlow(model, asked, zones).seated(wanted)


def best_fit(
    model: Model, effort: Effort, onlooker: Onlooker, least: int = 0, *, fewest: bool
) -> Fit:
    """The plan with the least missing; without `fewest` only until it is clear whether
    anything is."""
    found = settle(model, effort, onlooker, fewest=fewest)
    legal = check(model.problem, found.plan, _RULES).legal
    if legal and not short_of(model.problem, found.plan):
        return Fit(Answer.FITS, found.plan, cost=0, bound=0, least=0)
    bound = max(found.bound, min(1, least))
    answer = Answer.SHORT if bound else Answer.OPEN
    return Fit(answer, found.plan if legal else None, found.cost, bound, least)


@dataclass(frozen=True, slots=True)
class Settled:
    """A plan as the search left it, unjudged: what is missing in it, and in every plan."""

    plan: Plan
    cost: int
    bound: int


def settle(model: Model, effort: Effort, onlooker: Onlooker, *, fewest: bool) -> Settled:
    """The best plan of a model, broken promises counted as missing."""
    timetable = build_timetable(model)
    chosen, cost, bound = _chosen(timetable, model, effort, onlooker, fewest=fewest)
    return Settled(seated(model, timetable, chosen), cost, bound)


def short_of(problem: Problem, plan: Plan) -> dict[str, int]:
    """Sessions that each patient lacks in a plan."""
    found = {
        patient: sum(
            max(0, wanted_sessions(problem, patient, monday) - len(plan.by_week.get(
                (patient, monday), ())))
            for monday in problem.mondays
        )
        for patient in sorted(problem.patient)
    }  # fmt: skip
    return {patient: missing for patient, missing in found.items() if missing}


def seats_all(problem: Problem, plan: Plan, patients: Collection[str]) -> bool:
    """True if the judge has nothing against the plan and none of these patients goes short."""
    legal = check(problem, plan, _RULES).legal
    return legal and short_of(problem, plan).keys().isdisjoint(patients)


# --- the search -------------------------------------------------------------------------------


def _chosen(
    timetable: Timetable, model: Model, effort: Effort, onlooker: Onlooker, *, fewest: bool
) -> tuple[Ints, int, int]:
    """The chosen columns, and what is missing in them and in every plan; a promise that is
    broken counts as missing. The tier behind only guides: the search ends without it."""
    stairs = Staircase(timetable)
    chosen = greedy(timetable, frozenset(model.problem.history))
    guide = model.problem.row(_GUIDE).tier
    cost = bound = 0
    for block in blocks(timetable):
        counting = sum(timetable.tiers[tier] != guide for tier in block.tiers)
        if not counting or bound < cost:
            break
        program = stairs.program(block)
        question = _Question(block, counting, fewest)
        with _watch(effort, onlooker, question) as watch:
            outcome = search(program, stairs.start(program, chosen), effort, watch)
        stairs.settle(block, program, outcome)
        chosen = outcome.columns.mark
        cost += sum(question.counted(outcome.cost))
        bound += sum(question.counted(outcome.bound))
    return chosen, cost, bound


@dataclass(frozen=True, slots=True)
class _Question:
    """What a block of tiers is searched for: its first tiers count, the others guide."""

    block: Block
    counting: int
    fewest: bool

    def counted(self, cost: int) -> tuple[int, ...]:
        """The tiers that count; of a bound, only the first part that is not met holds."""
        return tuple(apart(self.block, cost))[: self.counting]

    def answered(self, cost: int, bound: int) -> bool:
        """True if nothing can be missing less, or if it is clear that something is."""
        most, least = self.counted(cost), self.counted(bound)
        return most <= least or (any(least) and not self.fewest)


@contextmanager
def _watch(effort: Effort, onlooker: Onlooker, question: _Question) -> Iterator[Watch]:
    """A search's watch that also ends it as soon as the question is answered."""
    stop = SolveInterrupter()

    def told(cost: int, bound: int) -> None:
        if question.answered(cost, bound):
            stop.interrupt()

    deadline = None
    if effort.seconds is not None and not effort.deterministic:
        deadline = onlooker.clock() + effort.seconds
    onlooker.stop.add_trigger_target(stop)
    try:
        yield Watch(onlooker.clock, deadline, stop, told)
    finally:
        onlooker.stop.remove_trigger_target(stop)


# --- stations ---------------------------------------------------------------------------------


def seated(model: Model, timetable: Timetable, chosen: Ints) -> Plan:
    """The chosen weeks with any legal station for every session."""
    prices = Prices(model)
    rows: list[Assignment] = []
    for (monday, zone), who in sorted(_by_zone(timetable, chosen).items()):
        program = zone_seating(model, prices, monday, zone, who)
        for patient, turn, station in program.seats(start_seating(program)):
            rows.append(Assignment(turn.day, turn.shift, station, patient))
    return Plan.of(model.problem.first_day, model.problem.weeks, rows)


def _by_zone(
    timetable: Timetable, chosen: Ints
) -> Mapping[tuple[date, str], Mapping[str, tuple[Turn, ...]]]:
    found: defaultdict[tuple[date, str], dict[str, tuple[Turn, ...]]] = defaultdict(dict)
    for column in chosen.tolist():
        patient, berths = timetable.berths(column)
        for berth in berths:
            there = found[monday_of(berth.turn.day), berth.zone]
            there[patient] = (*there.get(patient, ()), berth.turn)
    return found
