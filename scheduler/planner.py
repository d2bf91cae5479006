"""From a problem to a plan: rules to model, timetable, seating, and the judge's verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ortools.util.python.solve_interrupter import SolveInterrupter

from domain.calendar import Turn, monday_of
from domain.plan import Assignment, Plan, Run, Stage, Status
from domain.problem import Problem
from scheduler.check import Verdict, check, enabled
from scheduler.crowd import seat_all
from scheduler.effort import Effort, Watch
from scheduler.greedy import greedy
from scheduler.model import Model
from scheduler.program import Columns, Ints
from scheduler.rules import RULES
from scheduler.rules.rule import Rule
from scheduler.search import search
from scheduler.seating import Seating
from scheduler.state import Outcome
from scheduler.stations import Prices, open_seating, start_open, start_seating, zone_seating
from scheduler.tiers import Block, Staircase, apart, blocks, guide
from scheduler.timetable import Timetable, build_timetable

VERSION = "1"
"""Of the algorithm: plans of one version are repeatable from problem, seed and effort."""


_WEEKS = "timetable"
"""The name of the first stage."""

_MOST_OPEN = 20_000
"""Open columns up to which stations are placed over all of them."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run is: the stage, its tiers' costs so far and the bound on the first of them
    that is not proven yet. `rough` while the tiers are only weighed against each other, to
    find a good start: then the figures of single tiers are no costs."""

    seconds: float
    stage: str
    tiers: tuple[int, ...]
    cost: tuple[int, ...]
    bound: tuple[int, ...]
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, how it came about, and what the judge says of it."""

    plan: Plan
    run: Run
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Onlooker:
    """The outside world of a run: a clock in seconds, a stop, and who hears of progress."""

    clock: Callable[[], float]
    stop: SolveInterrupter = field(default_factory=SolveInterrupter)
    tell: Callable[[Progress], None] = lambda _: None


def build_model(problem: Problem, rules: Iterable[Rule] = RULES) -> Model:
    """What all enabled rules ask for."""
    model = Model(problem)
    for rule in enabled(problem, rules):
        rule.encode(model)
    return model


def make_plan(
    problem: Problem, effort: Effort, onlooker: Onlooker, rules: Iterable[Rule] = RULES
) -> Planned:
    """The best plan within the effort, its bounds, and the verdict of the independent check."""
    begin = onlooker.clock()
    model = build_model(problem, rules)
    timetable = build_timetable(model)
    run = _Run(begin, effort, onlooker)
    stairs = Staircase(timetable)
    chosen = run.settle_timetable(timetable, stairs, greedy(timetable, frozenset(problem.history)))
    seats = run.seat(model, timetable, stairs, chosen)
    plan = Plan.of(problem.first_day, problem.weeks, _assignments(seats))
    verdict = check(problem, plan, rules)
    return Planned(plan, run.summary(verdict), verdict)


def _assignments(seats: Mapping[tuple[str, Turn], str]) -> Iterator[Assignment]:
    for (patient, turn), station in seats.items():
        yield Assignment(turn.day, turn.shift, station, patient)


def _seats(programs: Iterable[Seating], choices: Iterable[Columns]) -> dict[tuple[str, Turn], str]:
    return {
        (patient, turn): station
        for program, chosen in zip(programs, choices, strict=True)
        for patient, turn, station in program.seats(chosen)
    }


def _turns_by_zone(
    timetable: Timetable, chosen: Ints
) -> dict[tuple[date, str], dict[str, tuple[Turn, ...]]]:
    """Week and zone -> patient -> turns."""
    found: defaultdict[tuple[date, str], defaultdict[str, list[Turn]]]
    found = defaultdict(lambda: defaultdict(list))
    for column in chosen:
        patient, berths = timetable.berths(int(column))
        for berth in berths:
            found[monday_of(berth.turn.day), berth.zone][patient].append(berth.turn)
    return {key: {p: tuple(t) for p, t in who.items()} for key, who in sorted(found.items())}


