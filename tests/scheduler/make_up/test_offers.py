"""Every offer for a missed session is legal, and the least harmful stands first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest

from domain.calendar import DAY, Turn
from domain.center import Modality
from domain.draft import Move, Outdated, moved
from domain.offer import Offer
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.check import check
from scheduler.effort import Effort
from scheduler.make_up.offers import CONSECUTIVE, offers, unmade
from scheduler.planner import Onlooker, make_plan
from tests.scheduler.worlds import (
    MONDAY,
    booked,
    last_week,
    machine,
    nurses,
    people,
    planned,
    stations_named,
    who,
    world,
)

MONDAY_NOON = datetime(2026, 3, 2, 12)
TUESDAY_NOON = datetime(2026, 3, 3, 12)


def row(plan: Plan, patient: str, day: date) -> Assignment:
    return next(one for one in plan.by_patient[patient] if one.day == day)


def said(found: tuple[Offer, ...]) -> list[tuple[str, str, str]]:
    return [(f"{one.session.day:%a}", one.session.shift, one.session.station) for one in found]


def test_a_session_missed_in_the_morning_is_offered_the_same_afternoon() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Mon Wed Fri"))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    found = offers(problem, plan, row(plan, "P1", MONDAY), MONDAY_NOON)
    assert said(found)[0] == ("Mon", "pm", "A1")
    first = found[0]
    assert first.moves == (Move(row(plan, "P1", MONDAY), first.session),)
    assert (first.hours, first.band, first.own, first.others) == (6, 0, 0, ())
    assert first.wait is not None
    assert (first.wait.days, first.over) == (3, 0)


def test_the_day_after_moves_the_sessions_that_would_follow_too_soon() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Mon Wed Fri"))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    found = offers(problem, plan, row(plan, "P1", MONDAY), MONDAY_NOON)
    tuesday = next(one for one in found if one.session.day == MONDAY + DAY)
    assert (tuesday.own, tuesday.hours, tuesday.judged.legal) == (2, 24, True)
    assert [one.rule for one in tuesday.judged.left] == ["longest_gap"]
    days = [one.after.day for one in tuesday.moves if one.after]
    assert days == [MONDAY + DAY, MONDAY + 3 * DAY, MONDAY + 5 * DAY]


def test_the_doctor_may_allow_days_in_a_row() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Tue Thu Sat"))
    plan = planned(problem, "P1 A1 am Tue Thu Sat")
    missed = row(plan, "P1", MONDAY + 3 * DAY)
    thursday = datetime(2026, 3, 5, 20)
    assert offers(problem, plan, missed, thursday) == ()
    found = offers(problem, plan, missed, thursday, waived=CONSECUTIVE)
    assert {one.session.day for one in found} == {MONDAY + 4 * DAY}
    assert [one.rule for one in found[0].judged.waived] == ["rest_day"]
    assert found[0].judged.legal


def test_without_an_offer_it_is_told_how_long_the_patient_waits() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Tue Thu Sat"))
    plan = planned(problem, "P1 A1 am Tue Thu Sat")
    missed = row(plan, "P1", MONDAY + 3 * DAY)
    wait = unmade(problem, plan, missed, datetime(2026, 3, 5, 20))
    assert wait is not None
    assert (wait.since, wait.until, wait.days) == (MONDAY + DAY, MONDAY + 5 * DAY, 4)


def full(**tables: Any) -> tuple[Problem, Plan]:
    """One chair, two shifts: P1 in the morning, P2 in the afternoon of the same days."""
    problem = world(
        **people(who("P1"), who("P2")),
        stations=stations_named("A1"),
        sessions=last_week("P1 A1 am Mon Wed Fri", "P2 A1 pm Mon Wed Fri"),
        **tables,
    )
    return problem, planned(problem, "P1 A1 am Mon Wed Fri", "P2 A1 pm Mon Wed Fri")


def test_a_session_told_beforehand_is_offered_where_somebody_takes_the_place() -> None:
    problem, plan = full()
    wednesday = row(plan, "P1", MONDAY + 2 * DAY)
    found = offers(problem, plan, wednesday, TUESDAY_NOON)
    afternoon = next(one for one in found if one.session.turn == Turn(wednesday.day, "pm"))
    assert afternoon.others == ("P2",)
    assert afternoon.moves[1:] == (
        Move(
            Assignment(wednesday.day, "pm", "A1", "P2"),
            Assignment(wednesday.day, "am", "A1", "P2"),
        ),
    )


def test_the_missed_turn_itself_is_never_offered() -> None:
    problem, plan = full()
    wednesday = row(plan, "P1", MONDAY + 2 * DAY)
    found = offers(problem, plan, wednesday, TUESDAY_NOON, 168)
    assert all(one.session.turn != wednesday.turn for one in found)


def test_others_change_stations_before_anybody_changes_the_turn() -> None:
    problem = world(
        **people(who("P1", modality=Modality.HDF), who("P2")),
        machines=(machine("A1", Modality.HD, Modality.HDF), machine("A2")),
        sessions=last_week("P1 A1 am Mon Wed Fri", "P2 A1 pm Mon Wed Fri"),
    )
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A1 pm Mon Wed Fri")
    found = offers(problem, plan, row(plan, "P1", MONDAY), MONDAY_NOON)
    assert said(found)[0] == ("Mon", "pm", "A1")
    assert (found[0].others, found[0].reseated) == ((), ("P2",))


def test_a_turn_without_a_nurse_for_one_more_is_full() -> None:
    problem, plan = full(staffing=nurses("A", am=1, pm=0))
    assert all(
        one.session.shift == "am"
        for one in offers(problem, plan, row(plan, "P1", MONDAY), MONDAY_NOON, 168)
    )


def test_nothing_is_offered_later_than_asked_for_or_in_a_turn_that_has_begun() -> None:
    problem = world(**people(who("P1")), sessions=last_week("P1 A1 am Mon Wed Fri"))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    missed = row(plan, "P1", MONDAY)
    assert {one.session.day for one in offers(problem, plan, missed, MONDAY_NOON, 12)} == {MONDAY}
    evening = datetime(2026, 3, 2, 19)
    assert all(one.session.day > MONDAY for one in offers(problem, plan, missed, evening))


def test_a_session_that_is_not_in_the_plan_cannot_be_made_up() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    with pytest.raises(Outdated):
        offers(problem, plan, Assignment(MONDAY, "pm", "A1", "P1"), MONDAY_NOON)


def test_in_the_second_week_of_a_plan_the_first_one_counts_as_known() -> None:
    problem = world(weeks=2, **people(who("P1")), sessions=last_week("P1 A1 am Mon Wed Fri"))
    both = (
        *booked("P1 A1 am Mon Wed Fri"),
        *booked("P1 A1 am Mon Wed Fri", monday=MONDAY + timedelta(weeks=1)),
    )
    plan = Plan.of(MONDAY, 2, both)
    second = MONDAY + timedelta(weeks=1)
    found = offers(problem, plan, row(plan, "P1", second), datetime(2026, 3, 9, 12))
    assert found[0].session.turn == Turn(second, "pm")
    assert found[0].wait is not None
    assert found[0].wait.days == 3


# --- against every week there is ----------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_no_week_of_a_tiny_center_moves_fewer_others(seed: int) -> None:
    dice = Random(seed)
    problem, plan = _tiny(dice)
    missed = dice.choice(plan.assignments)
    start = problem.shift[missed.shift].interval(missed.day).start
    now = start + timedelta(minutes=dice.choice([-600, 30]))
    found = {one.session.turn: one for one in offers(problem, plan, missed, now, 60)}
    base = moved(plan, (Move(missed, None),))
    before = {(one.rule, one.patient) for one in check(problem, base).broken}
    for turn, offer in found.items():
        after = moved(plan, offer.moves)
        fresh = {(one.rule, one.patient) for one in check(problem, after).broken} - before
        assert fresh == set(), (seed, turn)
        assert offer.session.turn == turn
    for turn in _in_time(problem, missed, now):
        least = _fewest(problem, base, missed, turn, now)
        if turn in found and len(found[turn].others) < 2:
            assert least == len(found[turn].others), (seed, turn)
        else:
            assert least is None, (seed, turn)
    harms = [one.harm for one in offers(problem, plan, missed, now, 60)]
    assert harms == sorted(harms)


def test_the_tiny_centers_have_offers_with_and_without_others() -> None:
    seen: Counter[int] = Counter()
    for seed in range(20):
        dice = Random(seed)
        problem, plan = _tiny(dice)
        missed = dice.choice(plan.assignments)
        start = problem.shift[missed.shift].interval(missed.day).start
        now = start + timedelta(minutes=dice.choice([-600, 30]))
        seen.update(len(one.others) for one in offers(problem, plan, missed, now, 60))
    assert {0, 1} <= set(seen)


def _tiny(dice: Random) -> tuple[Problem, Plan]:
    """Two chairs alike, two shifts, people three or two times a week, planned well."""
    codes = [f"P{n}" for n in range(1, dice.randint(4, 8) + 1)]
    often = [dice.choice([(3, 3), (3, 3), (2, 2)]) for _ in codes]
    base = world(**people(*(who(code, *of) for code, of in zip(codes, often, strict=True))))
    effort = Effort(seconds=20, workers=1, deterministic=True)
    plan = make_plan(base, effort, Onlooker(lambda: 0.0)).plan
    week = timedelta(weeks=1)
    history = tuple(replace(one, day=one.day - week) for one in plan.assignments)
    register = replace(base.register, sessions=history)
    return replace(base, register=register), plan


def _in_time(problem: Problem, missed: Assignment, now: datetime) -> list[Turn]:
    start = problem.shift[missed.shift].interval(missed.day).start
    return [
        turn
        for turn in problem.turns
        if now < _begin(problem, turn) <= start + timedelta(hours=60) and turn != missed.turn
    ]


def _begin(problem: Problem, turn: Turn) -> datetime:
    return problem.shift[turn.shift].interval(turn.day).start


def _fewest(
    problem: Problem, base: Plan, missed: Assignment, turn: Turn, now: datetime
) -> int | None:
    """None or one other person at another time, if any week makes the session up first in this
    turn; `None` if that is not enough."""
    left = [one for one in problem.turns if _begin(problem, one) > now]
    ahead = [one for one in left if one != missed.turn]
    others = [one for one in base.assignments if one.patient != missed.patient]
    mine = [row.turn for row in base.by_patient.get(missed.patient, ())]
    kept = [one for one in mine if one not in ahead]
    before = {(one.rule, one.patient) for one in check(problem, base).broken}
    owed = {rule for rule, patient in before if patient == missed.patient}
    for count in (0, 1):
        for week in combinations(ahead, len(mine) - len(kept) + 1):
            fresh = [one for one in week if one not in mine]
            if not fresh or fresh[0] != turn:
                continue
            for rows in _with_moves(others, left, count):
                turns = [*((missed.patient, one) for one in (*kept, *week)),
                         *((row.patient, row.turn) for row in rows)]  # fmt: skip
                after = _seated(problem, turns)
                if after is not None and _legal(problem, after, before, missed.patient, owed):
                    return count
    return None


def _with_moves(
    others: list[Assignment], ahead: list[Turn], count: int
) -> Iterator[list[Assignment]]:
    if not count:
        yield others
        return
    for number, row in enumerate(others):
        if row.turn in ahead:
            for turn in ahead:
                if turn != row.turn:
                    other = replace(row, day=turn.day, shift=turn.shift)
                    yield [*others[:number], other, *others[number + 1 :]]


def _seated(problem: Problem, turns: list[tuple[str, Turn]]) -> Plan | None:
    """At whatever chairs, as they are all alike; `None` if there are too few."""
    taken: Counter[Turn] = Counter()
    rows = []
    for patient, turn in turns:
        taken[turn] += 1
        if taken[turn] > len(problem.station):
            return None
        rows.append(Assignment(turn.day, turn.shift, f"A{taken[turn]}", patient))
    return Plan.of(problem.first_day, 1, rows)


def _legal(
    problem: Problem,
    after: Plan,
    before: set[tuple[str, str | None]],
    patient: str,
    owed: set[str],
) -> bool:
    return all(
        (one.rule, one.patient) in before and one.patient == patient and one.rule in owed
        for one in check(problem, after).broken
    )
