"""Centers with too many patients: who is named must clash, and must not without any one; both
are tried again with another solver over all columns at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from random import Random
from time import monotonic

import numpy as np
import pytest

from db.sample.center import make_center
from db.sample.size import sized
from db.sample.spec import FIRST_MONDAY
from domain.concession import AcceptsNight, HeldSeatUsed, TurnOpened
from domain.plan import Plan
from domain.problem import Problem
from domain.remedy import GuestElsewhere, MoreNurses
from domain.shortage import Place
from domain.why_not import Ask, Block, BlockKind, SeatAnswer
from scheduler.capacity_rows import CapacityRow
from scheduler.check import check
from scheduler.effort import Effort, Watch
from scheduler.integer import Integer, choose
from scheduler.model import Model
from scheduler.planner import Onlooker
from scheduler.program import Listed, Overflow
from scheduler.solvers import Limits
from scheduler.timetable import seat_rows
from scheduler.why_not.answer import why_not
from scheduler.why_not.arrange import table_of
from scheduler.why_not.core import counted, losses
from scheduler.why_not.ground import ground_of
from scheduler.why_not.toll import Case, Toll, missing
from tests.scheduler.planning import TO_THE_END, plan_for


@cache
def overfull(seed: int) -> tuple[Problem, Plan]:
    """Five machines, two shifts, a tenth more sessions wanted than there are seats."""
    problem = Problem(make_center(sized(5, tightness=1.1, shifts=2), seed), FIRST_MONDAY)
    return problem, plan_for(problem).plan


def blocked(seed: int) -> tuple[Problem, Plan, Ask, Block]:
    """Somebody without a place asks until seats are what is in the way."""
    problem, plan = overfull(seed)
    dice = Random(seed)
    waiting = [one for one in sorted(problem.patient) if one not in plan.by_patient]
    while True:
        ask = Ask(dice.choice(waiting), dice.choice(problem.turns))
        found = why_not(problem, plan, ask, TO_THE_END, Onlooker(monotonic), ways=False)
        if found.block is not None and found.block.kind is BlockKind.COUNTING:
            return problem, plan, ask, found.block


def fits(problem: Problem, plan: Plan, ask: Ask, people: set[str], places: Iterable[Place]) -> bool:
    """True if CP-SAT seats these people, everybody with all sessions and the asker in the seat,
    where only these places are limited."""
    ground = ground_of(problem, plan)
    table = table_of(ground, ask)
    assert table is not None
    whole = losses(table)
    weeks = table.timetable.weeks
    limit = whole.limit.copy()
    for at, row in enumerate(seat_rows(ground.model, weeks)):
        if not any(limits(ground.model, place, row) for place in places):
            limit[at] = 1 << 20
    inside = [i for i, one in enumerate(weeks) if one.patient in people]
    columns = whole.columns.take(np.flatnonzero(np.isin(whole.columns.group, inside)))
    number = np.searchsorted(inside, np.arange(whole.groups))
    program = Listed(len(inside), columns.regrouped(number), limit, Overflow.none())
    found = choose(program, program.columns, Integer.CP_SAT, Limits())
    assert found.proven
    return found.bound == 0


def limits(model: Model, place: Place, row: CapacityRow) -> bool:
    """True if the row is a limit of the place."""
    here = place.zone == row.zone and place.shift in (None, row.turn.shift)
    then = not place.days or row.turn.day in place.days
    inside = set(model.problem.zone_stations[row.zone])
    named = set(place.stations) or inside
    return here and then and named.issuperset(set(model.names(row.seats)) & inside)


@pytest.mark.parametrize("seed", [1, 3])
def test_who_is_named_clashes_and_would_not_without_any_one(seed: int) -> None:
    problem, plan, ask, block = blocked(seed)
    people = set(block.people)
    assert block.smallest
    assert ask.patient in people
    assert not fits(problem, plan, ask, people, block.places)
    for one in people - {ask.patient}:
        assert fits(problem, plan, ask, people - {one}, block.places), one
    for place in block.places:
        others = [one for one in block.places if one != place]
        assert fits(problem, plan, ask, people, others), place
    if block.by == "count":
        assert block.needed > block.seats
        assert f"{block.needed} sessions of" in str(block.words)


def test_the_way_out_sends_somebody_to_another_center_and_harms_nobody_else() -> None:
    problem, plan, ask, _ = blocked(1)
    found = why_not(problem, plan, ask, TO_THE_END, Onlooker(monotonic))
    assert found.answer is SeatAnswer.BLOCKED
    assert found.way is not None
    gone = {p for p in plan.by_patient if p not in found.way.plan.by_patient}
    assert gone <= {p for one in found.way.concessions for p in getattr(one, "patients", ())}
    assert check(problem, found.way.plan).legal
    for patient, rows in plan.by_patient.items():
        if patient not in gone:
            assert len(found.way.plan.by_patient[patient]) >= len(rows)


def test_without_time_nothing_is_claimed() -> None:
    problem, plan, ask, _ = blocked(3)
    found = why_not(problem, plan, ask, Effort(seconds=0.0, workers=1), Onlooker(monotonic))
    assert found.answer is SeatAnswer.UNSETTLED
    assert (found.block, found.way) == (None, None)
    assert "The time was up" in str(found.words)


def test_with_time_for_the_block_only_no_way_is_promised_and_that_is_said() -> None:
    problem, plan = overfull(1)
    waiting = next(one for one in sorted(problem.patient) if one not in plan.by_patient)
    late = Onlooker(ticking())
    for turn in problem.turns:
        found = why_not(problem, plan, Ask(waiting, turn), Effort(seconds=50, workers=1), late)
        if found.answer is SeatAnswer.BLOCKED and found.way is None and not found.complete:
            return
    pytest.fail("no question ran out of time")


def ticking() -> Callable[[], float]:
    """A clock that goes on by a second whenever somebody looks."""
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 1.0
        return now

    return clock


def test_a_toll_is_counted_anew_for_whom_a_change_touches_and_says_nothing_of_seats_given() -> None:
    problem, plan, ask, _ = blocked(1)
    ground = ground_of(problem, plan)
    table = table_of(ground, ask)
    assert table is not None
    watch = Watch(monotonic, None, Onlooker(monotonic).stop, lambda *_: None)
    found = counted(ground, ask, table, TO_THE_END, watch)
    assert found is not None
    assert found.block.by == "count"
    toll = Toll(found.block, found.rows, found.needs, found.block.seats, frozenset())
    case = Case(problem, plan, ask, ())
    short = found.block.needed - found.block.seats
    assert missing(toll, case, ground.rules) == short
    other = next(one for one in found.block.people if one != ask.patient)
    row = found.rows[0]
    for change, left in (
        (GuestElsewhere((other,)), max(0, short - found.needs[other])),
        (AcceptsNight("nobody"), short),
        (HeldSeatUsed(row.zone, row.turn), 0),
        (MoreNurses(row.zone, row.turn.shift, (row.turn.day,), 1), 0),
        (TurnOpened(row.turn), 0),
    ):
        changed = replace(case, changes=(change,))
        assert missing(toll, changed, ground.rules) == left, change
