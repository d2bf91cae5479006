"""A bad day planned: the worst wait as short as it can be, then by the order of the ranks.

The least number of days above the own line is looked for from below: first it is asked whether
everybody can be kept so short, with a proof if not, then whether one day more is enough, and so
on. So what is found at last is proven by the refusal before it, or by a patient whose wait is so
long already. The rest is settled tier by tier in one search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from domain.bad_day import BadDay, Condition, DoctorsRule, Fewer
from domain.calendar import DAY, days_from
from domain.changes import changes
from domain.need import wanted_sessions
from domain.plan import Plan, Run, Stage
from domain.problem import Problem
from domain.waiting import Waiting, waits
from scheduler.bad_day.as_it_was import AsItWas
from scheduler.bad_day.asked import Asked, put
from scheduler.bad_day.kept_rules import KnownStations, KnownTurns
from scheduler.bad_day.lengths import given
from scheduler.bad_day.squeeze import squeezes
from scheduler.bad_day.waits_rule import (
    COUNTS,
    ORDER,
    WORST,
    Charge,
    LongestWait,
    in_order,
    worst_only,
)
from scheduler.effort import Effort
from scheduler.planner import Onlooker, Planned, make_plan
from scheduler.rules import RULES
from scheduler.rules.everyone_placed import EveryonePlaced
from scheduler.rules.rule import Rule

_LEAST_SECONDS = 1.0


def bad_day(
    problem: Problem,
    in_force: Plan,
    conditions: Iterable[Condition],
    rule: DoctorsRule,
    now: datetime,
    effort: Effort,
    onlooker: Onlooker,
) -> BadDay:
    """The rest of a week planned again for what is left of the center.

    `problem` is one week in which whatever is lost is closed, `in_force` the plan that people
    know without sessions that did not take place; what has begun of it stays. `now` is local.
    Raises ValueError for a problem of several weeks.
    """
    asked = put(problem, in_force, conditions, rule, now)
    run = _Search(asked, effort, onlooker)
    over, bound = run.least_over()
    planned = run.settle(over)
    return _answer(asked, planned, bound)


class _Search:
    """The searches for one answer, and the time that they have together."""

    def __init__(self, asked: Asked, effort: Effort, onlooker: Onlooker) -> None:
        self._asked = asked
        self._effort = effort
        self._onlooker = onlooker
        self._began = onlooker.clock()

    def least_over(self) -> tuple[int, int]:
        """Days above the own line that somebody has to wait, and how many are proven."""
        over = bound = unavoidable(self._asked)
        while True:
            planned = self._searched(worst_only(over), ())
            stage = _stage(planned.run, WORST)
            if stage is None or stage.cost == 0:
                return over, bound
            over += 1
            bound = over if stage.bound > 0 and bound == over - 1 else bound

    def settle(self, over: int) -> Planned:
        """The plan with this worst wait, everything after it settled in its order."""
        known = self._asked.known
        charges = in_order(self._asked.ranks, over)
        return self._searched(charges, (EveryonePlaced(), KnownTurns(known), KnownStations(known)))

    def _searched(
        self, charges: Callable[[str], Iterable[Charge]], soft: tuple[Rule, ...]
    ) -> Planned:
        asked, own = self._asked, (LongestWait.name, AsItWas.name)
        hard = (rule for rule in RULES if rule.hard and rule.name not in own)
        waits_rule, past = LongestWait(asked.counted, charges), AsItWas(asked.begun)
        rules: tuple[Rule, ...] = (*hard, waits_rule, *soft, past)
        return make_plan(self._asked.ready, self._left(), self._onlooker, rules)

    def _left(self) -> Effort:
        effort = self._effort
        if effort.seconds is None or effort.deterministic:
            return effort
        spent = self._onlooker.clock() - self._began
        return replace(effort, seconds=max(_LEAST_SECONDS, effort.seconds - spent))


def unavoidable(asked: Asked) -> int:
    """Days above the own line that somebody waits whoever comes first, for even the next day on
    which the center treats anybody is that late; 0 if it is not."""
    counted, today = asked.counted, asked.now.date()
    days = (day for day in asked.ready.days if day >= today and asked.ready.is_open_day(day))
    soon = next((day for day in days), counted.reopening)
    found = (_wait_at_best(counted, code, soon) for code in counted.lines)
    return max((wait for wait in found if wait is not None), default=0)


def _wait_at_best(counted: Waiting, patient: str, soon: date) -> int | None:
    first = max(soon, counted.since(patient) + DAY)
    wait = counted.longest(patient, _days(first, counted.reopening))
    return None if wait is None else max(0, wait.over)


def _days(first: date, end: date) -> Iterator[date]:
    return days_from(first, (end - first).days)


def _stage(run: Run, tier: int) -> Stage | None:
    """The last word of the search on a tier."""
    return next((one for one in reversed(run.stages) if one.tier == tier), None)


def _answer(asked: Asked, planned: Planned, bound: int) -> BadDay:
    by_code = {wait.patient: wait for wait in waits(asked.counted, planned.plan)}
    ordered = tuple(by_code[r.patient] for r in asked.ranks if r.patient in by_code)
    over = max((wait.over for wait in ordered), default=0)
    lengths = given(asked, planned.plan)
    return BadDay(
        plan=planned.plan,
        ranks=asked.ranks,
        waits=ordered,
        over=max(0, over),
        bound=min(bound, max(0, over)),
        order_proven=_order_proven(planned.run),
        run=planned.run,
        broken=lengths.broken,
        shortened=lengths.shortened,
        fewer=_fewer(asked, planned.plan),
        changes=changes(asked.known, planned.plan),
        squeezes=squeezes(asked),
        begun=asked.begun,
    )


def _order_proven(run: Run) -> bool:
    tiers = (*COUNTS.values(), ORDER)
    found = (_stage(run, tier) for tier in (WORST, *tiers))
    return all(stage.cost <= stage.bound for stage in found if stage is not None)


def _fewer(asked: Asked, plan: Plan) -> tuple[Fewer, ...]:
    monday = plan.first_day
    found = []
    for rank in asked.ranks:
        wanted = wanted_sessions(asked.problem, rank.patient, monday)
        planned = len(plan.by_patient.get(rank.patient, ()))
        if planned < wanted:
            found.append(Fewer(rank.patient, planned, wanted))
    return tuple(found)
