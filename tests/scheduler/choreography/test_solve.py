"""The best times of a scene, against every choice there is and against another solver."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.choreography.program import program
from scheduler.choreography.scene import Handover
from scheduler.choreography.solve import Limits, Solver, solve
from scheduler.choreography.strain import NO_STRAIN, Strain, crowded, strain, total
from tests.scheduler.choreography.scenes import best, drawn, entry, scene

STEADY = Limits(effort=10.0)


def test_minutes_too_close_are_counted_between_neighbors_in_time() -> None:
    assert crowded((500, 480, 490), 10) == 0
    assert crowded((480, 480, 484), 10) == 10 + 6
    assert crowded((), 10) == 0


def test_strain_counts_late_stations_people_told_anew_crowding_and_waiting() -> None:
    one = scene(
        entry(1, minutes=60, told=5), entry(2, start=570, minutes=60), entry(3, minutes=60),
        handovers=(Handover(0, 1, 90),),
    )  # fmt: skip
    assert strain(one, (10, 5, 10)) == Strain(late=1, retold=1, crowded=10 + 10, waited=25)
    assert strain(one, (5, 5, 20)) == Strain(late=0, retold=0, crowded=0, waited=30)


def test_three_patients_of_a_nurse_begin_ten_minutes_apart() -> None:
    found = solve(scene(entry(1), entry(2), entry(3)), STEADY)
    assert sorted(found.delays) == [0, 10, 20]
    assert found.cost == found.bound == Strain(0, 0, 0, 30)
    assert found.proven


def test_two_nurses_do_not_stand_in_each_others_way() -> None:
    found = solve(scene(entry(1), entry(2, nurse=2)), STEADY)
    assert found.delays == (0, 0)


def test_a_session_that_ends_when_another_begins_counts_as_well() -> None:
    one = scene(entry(1, minutes=60, delays=(0,)), entry(2, start=540, minutes=60))
    assert solve(one, STEADY).delays == (0, 10)


def test_what_does_not_fit_is_as_little_too_close_as_can_be() -> None:
    one = scene(*(entry(number, delays=(0, 5)) for number in range(3)))
    found = solve(one, STEADY)
    assert found.cost.crowded == found.bound.crowded == best(one).crowded == 30


def test_a_station_is_ready_before_its_next_patient_whatever_that_costs() -> None:
    one = scene(
        entry(1, minutes=60, delays=(20,)),
        entry(2, start=570, minutes=60, delays=(0, 20)),
        entry(3, start=570, minutes=60, delays=(20,)),
        handovers=(Handover(0, 1, 90),),
    )
    assert solve(one, STEADY).delays == (20, 20, 20)


def test_a_time_that_somebody_was_told_is_kept_even_if_that_crowds() -> None:
    one = scene(entry(1, delays=(0,)), entry(2, delays=(0, 10), told=0))
    assert solve(one, STEADY).delays == (0, 0)


def test_a_told_time_gives_way_where_the_station_would_not_be_ready() -> None:
    one = scene(
        entry(1, minutes=60, delays=(20,)),
        entry(2, start=570, minutes=60, delays=(0, 20), told=0),
        handovers=(Handover(0, 1, 90),),
    )
    found = solve(one, STEADY)
    assert found.delays == (20, 20)
    assert found.cost == Strain(late=0, retold=1, crowded=0, waited=40)


@pytest.mark.parametrize("seed", range(40))
def test_no_choice_is_better_and_the_other_solver_says_the_same(seed: int) -> None:
    one = drawn(seed)
    found = solve(one, STEADY)
    assert found.cost == found.bound == best(one)
    assert strain(one, found.delays) == found.cost
    other = solve(one, Limits(), Solver.HIGHS)
    assert other.cost == other.bound == found.cost


@pytest.mark.parametrize("seed", range(12))
def test_bounds_hold_when_the_search_is_stopped_before_it_begins(seed: int) -> None:
    one = drawn(seed)
    stop = SolveInterrupter()
    stop.interrupt()
    found = solve(one, Limits(seconds=0.0, effort=0.0, stop=stop))
    assert found.bound <= best(one) <= found.cost


def test_the_same_scene_has_the_same_times_again() -> None:
    one = drawn(7)
    assert solve(one, STEADY) == solve(one, STEADY)


def test_rows_weigh_the_minutes_in_which_the_same_choices_hold_a_nurse() -> None:
    rows = program(scene(entry(1, delays=(0,)), entry(2, delays=(0, 5))))
    assert rows.choices == ((0, 0), (1, 0), (1, 5))
    assert sorted((crowd.choices, crowd.minutes, crowd.most) for crowd in rows.crowds) == [
        ((0, 1), 10, 1), ((0, 1, 2), 10, 1),
    ]  # fmt: skip


def test_times_off_the_grid_are_counted_to_the_minute() -> None:
    one = scene(entry(1, minutes=243), entry(2, delays=(0, 7)), apart=9)
    assert solve(one, STEADY).cost == best(one)


def test_nothing_to_do_costs_nothing() -> None:
    assert total(()) == NO_STRAIN
    assert total((Strain(1, 2, 3, 4), Strain(1, 1, 1, 1))) == Strain(2, 3, 4, 5)
    alone = replace(scene(entry(1)), handovers=())
    assert solve(alone, STEADY).delays == (0,)
