"""Patients and nurses in one loop, so that a plan never needs nurses that the roster cannot give.

The plan says how many nurses each turn of a zone needs; the roster says where it cannot give
them. The week is planned again with the nurses of that roster, which fits by construction; and
the turns that came up short get less staffing, from which the next round begins. Of all rounds
the one that serves patients best is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from domain.calendar import Span, Turn
from domain.center import Staffing
from domain.need import wanted_sessions
from domain.nurse_roster import NurseRoster
from domain.plan import Plan
from domain.problem import Problem
from domain.ward import Ward
from scheduler.check import Verdict, check
from scheduler.effort import Effort
from scheduler.planner import Onlooker, Planned, make_plan
from scheduler.ward.check import check_roster
from scheduler.ward.leads import with_leads
from scheduler.ward.make import MadeRoster, make_roster
from scheduler.ward.needs import needs_of
from scheduler.ward.rules import NURSE_RULES

ROUNDS = 5
"""Rounds at most; each ends with a plan and a roster that go together."""

LOOP_RULES = tuple(
    one for one in NURSE_RULES if one.hard or one.name in ("nurse_cover", "nurse_aim")
)
"""What tells whether a roster can give the nurses, and where others could still be of use."""

Limits = Mapping[tuple[str, Turn], int]
"""Nurses at most, by zone and turn."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A plan and a roster, and how they go together.

    `verdict` judges the plan by the nurses that the roster really has; `missed` are sessions
    that patients go without, `over` patients who sit there without a nurse who may care for
    them. `shortage` is what the plan's first tier costs, `least` what it must cost in every
    plan that any roster could staff. `cuts` are the turns whose staffing the roster set.
    """

    planned: Planned
    made: MadeRoster
    verdict: Verdict
    missed: int
    over: int
    shortage: int
    least: int
    rounds: int
    cuts: Limits

    @property
    def fits(self) -> bool:
        """True if every patient of the plan has a nurse of the roster."""
        return self.over == 0

    @property
    def best(self) -> bool:
        """True if nobody can be placed better with these nurses."""
        return self.fits and self.shortage <= self.least


@dataclass(frozen=True, slots=True)
class _World:
    """What stays the same from round to round."""

    problem: Problem
    before: NurseRoster | None
    effort: Effort
    onlooker: Onlooker


def one_after_the_other(
    problem: Problem, before: NurseRoster | None, effort: Effort, onlooker: Onlooker
) -> Fitted:
    """The plan by the staffing that the center states, and then the roster that it needs."""
    world = _World(problem, before, effort, onlooker)
    planned = make_plan(problem, effort, onlooker)
    nobody = NurseRoster.of(problem.first_day, problem.weeks, ())
    return _fitted(world, _Try(planned, nobody, 1, {}), _bound(planned))


def together(
    problem: Problem,
    before: NurseRoster | None,
    effort: Effort,
    onlooker: Onlooker,
    *,
    by_roster_alone: bool = False,
) -> Fitted:
    """The best plan found that some roster can staff, with the best roster for it.

    The center's own staffing stays the most that a turn may have, unless `by_roster_alone`
    leaves it to the roster. The first plan knows no roster, only who could be there at all, so
    what it proves of the shortage holds for every roster. Each search has the whole effort.
    """
    world = _World(problem, before, effort, onlooker)
    limits = dict(_possible(problem, by_roster_alone))
    cuts: dict[tuple[str, Turn], int] = {}
    tries: list[_Try] = []
    least = 0
    for number in range(1, ROUNDS + 1):
        planned = make_plan(staffed(problem, limits | cuts), effort, onlooker)
        least = _bound(planned) if number == 1 else least
        ward = _ward(world, planned)
        made = make_roster(ward, effort, onlooker, LOOP_RULES)
        missing = _missing(made)
        tries.append(_try(world, planned, made, limits, number) if missing
                     else _Try(planned, made.roster, number, cuts))  # fmt: skip
        if not missing or tries[-1].shortage <= least or onlooker.stop.interrupted:
            break
        cuts = cuts | missing
    best = min(tries, key=lambda one: (one.shortage, one.round))
    return _fitted(world, best, least)


@dataclass(frozen=True, slots=True)
class _Try:
    """A plan, a roster that can staff it, and the staffing that it was made with."""

    planned: Planned
    roster: NurseRoster
    round: int
    cuts: Limits

    @property
    def shortage(self) -> int:
        """What the plan's first tier costs."""
        return _shortage(self.planned)


