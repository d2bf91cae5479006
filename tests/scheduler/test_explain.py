from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import permutations
from random import Random
from typing import Any

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from domain.calendar import Turn
from domain.center import Closure, Hold, Infection
from domain.patient import Marker
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.shortage import Cap, Unplaced
from scheduler.effort import Effort
from scheduler.explain import hitting_set, reasons
from scheduler.planner import Onlooker, build_model, make_plan
from scheduler.walks import zone_masks
from scheduler.weeks import weeks_of
from tests.scheduler.tight_worlds import HARD, Oracle, tight_problem
from tests.scheduler.worlds import (
    CENTER,
    MONDAY,
    MORNING,
    blood_tests,
    nurses,
    on,
    people,
    planned,
    row,
    stations_named,
    two_weeks,
    weekdays,
    who,
    world,
    zone,
)

THRICE = replace(MORNING, weekdays=weekdays("Mon Wed Fri"))
ONE_SHIFT: dict[str, Any] = {"shifts": (THRICE,)}
Cell = tuple[str, Turn]
BOTH_SEATED = ("P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")


def three(**tables: Any) -> Problem:
    """Three patients for two stations on three mornings."""
    persons = people(*(who(code) for code in ("P1", "P2", "P3")))
    return world(**{**ONE_SHIFT, **persons, **tables})


# --- by hand ----------------------------------------------------------------------------------


def test_a_full_shift_is_in_the_way_and_the_arithmetic_says_that_somebody_must_stay_out() -> None:
    problem = three()
    (unplaced,) = reasons(problem, planned(problem, *BOTH_SEATED))
    assert (unplaced.patient, unplaced.wanted, unplaced.planned, unplaced.missing) == (
        "P3", 3, 0, 3,
    )  # fmt: skip
    assert str(unplaced.words) == (
        "P3, week of 2026-03-02: 0 of 3 sessions; the only legal week needs a seat that is "
        "taken: Zone A on 2026-03-02: 2 of 2 seats"
    )
    assert unplaced.shortfall is not None
    assert (unplaced.shortfall.needed, unplaced.shortfall.seats, unplaced.shortfall.short) == (
        9, 6, 3,
    )  # fmt: skip


def test_a_plan_in_which_everybody_has_a_place_needs_no_reasons() -> None:
    problem = world(**people(who("P1")))
    assert reasons(problem, planned(problem, "P1 A1 am Mon Wed Fri")) == ()


def test_a_patient_who_was_only_forgotten_is_told_where_there_is_room() -> None:
    problem = world(**people(who("P1"), who("P2")))
    (unplaced,) = reasons(problem, planned(problem, "P1 A1 am Mon Wed Fri"))
    assert (unplaced.obstacles, len(unplaced.room)) == ((), 3)
    assert str(unplaced.words) == (
        "P2, week of 2026-03-02: 0 of 3 sessions, though there is room in "
        "2026-03-02 morning, 2026-03-04 morning, 2026-03-06 morning"
    )


def test_who_has_no_legal_week_is_told_which_facts_clash() -> None:
    problem = world(**people(who("P1", minutes=300)))
    (unplaced,) = reasons(problem, planned(problem))
    assert unplaced.clash is not None
    assert unplaced.words == unplaced.clash.words
    assert [fact.rule for fact in unplaced.clash.facts] == ["fits_shift"]


def test_nurses_and_held_stations_are_told_from_stations() -> None:
    held = three(holds=(Hold("A", 1, "emergency"),), **people(who("P1"), who("P2")))
    (unplaced,) = reasons(held, planned(held, "P1 A1 am Mon Wed Fri"))
    (obstacle,) = unplaced.obstacles
    assert (obstacle.place.cap, obstacle.taken, obstacle.place.seats) == (Cap.HELD, 1, 1)
    assert str(obstacle.words) == ("Zone A on 2026-03-02: 1 of 1 seats, the others are held back")
    alone = three(
        staffing=nurses("A", am=1),
        rules=(row("nurse_ratio", limit=1),),
        **people(who("P1"), who("P2")),
    )
    (unplaced,) = reasons(alone, planned(alone, "P1 A1 am Mon Wed Fri"))
    assert [str(one.words) for one in unplaced.obstacles] == [
        "Zone A on 2026-03-02: 1 of 1 that the nurses may care for"
    ]


def test_a_week_that_misses_one_session_is_explained_by_the_fuller_weeks() -> None:
    problem = three(
        center=replace(CENTER, partial_weeks=True),
        closures=(Closure(on("Wed"), "repair", station="A2"),),
        **people(who("P1"), who("P2")),
    )
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon")
    (unplaced,) = reasons(problem, plan)
    assert (unplaced.patient, unplaced.planned, unplaced.missing) == ("P2", 1, 2)
    assert [str(one.words) for one in unplaced.obstacles] == ["Zone A on 2026-03-04: 1 of 1 seats"]


def test_the_week_before_decides_how_the_next_one_may_begin() -> None:
    problem = world(
        weeks=2,
        shifts=(MORNING,),
        stations=stations_named("A1"),
        **people(who("P1"), who("P2")),
    )
    then = ["P1 A1 am Mon Wed Fri"]
    free = two_weeks(problem, [], then)
    assert [one.room[0].day.day for one in reasons(problem, free) if one.monday.day == 9] == [10]
    bound = two_weeks(problem, ["P2 A1 am Mon Wed Fri"], then)
    late = next(one for one in reasons(problem, bound) if one.patient == "P2")
    assert [str(one.words) for one in late.obstacles] == ["Zone A on 2026-03-09: 1 of 1 seats"]


