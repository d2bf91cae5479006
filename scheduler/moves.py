"""What moves made by hand would break anew and mend, hard and soft, rule by rule.

Equals the difference of two checks of the whole plan, but looks only at what the moves touch:
a rule speaks either of a patient's own weeks, and of those who come with the patient, or of who
sits in a zone on a day. Nothing here decides; somebody reads it before a session is put down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.draft import Move, moved
from domain.plan import Assignment, Plan, RuleCost, Violation
from domain.problem import Problem
from scheduler.check import enabled
from scheduler.rules import RULES
from scheduler.rules.companions import companions
from scheduler.rules.rule import Rule

OF_THE_DAY = frozenset({"change_over", "held_back", "level_load", "nurse_ratio", "one_per_station"})
"""Rules that speak of everybody who sits somewhere on a day; all others speak of patients."""


@dataclass(frozen=True, slots=True)
class MoveVerdict:
    """How a plan with some moves differs in the rules' eyes from the plan without them.

    `broken` and `mended` are of hard rules, `paid` and `saved` of soft ones; a soft rule that
    now costs something else for the same thing is in both. `costs` has the difference of every
    soft rule that changes, in its own unit, in the order of the center's tiers.
    """

    broken: tuple[Violation, ...]
    mended: tuple[Violation, ...]
    paid: tuple[Violation, ...]
    saved: tuple[Violation, ...]
    costs: tuple[RuleCost, ...]

    @property
    def legal(self) -> bool:
        """True if no hard rule is broken that was kept before."""
        return not self.broken

    @property
    def worse(self) -> bool:
        """True if the center would rather not, by its own order of what matters."""
        return next((cost > 0 for _, cost in sorted(self.tier_costs().items())), False)

    def tier_costs(self) -> Mapping[int, int]:
        """The difference in weighed cost by tier."""
        totals: Counter[int] = Counter()
        for cost in self.costs:
            totals[cost.tier] += cost.weighed
        return {tier: cost for tier, cost in totals.items() if cost}


@dataclass(frozen=True, slots=True)
class Part:
    """Some rules' violations before and after, compared."""

    lost: Counter[Violation]
    found: Counter[Violation]

    def __add__(self, other: Part) -> Part:
        """Both together."""
        return Part(self.lost + other.lost, self.found + other.found)


def verdict_of(
    problem: Problem, before: Plan, moves: Iterable[Move], rules: Iterable[Rule] = RULES
) -> MoveVerdict:
    """What some moves at once would do to a plan.

    Raises Outdated if a session is not where it was. The plan must name only patients, shifts
    and stations of the problem.
    """
    steps = tuple(moves)
    after = moved(before, steps)
    listed = enabled(problem, rules)
    people = frozenset(move.patient for move in steps)
    days = frozenset(row.day for move in steps for row in (move.before, move.after) if row)
    return verdict(
        problem,
        listed,
        of_people(problem, before, after, people, listed)
        + of_days(problem, before, after, days, listed),
    )


def of_people(
    problem: Problem, before: Plan, after: Plan, people: frozenset[str], rules: Iterable[Rule]
) -> Part:
    """What changes in the rules that speak of patients, if only these people's sessions do."""
    near = with_companions(problem, people)
    own = [rule for rule in rules if rule.name not in OF_THE_DAY]
    return compared(*(told_of(problem, plan, near, own) for plan in (before, after)))


def with_companions(problem: Problem, people: frozenset[str]) -> frozenset[str]:
    """Some people and those who come with them."""
    return people.union(*(pair for pair in companions(problem) if people.intersection(pair)))


def told_of(
    problem: Problem, plan: Plan, people: frozenset[str], rules: Iterable[Rule]
) -> Counter[Violation]:
    """What rules say of some people, asked with their sessions alone."""
    theirs = _only(plan, (row for one in people for row in plan.by_patient.get(one, ())))
    return Counter(
        one for rule in rules for one in rule.check(problem, theirs) if one.patient in people
    )


def of_days(
    problem: Problem, before: Plan, after: Plan, days: frozenset[date], rules: Iterable[Rule]
) -> Part:
    """What changes in the rules that speak of a day, if only sessions of these days do."""
    own = [rule for rule in rules if rule.name in OF_THE_DAY]
    return compared(*(told_of_days(problem, plan, days, own) for plan in (before, after)))


def told_of_days(
    problem: Problem, plan: Plan, days: frozenset[date], rules: Iterable[Rule]
) -> Counter[Violation]:
    """What rules say of some days, asked with the sessions of these days alone."""
    rows = (row for row in plan.assignments if row.day in days)
    there = _only(plan, rows)
    return Counter(one for rule in rules for one in rule.check(problem, there))


def compared(before: Counter[Violation], after: Counter[Violation]) -> Part:
    """What is said only before, and only after."""
    return Part(before - after, after - before)


def verdict(problem: Problem, rules: Iterable[Rule], part: Part) -> MoveVerdict:
    """The compared violations in the order of the rules."""
    rank = {rule.name: place for place, rule in enumerate(rules)}
    hard = {rule.name for rule in rules if rule.hard}
    lost = sorted(part.lost.elements(), key=lambda one: rank[one.rule])
    found = sorted(part.found.elements(), key=lambda one: rank[one.rule])
    return MoveVerdict(
        broken=tuple(one for one in found if one.rule in hard),
        mended=tuple(one for one in lost if one.rule in hard),
        paid=tuple(one for one in found if one.rule not in hard),
        saved=tuple(one for one in lost if one.rule not in hard),
        costs=_costs(problem, part, hard),
    )


def _costs(problem: Problem, part: Part, hard: set[str]) -> tuple[RuleCost, ...]:
    totals: Counter[str] = Counter()
    for violations, sign in ((part.found, 1), (part.lost, -1)):
        for one, times in violations.items():
            totals[one.rule] += sign * times * one.cost
    rows = ((problem.row(name), cost) for name, cost in totals.items() if cost and name not in hard)
    found = (RuleCost(row.rule, row.tier or 0, cost, row.weight or 0) for row, cost in rows)
    return tuple(sorted(found, key=lambda one: (one.tier, one.rule)))


def _only(plan: Plan, rows: Iterable[Assignment]) -> Plan:
    return Plan.of(plan.first_day, plan.weeks, rows)