def _try(world: _World, planned: Planned, made: MadeRoster, limits: Limits, number: int) -> _Try:
    """The week planned again with just the nurses that the roster has: that fits."""
    found = dict(_there(world.problem, _ward(world, planned), made.roster))
    given = {place: min(nurses, limits[place]) for place, nurses in found.items()}
    cut = {place: nurses for place, nurses in given.items() if nurses < limits[place]}
    again = make_plan(staffed(world.problem, given), world.effort, world.onlooker)
    return _Try(again, made.roster, number, cut)


def staffed(problem: Problem, limits: Limits) -> Problem:
    """The problem with exactly these nurses; a turn that is not named has no limit."""
    rows = (
        Staffing(zone, turn.shift, nurses, frozenset({turn.day.isoweekday()}),
                 Span(turn.day, turn.day))
        for (zone, turn), nurses in sorted(limits.items())
    )  # fmt: skip
    register = replace(problem.register, staffing=tuple(rows))
    return Problem(register, problem.first_day, problem.weeks)


def rostered(problem: Problem, ward: Ward, roster: NurseRoster) -> Problem:
    """The problem with the nurses that a roster has in each turn of each zone, none more."""
    return staffed(problem, dict(_there(problem, ward, roster)))


def missed_sessions(problem: Problem, plan: Plan) -> int:
    """Sessions that patients want and the plan does not have."""
    return sum(
        max(0, wanted_sessions(problem, patient, monday)
            - len(plan.by_week.get((patient, monday), ())))
        for patient in problem.patient
        for monday in problem.mondays
    )  # fmt: skip


def _ward(world: _World, planned: Planned) -> Ward:
    plans = dict.fromkeys(world.problem.mondays, planned.plan)
    return Ward(world.problem, needs_of(world.problem, plans), world.before)


def _missing(made: MadeRoster) -> dict[tuple[str, Turn], int]:
    """Where nurses are missing, with how many there are."""
    return {
        (gap.need.zone, gap.need.turn): gap.there
        for gap in made.verdict.gaps
        if gap.need.zone and not gap.need.skill
    }


def _fitted(world: _World, found: _Try, least: int) -> Fitted:
    """The try with the best roster for its plan; where that is not found in time and leaves
    patients without a nurse, the roster that the try came with."""
    problem, planned = world.problem, found.planned
    ward = _ward(world, planned)
    made = make_roster(ward, world.effort, world.onlooker)
    if _missing(made):
        known = with_leads(ward, found.roster)
        kept = MadeRoster(known, made.run, check_roster(ward, known))
        made = min(made, kept, key=lambda one: one.verdict.missing)
    verdict = check(rostered(problem, ward, made.roster), planned.plan)
    over = sum(gap.over for gap in made.verdict.gaps)
    return Fitted(
        planned, made, verdict, missed_sessions(problem, planned.plan), over,
        _shortage(planned), least, found.round, dict(found.cuts),
    )  # fmt: skip


def _possible(problem: Problem, by_roster_alone: bool) -> Iterator[tuple[tuple[str, Turn], int]]:
    """For each zone and turn how many nurses could be there at all."""
    ward = Ward(problem, ())
    for turn in problem.turns:
        for zone in problem.zone_stations:
            stated = None if by_roster_alone else problem.nurses(zone, turn)
            able = sum(_could(ward, nurse, zone, turn) for nurse in ward.nurse)
            yield (zone, turn), able if stated is None else min(able, stated)


def _could(ward: Ward, nurse: str, zone: str, turn: Turn) -> bool:
    allowed = ward.contracts[nurse].shifts
    here = zone in ward.nurse[nurse].zones and (nurse, turn.day) not in ward.away
    return here and any(
        ward.covers(kind, turn) and ward.runs(kind, turn.day)
        and (not allowed or kind.shifts <= allowed)
        for kind in ward.kinds
    )  # fmt: skip


def _there(
    problem: Problem, ward: Ward, roster: NurseRoster
) -> Iterator[tuple[tuple[str, Turn], int]]:
    for turn in problem.turns:
        duties = [
            duty
            for duty in roster.by_day.get(turn.day, ())
            if duty.kind in ward.kind and ward.covers(ward.kind[duty.kind], turn)
        ]
        for zone in problem.zone_stations:
            yield (zone, turn), sum(duty.zone == zone for duty in duties)


def _shortage(planned: Planned) -> int:
    return sum(cost.weighed for cost in planned.run.costs if cost.rule == "everyone_placed")


def _bound(planned: Planned) -> int:
    """What is proven of the first tier, which is settled before everything else."""
    first = [stage for stage in planned.run.stages if stage.name == "timetable"]
    lowest = min((stage.tier for stage in first), default=0)
    return max((stage.bound for stage in first if stage.tier == lowest), default=0)