def test_a_hitting_set_meets_every_row_and_has_nothing_to_spare() -> None:
    for seed in range(200):
        dice = np.random.default_rng(seed)
        hit = dice.random((dice.integers(1, 12), dice.integers(1, 8))) < 0.4
        hit = hit[hit.any(axis=1)]
        chosen = hitting_set(hit)
        assert hit[:, chosen].any(axis=1).all()
        for column in chosen:
            rest = [one for one in chosen if one != column]
            assert not hit[:, rest].any(axis=1).all(), f"seed {seed}"


# --- against plans made and tried again -------------------------------------------------------


def solved(problem: Problem) -> Plan:
    onlooker = Onlooker(lambda: 0.0, SolveInterrupter())
    return make_plan(problem, Effort(seconds=None, deterministic=True), onlooker).plan


def better_weeks(problem: Problem, unplaced: Unplaced) -> list[set[Cell]]:
    """The seats that each fuller legal week needs, straight from the search's list."""
    model = build_model(problem, HARD)
    zones = tuple(zone_masks(model).items())
    weeks = weeks_of(model, unplaced.patient, unplaced.monday, zones, (0,))
    found = ([weeks.berths[i] for i in choice if i >= 0] for choice in weeks.choice)
    return [
        {(berth.zone, berth.turn) for berth in week}
        for week in found
        if len(week) > unplaced.planned
    ]


def has_room(oracle: Oracle, plan: Plan, patient: str, cell: Cell) -> bool:
    """Whether everybody there and the patient too can be seated, by trying every way."""
    zone, turn = cell
    stations = oracle.problem.zone_stations[zone]
    there = {row.patient for row in plan.by_turn.get(turn, ()) if row.station in stations}
    crowd = sorted(there | {patient})
    if len(crowd) > oracle.room[cell]:
        return False
    return any(
        all(
            oracle.legal((Assignment(*turn, code, one),), alone=True)
            for one, code in zip(crowd, seats, strict=True)
        )
        for seats in permutations(stations, len(crowd))
    )


def cells_of(problem: Problem, unplaced: Unplaced) -> set[Cell]:
    return {
        (obstacle.place.zone, turn)
        for obstacle in unplaced.obstacles
        for turn in problem.turns
        if obstacle.place.shift in (None, turn.shift)
        if not obstacle.place.days or turn.day in obstacle.place.days
    }


def explained(oracle: Oracle, plan: Plan, unplaced: Unplaced) -> str:
    """How the patient's week was explained, after trying the explanation."""
    problem = oracle.problem
    weeks = better_weeks(problem, unplaced)
    assert unplaced.weeks == len(weeks)
    assert (unplaced.clash is None) or not weeks
    if unplaced.room:
        turns = set(unplaced.room)
        free = [week for week in weeks if {turn for _, turn in week} == turns]
        assert any(
            all(has_room(oracle, plan, unplaced.patient, cell) for cell in week) for week in free
        )
        return "room"
    cells = cells_of(problem, unplaced)
    if cells:
        assert not any(has_room(oracle, plan, unplaced.patient, cell) for cell in cells)
        assert all(week & cells for week in weeks)
        for cell in cells:
            assert any(not week & (cells - {cell}) for week in weeks)
        return "full"
    assert weeks == []
    return "clash" if unplaced.clash else "no more"


def test_every_explanation_holds_when_it_is_tried() -> None:
    outcomes = Counter[str]()
    for seed in range(40):
        problem = tight_problem(Random(seed), gaps=True)
        oracle, plan = Oracle(problem), solved(problem)
        short = {
            patient
            for patient in problem.patient
            if len(plan.by_patient.get(patient, ())) < oracle.wanted(patient)
        }
        told = reasons(problem, plan)
        assert {one.patient for one in told} == short
        for one in told:
            assert one.missing == one.wanted - one.planned > 0
            outcomes[explained(oracle, plan, one)] += 1
    assert min(outcomes[kind] for kind in ("full", "clash")) >= 10
    assert outcomes["room"] == 0, "a proven plan leaves no room unused"


def test_a_patient_who_is_taken_out_of_a_plan_is_told_that_there_is_room() -> None:
    tried = 0
    for seed in range(20):
        problem = tight_problem(Random(seed), gaps=True)
        plan = solved(problem)
        for patient in plan.by_patient:
            rows = [row for row in plan.assignments if row.patient != patient]
            rest = Plan.of(plan.first_day, plan.weeks, rows)
            found = {one.patient: one for one in reasons(problem, rest)}
            assert explained(Oracle(problem), rest, found[patient]) == "room", f"seed {seed}"
            tried += 1
    assert tried >= 20


def test_a_proven_shortfall_is_told_to_exactly_those_whom_it_concerns() -> None:
    problem = world(
        zones=(zone("A", Infection.NEGATIVE), zone("C", Infection.HCV)),
        stations=stations_named("A1 C1"),
        shifts=(THRICE,),
        serology=tuple(
            report
            for code in ("P1", "P2", "P3")
            for report in blood_tests(code, MONDAY, *([Marker.ANTI_HCV] if code != "P3" else []))
        ),
        **people(who("P1"), who("P2"), who("P3")),
    )
    told = {one.patient: one for one in reasons(problem, planned(problem, "P1 C1 am Mon Wed Fri"))}
    assert (told["P3"].shortfall, len(told["P3"].room)) == (None, 3)
    assert str(told["P2"].shortfall and told["P2"].shortfall.words) == (
        "6 sessions of P1, P2 can be nowhere but in Zone C at all times, with 3 seats: "
        "3 cannot be held"
    )