class _Run:
    """One run's bookkeeping: time, stages and progress."""

    def __init__(self, begin: float, effort: Effort, onlooker: Onlooker) -> None:
        self._begin = begin
        self._effort = effort
        self._onlooker = onlooker
        self._stages: list[Stage] = []

    def _elapsed(self) -> float:
        return self._onlooker.clock() - self._begin

    def _watch(
        self,
        stage: str,
        tiers: tuple[int, ...],
        block: Block,
        *,
        rough: bool = False,
        seconds: float | None = None,
    ) -> Watch:
        def report(cost: int, bound: int) -> None:
            costs, bounds = tuple(apart(block, cost)), tuple(apart(block, bound))
            self._onlooker.tell(Progress(self._elapsed(), stage, tiers, costs, bounds, rough))

        effort = self._effort
        deadline = None
        if effort.seconds is not None and not effort.deterministic:
            deadline = self._begin + effort.seconds
        if seconds is not None:
            soon = self._onlooker.clock() + seconds
            deadline = soon if deadline is None else min(soon, deadline)
        return Watch(self._onlooker.clock, deadline, self._onlooker.stop, report)

    def settle_timetable(self, timetable: Timetable, stairs: Staircase, chosen: Ints) -> Ints:
        """Tier by tier; returns the numbers of the chosen columns."""
        order = blocks(timetable)
        began = self._elapsed()
        if len(order) > 1:
            chosen = self._guided(timetable, chosen)
        for block in order:
            tiers = tuple(timetable.tiers[index] for index in block.tiers)
            program = stairs.program(block)
            watch = self._watch(_WEEKS, tiers, block)
            outcome = search(program, stairs.start(program, chosen), self._effort, watch)
            stairs.settle(block, program, outcome)
            chosen = outcome.columns.mark
            self._record(_WEEKS, tiers, block, [outcome], began)
            began = self._elapsed()
        return chosen

    def _guided(self, timetable: Timetable, chosen: Ints) -> Ints:
        """A good choice over all tiers, from which each tier's own proof is short."""
        block = guide(timetable)
        stairs = Staircase(timetable)
        program = stairs.program(block)
        watch = self._watch(_WEEKS, timetable.tiers, block, rough=True)
        return search(program, stairs.start(program, chosen), self._effort, watch).columns.mark

    def seat(
        self, model: Model, timetable: Timetable, stairs: Staircase, chosen: Ints
    ) -> dict[tuple[str, Turn], str]:
        """Who sits where: zone by zone and week by week for the chosen timetable, then over
        all timetables as good as that one, if they are known and not too many."""
        began = self._elapsed()
        prices = Prices(model)
        programs, outcomes = [], []
        watch = self._watch("seating", prices.tiers, prices.block)
        zones = sorted(_turns_by_zone(timetable, chosen).items(), key=lambda one: len(one[1]))
        for (monday, zone), who in zones:  # small ones first: they are done in no time
            program = zone_seating(model, prices, monday, zone, who)
            programs.append(program)
            outcomes.append(seat_all(program, start_seating(program), self._effort, watch))
        self._record("seating", prices.tiers, prices.block, outcomes, began)
        seats = _seats(programs, [outcome.columns for outcome in outcomes])
        if not any(outcome.cost for outcome in outcomes) or not self._may_reopen(stairs):
            return seats
        whole = open_seating(model, prices, timetable, stairs)
        return self._seat_jointly(prices, whole, chosen, seats)

    def _may_reopen(self, stairs: Staircase) -> bool:
        """True if all before is proven, so that the equally good timetables are known, and
        they are few enough to go through."""
        wanted = self._effort.joint_seconds > 0 and not self._effort.deterministic
        return wanted and self._proven and len(stairs.open_columns) <= _MOST_OPEN

    def _seat_jointly(
        self, prices: Prices, program: Seating, chosen: Ints, seats: dict[tuple[str, Turn], str]
    ) -> dict[tuple[str, Turn], str]:
        began = self._elapsed()
        watch = self._watch("joint", prices.tiers, prices.block, seconds=self._effort.joint_seconds)
        outcome = search(program, start_open(program, chosen, seats), self._effort, watch)
        self._record("joint", prices.tiers, prices.block, [outcome], began)
        return _seats([program], [outcome.columns])

    def _record(
        self,
        name: str,
        tiers: tuple[int, ...],
        block: Block,
        outcomes: list[Outcome],
        began: float,
    ) -> None:
        seconds = self._elapsed() - began
        costs = apart(block, sum(one.cost for one in outcomes))
        bounds = apart(block, sum(one.bound for one in outcomes))
        proven = True
        for tier, cost, bound in zip(tiers, costs, bounds, strict=True):
            self._stages.append(Stage(name, tier, cost, bound if proven else 0, seconds))
            proven = proven and bound >= cost

    @property
    def _proven(self) -> bool:
        """True if the last word on every tier met its bound."""
        last = {stage.tier: stage for stage in self._stages}
        return all(stage.cost <= stage.bound for stage in last.values())

    def summary(self, verdict: Verdict) -> Run:
        """What can be claimed."""
        return Run(
            status=Status.OPTIMAL if self._proven else Status.FEASIBLE,
            stages=tuple(replace(stage, seconds=round(stage.seconds, 3)) for stage in self._stages),
            costs=verdict.costs,
            seconds=round(self._elapsed(), 3),
            seed=self._effort.seed,
            workers=1 if self._effort.deterministic else self._effort.workers,
            deterministic=self._effort.deterministic,
            version=VERSION,
            interrupted=self._onlooker.stop.interrupted,
        )
