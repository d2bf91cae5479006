from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import time
from random import Random

from ortools.util.python.solve_interrupter import SolveInterrupter

from domain.calendar import Turn
from domain.center import Closure, Hold, Modality, Shift
from domain.need import wanted_sessions
from domain.plan import Assignment
from domain.problem import Problem
from domain.register import Register
from domain.shortage import Cap, Capacity, Place, Shortfall, Tally
from domain.words import Label
from scheduler.capacity import capacity
from scheduler.effort import Effort
from scheduler.planner import Onlooker, build_model, make_plan
from tests.scheduler.random_worlds import random_problem
from tests.scheduler.tight_worlds import Oracle, tight_problem
from tests.scheduler.worlds import (
    MONDAY,
    MORNING,
    last_week,
    machine,
    nurses,
    on,
    people,
    row,
    stations_named,
    weekdays,
    who,
    works,
    world,
    zone,
)

THRICE = weekdays("Mon Wed Fri")
EVENING = Shift("eve", Label("evening", "晚班"), time(18), time(22, 30), THRICE, 30)


# --- by hand ----------------------------------------------------------------------------------


def test_five_workers_who_can_only_come_in_the_evening_do_not_fit_on_four_stations() -> None:
    five = [who(f"P{number}") for number in range(1, 6)]
    problem = world(
        zones=(zone("A"), zone("C")),
        stations=stations_named("C1 C2 C3 C4"),
        shifts=(replace(MORNING, weekdays=THRICE), EVENING),
        work_shifts=tuple(works(p.patient.code, "Mon Wed Fri", time(8), time(16)) for p in five),
        **people(*five),
    )
    found = capacity(problem)
    assert [str(shortfall.words) for shortfall in found.total.shortfalls] == [
        "15 sessions of P1, P2, P3, P4, P5 can be nowhere but in Zone C evening every day, "
        "with 12 seats: 3 cannot be held"
    ]
    evening = next(tally for tally in found.shifts if tally.shift == "eve")
    assert (evening.wanted, evening.most, evening.possible, evening.short) == (15, 15, 12, 3)
    assert (found.total.possible, found.short, found.patients) == (24, 3, 1)


def test_where_everybody_fits_nothing_is_short() -> None:
    found = capacity(world(**people(*(who(f"P{n}") for n in range(1, 9)))))
    assert (found.total.wanted, found.total.possible) == (24, 24)
    assert (found.short, found.patients, found.total.shortfalls) == (0, 0, ())


def test_more_sessions_than_seats_are_counted_even_where_every_patient_alone_would_fit() -> None:
    found = capacity(world(**people(*(who(f"P{n}") for n in range(1, 11)))))
    total = found.total
    assert (total.wanted, total.possible, total.short, found.patients) == (30, 24, 6, 2)
    assert str(total.shortfalls[0].words) == (
        "30 sessions of 10 patients can be nowhere but in Zone A at all times, with 24 seats: "
        "6 cannot be held"
    )


def test_what_is_held_back_or_lacks_a_nurse_is_no_seat() -> None:
    problem = world(
        stations=stations_named("A1 A2 A3 A4 A5"),
        holds=(Hold("A", 1, "emergency"),),
        staffing=nurses("A", am=1, pm=0),
        rules=(row("nurse_ratio", limit=3),),
        closures=(Closure(on("Mon"), "repair", station="A5", shift="am"),),
        **people(who("P1")),
    )
    found = capacity(problem)
    by_shift = {tally.shift: tally for tally in found.shifts}
    assert seats(by_shift["am"]) == (29, 6, 5, 18, Cap.NURSES)
    assert seats(by_shift["pm"]) == (30, 6, 24, 0, Cap.NURSES)
    assert seats(found.total) == (59, 12, 29, 18, Cap.NURSES)


def test_holds_alone_are_named_as_what_caps_the_zone() -> None:
    problem = world(holds=(Hold("A", 1, "emergency"),), **people(*map(who, ("P1", "P2", "P3"))))
    tally = capacity(replace(problem, register=with_shifts(problem, "Mon Wed Fri"))).total
    assert (*seats(tally), tally.short) == (12, 6, 0, 6, Cap.HELD, 3)
    assert [place.cap for one in tally.shortfalls for place in one.places] == [Cap.HELD]


def test_a_rule_that_is_switched_off_takes_nothing_away() -> None:
    off = tuple(row(name, enabled=False) for name in ("held_back", "nurse_ratio", "open_station"))
    problem = world(
        holds=(Hold("A", 1, "emergency"),),
        staffing=nurses("A", am=0),
        closures=(Closure(on("Mon"), "repair"),),
        rules=off,
        **people(who("P1")),
    )
    assert seats(capacity(problem).total) == (24, 0, 0, 24, Cap.STATIONS)


