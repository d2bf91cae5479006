from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import permutations
from random import Random
from typing import Any

import numpy as np
from ortools.util.python.solve_interrupter import SolveInterrupter

from domain.calendar import Turn
from domain.center import Closure, Hold
from domain.need import wanted_sessions
from domain.patient import Marker
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.shortage import Cap, Unplaced
from scheduler.check import check
from scheduler.explain import hitting_set, reasons
from scheduler.planner import Onlooker, build_model, make_plan
from scheduler.search import Effort
from scheduler.walks import zone_masks
from scheduler.weeks import may_follow, weeks_of
from tests.scheduler.tight_worlds import HARD, OWN, WHOLE_WEEK, tight_problem
from tests.scheduler.worlds import (
    CENTER,
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
)

THRICE = replace(MORNING, weekdays=weekdays("Mon Wed Fri"))
ONE_SHIFT: dict[str, Any] = {"shifts": (THRICE,)}
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
        "P3, week of 2026-03-02: 0 of 3 sessions; each of 1 legal weeks needs a seat that is "
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
    assert str(obstacle.words) == (
        "Zone A on 2026-03-02: 1 of 1 seats, the others are held back"
    )
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
    problem = world(weeks=2, **people(who("P1")))
    plan = two_weeks(problem, ["P1 A1 am Mon Wed Fri"], [])
    (unplaced,) = reasons(problem, plan)
    assert unplaced.monday == problem.mondays[1]
    assert unplaced.room[0].day == problem.mondays[1]


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


def better_weeks(problem: Problem, plan: Plan, unplaced: Unplaced) -> list[set[tuple[str, Turn]]]:
    """The seats that each fuller legal week would need, straight from the search's list."""
    model = build_model(problem, HARD)
    zones = tuple(zone_masks(model).items())
    weeks = weeks_of(model, unplaced.patient, unplaced.monday, zones, (0,))
    found = []
    for choice in weeks.choice:
        berths = [weeks.berths[i] for i in choice if i >= 0]
        if len(berths) > unplaced.planned:
            found.append({(berth.zone, berth.turn) for berth in berths})
    assert not plan.weeks > 1 and may_follow
    return found
