"""Scenarios side by side: the week planned in full under each, and what it comes to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from domain.need import wanted_sessions
from domain.patient import Night
from domain.plan import Plan, Run, Status
from domain.problem import Problem
from domain.remedied import remedied
from domain.remedy import Remedy
from domain.remedy_price import Item, Rate, RemedyCost, cost_of
from scheduler.effort import Effort
from scheduler.planner import Onlooker, make_plan
from scheduler.remedies.fit import missing_at_least, plain_model, short_of
from scheduler.remedies.growth import Growing, Growth, growth
from scheduler.rules.zone_load import zone_load

MOST = 5
"""Scenarios that are compared at once: more nobody can read side by side."""

_WISHES = frozenset({"wishes", "long_gap_side", "companions"})
"""Rules that speak of what patients asked for."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """Remedies under a name; none is the week as it is."""

    name: str
    remedies: tuple[Remedy, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What a scenario comes to.

    `out` patients lack `missing` sessions in the plan, `fewest` if no plan has less missing; at
    least `least` sessions are missing in every plan by counting seats. `forced` are the nights
    of patients who did not volunteer; of `asking` patients with wishes, `met` get all of theirs;
    `nurse_minutes` are those that the plan needs on the floor at the center's ratio.
    """

    scenario: Scenario
    cost: RemedyCost
    plan: Plan
    run: Run
    legal: bool
    wanted: int
    missing: int
    out: int
    least: int
    fewest: bool
    nights: int
    forced: int
    asking: int
    met: int
    nurse_minutes: int
    growth: Growth | None = None

    @property
    def proven(self) -> bool:
        """True if no plan is better in any tier."""
        return self.run.status is Status.OPTIMAL


@dataclass(frozen=True, slots=True)
class Comparing:
    """How scenarios are compared: with how much effort for each plan, at which rates, and
    whether they are to grow."""

    effort: Effort
    rates: Mapping[Item, Rate]
    growing: Growing | None = None


def compare(
    problem: Problem,
    scenarios: Iterable[Scenario],
    comparing: Comparing,
    onlooker: Onlooker,
    tell: Callable[[Side], None] = lambda _: None,
) -> tuple[Side, ...]:
    """Every scenario planned in full; each is told as soon as it is there. Stopped, it leaves
    out those that it has not come to."""
    found: list[Side] = []
    for scenario in scenarios:
        if found and onlooker.stop.interrupted:
            break
        found.append(side(problem, scenario, comparing, onlooker))
        tell(found[-1])
    return tuple(found)


def side(problem: Problem, scenario: Scenario, comparing: Comparing, onlooker: Onlooker) -> Side:
    """One scenario."""
    changed = remedied(problem, scenario.remedies)
    made = make_plan(changed, comparing.effort, onlooker)
    missing = short_of(changed, made.plan)
    asking = frozenset(code for code in changed.wishes if code in changed.patient)
    broken = {one.patient for one in made.verdict.paid if one.rule in _WISHES and one.cost}
    nights = [row for row in made.plan.assignments if changed.shift[row.shift].night]
    return Side(
        scenario=scenario,
        cost=cost_of(problem, scenario.remedies, comparing.rates),
        plan=made.plan,
        run=made.run,
        legal=made.verdict.legal,
        wanted=sum(
            wanted_sessions(changed, code, monday)
            for code in changed.patient
            for monday in changed.mondays
        ),
        missing=sum(missing.values()),
        out=len(missing),
        least=missing_at_least(plain_model(changed)),
        fewest=_fewest(changed, made.run),
        nights=len(nights),
        forced=sum(_forced(changed, row.patient) for row in nights),
        asking=len(asking),
        met=len(asking - broken),
        nurse_minutes=nurse_minutes(changed, made.plan),
        growth=growth(changed, comparing.growing, comparing.effort, onlooker)
        if comparing.growing
        else None,
    )


def nurse_minutes(problem: Problem, plan: Plan) -> int:
    """Minutes of nurses on the floor: in each zone and turn as many as the ratio asks for, for
    as long as the turn lasts."""
    total = 0
    for (turn, _), patients in zone_load(problem, plan).items():
        nurses = ceil(patients / problem.limit("nurse_ratio", turn.day))
        total += nurses * problem.shift[turn.shift].interval(turn.day).minutes
    return total


def _forced(problem: Problem, patient: str) -> bool:
    return problem.patient[patient].night is not Night.VOLUNTEERS


def _fewest(problem: Problem, run: Run) -> bool:
    """True if what is missing is proven to be the least: its tier and all tiers before it."""
    tier = problem.row("everyone_placed").tier
    return tier is not None and all(
        stage.cost <= stage.bound for stage in run.stages if stage.tier <= tier
    )
