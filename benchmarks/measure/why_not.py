"""Questions at random about a center's week: how long the answer takes, and whether it holds."""

from __future__ import annotations

from collections import Counter
from random import Random
from time import perf_counter

from benchmarks.measure.instance import problem_of
from benchmarks.why_not_rows import WhyNotAsks
from db.sample.center import make_center
from db.sample.size import sized
from db.sample.spec import FIRST_MONDAY
from domain.concession import DoctorAllows, conceded
from domain.plan import Plan
from domain.problem import Problem
from domain.remedy import GuestElsewhere
from domain.why_not import Ask, BlockKind, SeatAnswer, Way, WhyNot
from scheduler.check import check
from scheduler.effort import Effort
from scheduler.integer import Integer, choose
from scheduler.planner import Onlooker, make_plan
from scheduler.solvers import Limits
from scheduler.why_not.answer import ENOUGH, why_not
from scheduler.why_not.arrange import table_of
from scheduler.why_not.core import losses
from scheduler.why_not.ground import ground_of

_TIGHTNESS, _WAITING = 1.05, 0.7
"""Sessions wanted over slots in an overfull center, and how often somebody without a place asks."""
_WITNESS = 60.0
"""Seconds for the second solver, which proves blocks once more outside of what is timed."""


def measure(
    machines: int, patients: int, seed: int, limit: float, asks: int, overfull: bool
) -> WhyNotAsks:
    """Each question is asked of a center that nobody has looked at yet, as from the command
    line; half of them about a station or a zone. In an overfull center mostly those ask who
    have no place."""
    problem = _overfull(machines, seed) if overfull else problem_of(machines, patients, seed)
    effort = Effort(seconds=limit, seed=seed, workers=1, joint_seconds=0.0)
    plan = make_plan(problem, effort, Onlooker(perf_counter)).plan
    dice = Random(seed)
    told: Counter[str] = Counter()
    explained, answered, wrong, rough = [], [], 0, 0
    for _ in range(asks):
        ask = _question(dice, problem, plan)
        seconds, found = _timed(problem, plan, ask, ways=False)
        if found.block is not None:
            explained.append(seconds)
            rough += not found.block.smallest and bool(found.block.people)
        seconds, found = _timed(problem, plan, ask, ways=True)
        answered.append(seconds)
        told[_kind(found)] += 1
        wrong += not _holds(problem, plan, found)
    return WhyNotAsks(
        machines, len(problem.patient), seed, overfull, dict(told), explained, answered, wrong,
        rough,
    )  # fmt: skip


def _overfull(machines: int, seed: int) -> Problem:
    return Problem(make_center(sized(machines, tightness=_TIGHTNESS), seed), FIRST_MONDAY)


def _question(dice: Random, problem: Problem, plan: Plan) -> Ask:
    everybody = sorted(problem.patient)
    waiting = [one for one in everybody if one not in plan.by_patient]
    who = dice.choice(waiting if waiting and dice.random() < _WAITING else everybody)
    ask = Ask(who, dice.choice(problem.turns))
    match dice.choice(("any", "any", "zone", "station")):
        case "zone":
            return Ask(who, ask.turn, zone=dice.choice(sorted(problem.zone_stations)))
        case "station":
            return Ask(who, ask.turn, station=dice.choice(sorted(problem.station)))
    return ask


def _timed(problem: Problem, plan: Plan, ask: Ask, *, ways: bool) -> tuple[float, WhyNot]:
    fresh = Problem(problem.register, problem.first_day, problem.weeks)
    begin = perf_counter()
    found = why_not(fresh, plan, ask, ENOUGH, Onlooker(perf_counter), ways=ways)
    return perf_counter() - begin, found


def _kind(found: WhyNot) -> str:
    if found.answer is not SeatAnswer.BLOCKED or found.block is None:
        return found.answer.value
    return found.block.kind.value


# --- does it hold? ----------------------------------------------------------------------------


def _holds(problem: Problem, plan: Plan, found: WhyNot) -> bool:
    """The plan that is offered is legal, has the seat, and takes no session from anybody; what
    is said to be blocked cannot be seated by another solver either."""
    match found.answer:
        case SeatAnswer.SITS:
            return any(row.turn == found.ask.turn for row in plan.by_patient[found.ask.patient])
        case SeatAnswer.UNSETTLED:
            return False
        case SeatAnswer.BLOCKED if not _is_blocked(problem, plan, found):
            return False
    return found.way is None or _keeps(problem, plan, found.ask, found.way)


def _keeps(problem: Problem, plan: Plan, ask: Ask, way: Way) -> bool:
    changed = conceded(problem, way.concessions)
    spared = {(one.patient, one.rule) for one in way.concessions if isinstance(one, DoctorAllows)}
    fresh = Counter(check(changed, way.plan).broken) - Counter(check(problem, plan).broken)
    sent = {p for one in way.concessions if isinstance(one, GuestElsewhere) for p in one.patients}
    return (
        all((one.patient, one.rule) in spared for one in fresh)
        and any(row.turn == ask.turn for row in way.plan.by_patient[ask.patient])
        and all(
            patient in sent or len(way.plan.by_patient.get(patient, ())) >= len(rows)
            for patient, rows in plan.by_patient.items()
        )
    )


def _is_blocked(problem: Problem, plan: Plan, found: WhyNot) -> bool:
    """By one's own facts: no listed week has the seat. By counting: CP-SAT, over all columns at
    once, finds that somebody must lose a week."""
    table = table_of(ground_of(problem, plan), found.ask)
    if found.block is None or (found.block.kind is BlockKind.LOCAL) is not (table is None):
        return False
    if table is None:
        return True
    program = losses(table)
    return choose(program, program.columns, Integer.CP_SAT, Limits(seconds=_WITNESS)).bound >= 1