def test_who_was_last_here_on_friday_must_come_on_monday() -> None:
    friday = [f"P{n} A1 am Fri" for n in range(1, 6)]
    persons = people(*(who(f"P{n}") for n in range(1, 6)))
    found = capacity(world(sessions=last_week(*friday), **persons))
    monday = found.days[0]
    assert (monday.wanted, monday.most, monday.possible, monday.short) == (5, 5, 4, 1)
    assert str(monday.shortfalls[0].words) == (
        "5 sessions of P1, P2, P3, P4, P5 can be nowhere but in Zone A on 2026-03-02, "
        "with 4 seats: 1 cannot be held"
    )
    assert (found.total.short, found.short, found.patients) == (0, 1, 1)


def test_a_free_seat_on_a_day_on_which_the_patient_sits_already_is_no_help() -> None:
    problem = world(
        closures=(Closure(on("Thu"), "inspection", shift="pm"),),
        **people(*(who(f"P{n}", odd=2, even=2) for n in range(1, 4))),
    )
    found = capacity(replace(problem, register=with_shifts(problem, "Mon Thu")))
    assert (found.total.wanted, found.total.possible, found.total.short) == (6, 6, 1)
    assert str(found.total.shortfalls[0].words) == (
        "3 sessions of P1, P2, P3 can be nowhere but in Zone A on 2026-03-05, with 2 seats: "
        "1 cannot be held"
    )


def test_stations_for_a_modality_are_a_place_of_their_own() -> None:
    both = (machine("A1", Modality.HD, Modality.HDF), machine("A2"), machine("A3"))
    persons = [who(f"P{n}", modality=Modality.HDF) for n in range(1, 4)]
    problem = world(
        stations=stations_named("A1 A2 A3"), machines=both, **people(*persons, who("P4"))
    )
    problem = replace(problem, register=with_shifts(problem, "Mon Wed Fri"))
    found = capacity(problem)
    by_modality = {tally.modality: tally for tally in found.modalities}
    hd, hdf = by_modality[Modality.HD], by_modality[Modality.HDF]
    assert (hd.wanted, hd.possible, hd.short) == (3, 18, 0)
    assert (hdf.wanted, hdf.possible, hdf.short) == (9, 6, 3)
    assert [str(place.words) for place in hdf.shortfalls[0].places] == [
        "Zone A at all times, stations for HDF"
    ]


def test_zones_that_share_patients_are_also_counted_together() -> None:
    problem = world(
        zones=(zone("A"), zone("B")),
        stations=stations_named("A1 B1"),
        **people(who("P1"), who("P2")),
    )
    found = {tally.zones: (tally.wanted, tally.most, tally.possible) for tally in
             capacity(problem).zones}  # fmt: skip
    assert found == {("A",): (0, 6, 12), ("B",): (0, 6, 12), ("A", "B"): (6, 6, 24)}


def test_a_patient_without_a_legal_week_belongs_to_no_zone_and_is_short() -> None:
    problem = world(**people(who("P1", minutes=300), who("P2")))
    found = capacity(problem)
    nowhere = next(tally for tally in found.zones if tally.zones == ())
    assert (nowhere.wanted, nowhere.possible, nowhere.short) == (3, 0, 3)
    assert [str(one.words) for one in found.total.shortfalls] == [
        "P1: 3 sessions wanted, the patient's own week leaves room for 0"
    ]
    assert (found.short, found.patients) == (3, 1)


def test_every_week_of_a_longer_horizon_is_counted_by_itself() -> None:
    closed = (Closure(on("Mon", MONDAY), "holiday"),)
    problem = world(weeks=2, closures=closed, **people(who("P1", odd=3, even=2)))
    found = capacity(problem)
    assert [(week.monday, week.wanted, week.possible) for week in found.weeks] == [
        (MONDAY, 3, 20),
        (problem.mondays[1], 2, 24),
    ]
    assert len(found.days) == 12


def test_a_model_that_is_there_already_gives_the_same_answer() -> None:
    problem = tight_problem(Random(3), gaps=True)
    assert capacity(problem, model=build_model(problem)) == capacity(problem)


def seats(tally: Tally) -> tuple[int, int, int, int, Cap]:
    return tally.stations, tally.held, tally.unstaffed, tally.possible, tally.cap


def with_shifts(problem: Problem, days: str) -> Register:
    shifts = tuple(replace(shift, weekdays=weekdays(days)) for shift in problem.register.shifts)
    return replace(problem.register, shifts=shifts)


# --- against everything tried out -------------------------------------------------------------


