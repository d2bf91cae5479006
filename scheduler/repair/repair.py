"""From a plan in force and what has happened to the next plan, with as little change as will do.

Weeks of a longer plan are mended one after the other, each between its neighbors as they stand;
what is proven is then proven week by week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime

from domain.changes import changes
from domain.frozen import begun
from domain.one_week import one_week, put_back
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.trouble import PatientBack, PatientJoins, Trouble
from domain.troubled import troubled
from scheduler.check import Verdict, check
from scheduler.effort import Effort, Watch
from scheduler.planner import Onlooker
from scheduler.repair.choices import SPACING
from scheduler.repair.limits import RepairLimits
from scheduler.repair.measures import Measure
from scheduler.repair.question import Question
from scheduler.repair.repaired import LeftOut, Minimum, OwnCost, Repaired
from scheduler.repair.room import room_of
from scheduler.repair.situation import broken_off, situation_of
from scheduler.repair.told import calls_of
from scheduler.repair.week import Mended, mended
from scheduler.rules import RULES
from scheduler.rules.rule import Rule


def repair(
    problem: Problem,
    in_force: Plan,
    troubles: Iterable[Trouble],
    now: datetime,
    limits: RepairLimits,
    effort: Effort,
    onlooker: Onlooker,
    rules: tuple[Rule, ...] = RULES,
) -> Repaired:
    """The plan in force, mended. `problem` is the center without the troubles, which must be
    free of `domain.reported.faults`; `now` is the center's local time. The plan must name only
    shifts and stations of the problem."""
    begin, clock = onlooker.clock(), now.replace(tzinfo=None)
    listed = tuple(one for one in troubles if _says_something(one, problem, in_force))
    watch = _watch(effort, onlooker, begin)
    plan, weeks = in_force, []
    for monday in problem.mondays:
        week, _ = one_week(problem, plan, monday)
        situation = situation_of(week, plan, listed, clock, limits)
        if situation.turns or situation.cut:
            room = room_of(situation, rules)
            weeks.append(mended(Question(situation, room, limits, rules, effort, watch)))
            plan = put_back(plan, Plan.of(monday, 1, weeks[-1].rows))
    cut = tuple(row for one in weeks for row in one.situation.cut)
    lost = tuple(row for one in weeks for row in one.situation.lost)
    after = broken_off(troubled(problem, listed, clock), cut)
    verdict = check(after, plan, rules)
    left_out = tuple(one for week in weeks for one in week.left_out)
    late = frozenset(patient for one in weeks for patient in one.overdue)
    fresh = tuple(_broken(problem, in_force, plan, verdict, left_out, clock, rules))
    overdue = tuple(one for one in fresh if one.patient in late and one.rule in SPACING)
    changed = changes(in_force, plan)
    return Repaired(
        troubles=listed,
        now=clock,
        problem=after,
        before=in_force,
        plan=plan,
        changes=changed,
        calls=calls_of(after, changed, (one.situation for one in weeks), clock),
        minima=tuple(_minima(weeks)),
        own=tuple(_own(weeks)),
        left_out=left_out,
        verdict=verdict,
        broken=tuple(one for one in fresh if one not in overdue),
        overdue=overdue,
        broke_off=(*cut, *lost),
        asked=sum(one.asked for one in weeks),
        seconds=onlooker.clock() - begin,
    )


def _says_something(one: Trouble, problem: Problem, in_force: Plan) -> bool:
    """False for somebody said to join who has been coming, or back who has not been away."""
    match one:
        case PatientJoins(patient, first):
            return all(row.day >= first for row in in_force.by_patient.get(patient, ()))
        case PatientBack(patient, first):
            away = (row for row in problem.absences.get(patient, ()) if first in row.span)
            return any(row.start is None and row.end is None for row in away)
    return True


def _watch(effort: Effort, onlooker: Onlooker, begin: float) -> Watch:
    timed = effort.seconds is not None and not effort.deterministic
    deadline = begin + effort.seconds if timed and effort.seconds is not None else None
    return Watch(onlooker.clock, deadline, onlooker.stop, lambda *_: None)


def _minima(weeks: Iterable[Mended]) -> Iterator[Minimum]:
    """Each measure over all weeks; of none, nothing had to be moved."""
    listed = [one for week in weeks for one in week.minima]
    for measure in Measure:
        mine = [one for one in listed if one.measure is measure]
        yield Minimum(measure, sum(o.found for o in mine), sum(o.bound for o in mine))


def _own(weeks: Iterable[Mended]) -> Iterator[OwnCost]:
    listed = [one for week in weeks for one in week.own]
    for tier in sorted({one.tier for one in listed}):
        mine = [one for one in listed if one.tier == tier]
        yield OwnCost(tier, sum(o.found for o in mine), sum(o.bound for o in mine))


def _broken(
    problem: Problem,
    before: Plan,
    after: Plan,
    verdict: Verdict,
    left_out: Iterable[LeftOut],
    now: datetime,
    rules: tuple[Rule, ...],
) -> Iterator[Violation]:
    """What hard rules have against the plan that is new, but for who has to be left out: those
    weeks are told of by name; and but for turns that have begun and that nobody was put into."""
    short = {one.patient for one in left_out}
    added = {row.turn for row in set(after.assignments) - set(before.assignments)}
    over = frozenset(begun(problem, now)) - added
    others = Counter(
        one for one in verdict.broken if one.patient not in short and one.turn not in over
    )
    if others:
        names = {one.rule for one in others}
        asked = tuple(rule for rule in rules if rule.name in names)
        yield from (others - Counter(check(problem, before, asked).broken)).elements()
