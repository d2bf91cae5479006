"""A bad day's plan has the shortest worst wait there is, and then keeps the right people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import combinations, pairwise, product
from random import Random

import pytest

from domain.bad_day import BadDay, Condition, DoctorsRule, Flag, Rank
from domain.calendar import DAY
from domain.center import Hold, Shift
from domain.easing import under_rule
from domain.plan import Assignment, ChangeKind, Lock, Plan
from domain.problem import Problem
from domain.trouble import StationOut
from domain.troubled import troubled
from domain.waiting import Waiting, waits
from scheduler.bad_day.answer import bad_day, unavoidable
from scheduler.bad_day.asked import Asked, put
from scheduler.check import check
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from tests.scheduler.worlds import (
    MONDAY,
    booked,
    last_week,
    people,
    plan_of,
    planned,
    stations_named,
    who,
    world,
)

DAWN = datetime(2026, 3, 2, 6)
EFFORT = Effort(seconds=60, workers=1)


def answer(
    problem: Problem,
    plan: Plan,
    *conditions: Condition,
    rule: DoctorsRule | None = None,
    now: datetime = DAWN,
) -> BadDay:
    allowed = rule or DoctorsRule()
    found = bad_day(problem, plan, conditions, allowed, now, EFFORT, Onlooker(lambda: 0.0))
    _is_sound(under_rule(problem, allowed), found)
    return found


def _is_sound(problem: Problem, found: BadDay) -> None:
    """What is told of a plan is what the plan says, by dates."""
    assert not found.broken
    assert found.begun <= set(found.plan.assignments)
    over = max((wait.over for wait in found.waits), default=0)
    assert found.over == max(0, over)
    assert found.bound <= found.over
    past = plan_of(problem, found.begun)
    too_long = _too_long(problem, found.plan) - _too_long(problem, past)
    assert too_long <= {wait.patient for wait in found.beyond}


def _too_long(problem: Problem, plan: Plan) -> set[str | None]:
    broken = check(problem, plan).broken
    return {one.patient for one in broken if one.rule == "longest_gap"}


def half(now: datetime = DAWN, crowd: int = 4) -> tuple[Problem, Plan]:
    """A zone of two chairs, one of which is lost; one shift a day; four people for it."""
    codes = [f"P{n}" for n in range(1, crowd + 1)]
    odd = ["P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri"]
    even = ["P3 A1 am Tue Thu Sat", "P4 A2 am Tue Thu Sat"]
    texts = [text for text in (*odd, *even) if text.split()[0] in codes]
    problem = world(**people(*map(who, codes)), shifts=(_morning(),), sessions=last_week(*texts))
    return troubled(problem, [StationOut("A2", now)], now), planned(problem, *texts)


def _morning() -> Shift:
    return world().register.shifts[0]


def test_four_people_on_one_chair_wait_two_days_too_long_at_best() -> None:
    problem, plan = half()
    found = answer(problem, plan)
    assert (found.over, found.bound, found.proven, found.order_proven) == (2, 2, True, True)
    assert len(found.plan.assignments) == 6
    assert {one.patient for one in found.fewer} <= set(problem.patient)


def test_where_everybody_can_be_kept_everybody_is() -> None:
    problem = world(
        **people(who("P1"), who("P2")),
        shifts=(_morning(),),
        sessions=last_week("P1 A1 am Mon Wed Fri", "P2 A2 am Tue Thu Sat"),
    )
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Tue Thu Sat")
    lost = troubled(problem, [StationOut("A2", DAWN)], DAWN)
    found = answer(lost, plan)
    assert (found.over, found.bound, found.beyond) == (0, 0, ())
    assert {row.station for row in found.plan.assignments} == {"A1"}
    assert {one.kind for one in found.changes} == {ChangeKind.STATION}


@pytest.mark.parametrize("patient", ["P1", "P2"])
def test_of_two_who_are_due_the_one_whom_the_doctor_names_comes_first(patient: str) -> None:
    problem, plan = half(crowd=2)
    other = {"P1": "P2", "P2": "P1"}[patient]
    for told in (Condition(patient, flag=Flag.FIRST), Condition(other, flag=Flag.CAN_WAIT)):
        found = answer(problem, plan, told)
        assert [wait.patient for wait in found.beyond] == [other]
        assert found.next_session[patient].day == MONDAY


def test_of_two_who_are_due_the_one_who_gained_more_comes_first() -> None:
    problem, plan = half(crowd=2)
    heavy = Condition("P2", Decimal(4), Decimal(60))
    assert [wait.patient for wait in answer(problem, plan, heavy).beyond] == ["P1"]
    light = Condition("P2", Decimal(1), Decimal(60))
    assert [wait.patient for wait in answer(problem, plan, light).beyond] == ["P2"]


def test_what_has_begun_stays_even_where_a_rule_would_forbid_it() -> None:
    noon = datetime(2026, 3, 4, 12)
    problem, plan = half(noon)
    held = replace(problem.register, holds=(Hold("A", 2, "emergencies"),))
    found = answer(replace(problem, register=held), plan, now=noon)
    begun = [row for row in plan.assignments if row.day <= date(2026, 3, 4)]
    assert found.begun == set(begun)
    assert all(row not in begun for row in found.plan.assignments if row not in found.begun)


def test_a_promise_for_later_gives_way_and_is_told() -> None:
    problem, plan = half()
    lock = Lock("P4", MONDAY + 3 * DAY, "am", "A2")
    problem = replace(problem, register=replace(problem.register, locks=(lock,)))
    found = bad_day(problem, plan, (), DoctorsRule(), DAWN, EFFORT, Onlooker(lambda: 0.0))
    assert [(one.rule, one.patient) for one in found.broken] == [("locked", "P4")]


def test_the_doctors_gap_takes_the_place_of_the_centers() -> None:
    problem, plan = half()
    found = answer(problem, plan, rule=DoctorsRule("Dr Zhao", line=5))
    assert (found.over, {wait.line for wait in found.waits}) == (0, {5})


def test_a_shorter_session_is_only_given_where_the_doctor_allows_it() -> None:
    problem = world(**people(who("P1", minutes=300)), sessions=last_week("P1 A1 am Mon Wed Fri"))
    plan = plan_of(problem, ())
    without = answer(problem, plan)
    assert (without.plan.assignments, without.over) == ((), 7)
    found = answer(problem, plan, rule=DoctorsRule("Dr Zhao", minutes=180))
    assert (found.over, len(found.plan.assignments)) == (0, 3)
    assert {(one.minutes, one.prescribed) for one in found.shortened} == {(240, 300)}


def test_a_week_at_a_time() -> None:
    problem, plan = half()
    longer = replace(problem, weeks=2)
    with pytest.raises(ValueError, match="one week"):
        answer(longer, plan)


def test_a_wait_that_nobody_can_shorten_is_the_bound_at_once() -> None:
    problem, plan = half(crowd=2)
    old = (*problem.register.sessions[:0], *last_week("P2 A1 am Mon Wed Fri"))
    problem = replace(problem, register=replace(problem.register, sessions=old))
    asked = put(problem, plan, (), DoctorsRule(), DAWN)
    assert unavoidable(asked) == 0
    long_ago = booked("P1 A1 am Mon", monday=MONDAY - timedelta(weeks=2))
    problem = replace(problem, register=replace(problem.register, sessions=(*old, *long_ago)))
    asked = put(problem, plan, (), DoctorsRule(), DAWN)
    assert unavoidable(asked) == 11
    assert (answer(problem, plan).over, answer(problem, plan).bound) == (11, 11)


# --- against every plan there is ----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(12))
def test_no_plan_of_a_tiny_center_is_better(seed: int) -> None:
    dice = Random(seed)
    problem, plan, conditions, now = _tiny(dice)
    found = answer(problem, plan, *conditions, now=now)
    asked = put(problem, plan, conditions, DoctorsRule(), now)
    best = min(_values(asked, dict(choice)) for choice in _choices(asked))
    mine = {code: _ahead(asked, found.plan, code) for code in asked.counted.lines}
    assert _values(asked, mine) == best, (seed, found)
    assert found.over == best[0], seed
    assert found.bound == best[0], seed


def _tiny(dice: Random) -> tuple[Problem, Plan, tuple[Condition, ...], datetime]:
    """One shift, some chairs of which one is left, people who came on some days."""
    codes = [f"P{n}" for n in range(1, dice.randint(3, 4) + 1)]
    often = [dice.choice([(3, 3), (3, 3), (2, 2)]) for _ in codes]
    days = ["Mon Wed Fri", "Tue Thu Sat", "Tue Fri", "Thu", ""]
    past = [f"{code} A{n} am {dice.choice(days)}" for n, code in enumerate(codes, 1)]
    problem = world(
        **people(*(who(code, *of) for code, of in zip(codes, often, strict=True))),
        shifts=(_morning(),),
        stations=stations_named("A1 A2 A3 A4"),
        sessions=last_week(*past),
    )
    now = DAWN + timedelta(days=dice.randint(0, 2))
    plan = planned(problem, *(f"{code} A{n} am {dice.choice(days[:3])}"
                              for n, code in enumerate(codes, 1)))  # fmt: skip
    lost = [StationOut(f"A{n}", now) for n in (2, 3, 4)]
    conditions = tuple(Condition(code, flag=dice.choice(list(Flag))) for code in codes)
    return troubled(problem, lost, now), plan, conditions, now


def _ahead(asked: Asked, plan: Plan, code: str) -> tuple[date, ...]:
    rows = plan.by_patient.get(code, ())
    return tuple(row.day for row in rows if row not in asked.begun)


def _choices(asked: Asked) -> Iterator[tuple[tuple[str, tuple[date, ...]], ...]]:
    """Every way to give the days ahead to people, one chair a day."""
    per_patient = [[(code, days) for days in _days(asked, code)] for code in asked.counted.lines]
    for choice in product(*per_patient):
        taken = [day for _, days in choice for day in days]
        if len(taken) == len(set(taken)):
            yield choice


def _days(asked: Asked, code: str) -> Iterator[tuple[date, ...]]:
    """Every legal set of days: rest days kept, no more sessions than prescribed."""
    done = sorted(row.day for row in asked.begun if row.patient == code)
    ahead = [day for day in asked.problem.days if day >= asked.now.date() and day.weekday() < 6]
    last = [row.day for row in asked.problem.history.get(code, ())][-1:]
    frequency = asked.problem.prescriptions[code][0].frequency
    for count in range(frequency.odd - len(done) + 1):
        for days in combinations(ahead, count):
            if all((b - a).days > 1 for a, b in pairwise((*last, *done, *days))):
                yield days


def _values(asked: Asked, chosen: dict[str, tuple[date, ...]]) -> tuple[int, ...]:
    """What is minimized, in its order, worked out from dates."""
    overs = {code: _over(asked.counted, code, days) for code, days in chosen.items()}
    flags: dict[str, Rank] = {rank.patient: rank for rank in asked.ranks}
    counts = [
        sum(over > 0 for code, over in overs.items() if flags[code].flag is flag)
        for flag in (Flag.FIRST, Flag.USUAL, Flag.CAN_WAIT)
    ]
    weight = len(asked.ranks) + 1
    order = sum((weight - flags[code].place) * max(0, over) for code, over in overs.items())
    return (max(0, *overs.values()), *counts, order)


def _over(counted: Waiting, code: str, days: tuple[date, ...]) -> int:
    wait = counted.longest(code, days)
    return 0 if wait is None else wait.over


def test_the_waits_of_an_answer_are_those_of_its_plan() -> None:
    problem, plan = half()
    found = answer(problem, plan)
    asked = put(problem, plan, (), DoctorsRule(), DAWN)
    assert sorted(found.waits, key=lambda one: one.patient) == list(
        waits(asked.counted, found.plan)
    )
    first = found.next_session
    assert all(isinstance(row, Assignment) for row in first.values())