def test_without_gap_rules_the_shortfall_is_exactly_what_no_plan_can_seat() -> None:
    outcomes = Counter[bool]()
    for seed in range(60):
        problem = tight_problem(Random(seed), gaps=False)
        least = Oracle(problem).least(sessions=True)
        assert capacity(problem).total.short == least, f"seed {seed}"
        outcomes[least > 0] += 1
    assert min(outcomes[True], outcomes[False]) >= 3


def test_no_shortfall_claims_more_than_the_best_of_all_plans_is_missing() -> None:
    outcomes = Counter[str]()
    for seed in range(60):
        problem = tight_problem(Random(seed), gaps=True)
        oracle, found = Oracle(problem), capacity(problem)
        least = oracle.least(sessions=True)
        assert max(tally.short for tally in tallies(found)) == found.short <= least, f"seed {seed}"
        assert found.patients <= oracle.least(sessions=False), f"seed {seed}"
        outcomes["short" if found.short else "enough"] += 1
        outcomes["exact" if found.short == least else "below"] += 1
    assert min(outcomes.values()) >= 2
    assert len(outcomes) == 4


def test_every_part_is_short_by_at_least_the_plain_difference() -> None:
    for seed in range(40):
        problem = tight_problem(Random(seed), gaps=seed % 2 == 0)
        for tally in tallies(capacity(problem)):
            assert tally.short >= tally.wanted - tally.possible, f"seed {seed}"
            assert tally.short == sum(one.short for one in tally.shortfalls)
            assert tally.most >= tally.wanted
            assert tally.possible == tally.stations - tally.held - tally.unstaffed >= 0


def test_every_witness_holds_when_counted_again_by_hand() -> None:
    checked = 0
    for seed in range(60):
        problem = tight_problem(Random(seed), gaps=seed % 2 == 0)
        oracle = Oracle(problem)
        for tally in tallies(capacity(problem)):
            for shortfall in tally.shortfalls:
                assert shortfall.short == shortfall.needed - shortfall.seats > 0
                if shortfall.places:
                    checked += 1
                    assert counted_seats(oracle, shortfall) == shortfall.seats, f"seed {seed}"
                    assert counted_need(oracle, shortfall) >= shortfall.needed, f"seed {seed}"
                else:
                    (patient,) = shortfall.patients
                    assert longest(oracle, patient) == shortfall.seats, f"seed {seed}"
    assert checked >= 40


def tallies(found: Capacity) -> tuple[Tally, ...]:
    parts = (found.weeks, found.zones, found.modalities, found.shifts, found.days)
    return (found.total, *(tally for part in parts for tally in part))


def turns_of(problem: Problem, place: Place) -> list[Turn]:
    return [
        turn
        for turn in problem.turns
        if place.shift in (None, turn.shift) and (not place.days or turn.day in place.days)
    ]


def counted_seats(oracle: Oracle, shortfall: Shortfall) -> int:
    """Seats of the places, each turn at most what the zone may take."""
    total = 0
    for place in shortfall.places:
        stations = place.stations or oracle.problem.zone_stations[place.zone]
        for turn in turns_of(oracle.problem, place):
            open_ = sum(oracle.problem.is_open(code, turn) for code in stations)
            total += min(open_, oracle.room[place.zone, turn])
    return total


def counted_need(oracle: Oracle, shortfall: Shortfall) -> int:
    """The fewest sessions that the patients have in the places, or lack of the most that
    they could have, in any legal weeks."""

    def inside(one: Assignment) -> bool:
        zone_code = oracle.problem.station[one.station].zone
        return any(
            place.zone == zone_code
            and one.turn in turns_of(oracle.problem, place)
            and (not place.stations or one.station in place.stations)
            for place in shortfall.places
        )

    return sum(
        min(
            sum(map(inside, week)) + longest(oracle, patient) - len(week)
            for week in oracle.weeks[patient]
        )
        for patient in shortfall.patients
    )


def longest(oracle: Oracle, patient: str) -> int:
    return max(map(len, oracle.weeks[patient]))


def test_a_proven_plan_never_misses_less_than_the_arithmetic_says() -> None:
    short = 0
    for seed in range(30):
        problem = random_problem(Random(seed))
        found = capacity(problem)
        onlooker = Onlooker(lambda: 0.0, SolveInterrupter())
        planned = make_plan(problem, Effort(seconds=None, deterministic=True), onlooker)
        missing = [
            wanted - len(planned.plan.by_week.get((patient, monday), ()))
            for patient in problem.patient
            for monday in problem.mondays
            if (wanted := wanted_sessions(problem, patient, monday))
        ]
        assert sum(max(0, one) for one in missing) >= found.short, f"seed {seed}"
        assert sum(one > 0 for one in missing) >= found.patients, f"seed {seed}"
        short += found.short > 0
    assert short >= 5
