"""Cues, and the one place from which every time of a session comes."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from domain.calendar import Interval, Turn
from domain.choreography import STANDARD_PACE, UNSTAGGERED, Choreography, Cue
from domain.crews import crew_size, crews, hands, natural, shares
from tests.scheduler.worlds import MONDAY, nurses, people, planned, stations_named, who, world

TURN = Turn(MONDAY, "am")


def test_without_a_cue_a_session_begins_with_its_shift() -> None:
    problem = world(**people(who("P1")))
    assert problem.choreography == UNSTAGGERED
    assert problem.session("P1", TURN).start == datetime.combine(MONDAY, time(8))


def test_a_cue_moves_begin_and_end_and_when_to_come_and_leaves_the_minutes() -> None:
    times = Choreography((Cue(MONDAY, "am", "P1", 25, 1),))
    problem = replace(world(**people(who("P1", minutes=200))), choreography=times)
    begin = datetime.combine(MONDAY, time(8, 25))
    assert problem.session("P1", TURN) == Interval(begin, begin + timedelta(minutes=200))
    assert problem.presence("P1", TURN).start == datetime.combine(MONDAY, time(7, 55))
    assert problem.session("P1", Turn(MONDAY, "pm")).start.time() == time(13, 30)


def test_choreographies_of_the_same_cues_are_equal() -> None:
    one, other = Cue(MONDAY, "am", "P1", 5, 1), Cue(MONDAY, "am", "P2", 0, 1)
    assert Choreography.of((one, other)) == Choreography.of((other, one))
    assert Choreography.of((one, other)).by_session["P1", TURN] is one


@pytest.mark.parametrize(("apart", "latest", "step"), [(0, 60, 5), (10, -1, 5), (10, 60, 0)])
def test_a_pace_that_nobody_can_work_at_is_a_mistake(apart: int, latest: int, step: int) -> None:
    with pytest.raises(ValueError, match="no pace to work at"):
        replace(STANDARD_PACE, apart=apart, latest=latest, step=step)


def test_of_two_cues_for_a_session_the_earlier_counts() -> None:
    early, late = Cue(MONDAY, "am", "P1", 5, 1), Cue(MONDAY, "am", "P1", 10, 1)
    assert Choreography.of((late, early)).cues == (early,)


def test_delays_are_told_in_steps_up_to_the_latest() -> None:
    assert replace(STANDARD_PACE, latest=17, step=5).delays == (0, 5, 10, 15)


def test_neighbors_share_a_nurse_and_parts_are_nearly_equal() -> None:
    assert [list(part) for part in shares("abcdefg", 3)] == [
        ["a", "b"],
        ["c", "d"],
        ["e", "f", "g"],
    ]
    assert [list(part) for part in shares("ab", 5)] == [["a"], ["b"]]
    assert list(shares("", 3)) == []


def test_stations_count_as_people_count_them() -> None:
    assert sorted(["A10", "A2", "A1"], key=natural) == ["A1", "A2", "A10"]


def test_where_no_nurses_are_stated_there_are_as_many_as_the_ratio_asks_for() -> None:
    problem = world(staffing=nurses("A", am=2))
    assert crew_size(problem, "A", TURN, 11) == 2
    assert crew_size(problem, "A", Turn(MONDAY, "pm"), 11) == 3


def test_each_zone_and_turn_counts_its_nurses_from_one_and_a_cue_comes_first() -> None:
    problem = world(
        stations=stations_named("A1 A2 A10 B1"),
        staffing=nurses("A", am=2, pm=1),
        **people(*map(who, ("P1", "P2", "P3", "P4"))),
    )
    plan = planned(problem, "P1 A1 am Mon", "P2 A10 am Mon", "P3 A2 am Mon", "P4 B1 pm Mon")
    found = crews(problem, plan.assignments)
    assert found == {
        ("P1", TURN): 1, ("P3", TURN): 2, ("P2", TURN): 2, ("P4", Turn(MONDAY, "pm")): 1,
    }  # fmt: skip
    timed = replace(problem, choreography=Choreography((Cue(MONDAY, "am", "P3", 0, 1),)))
    assert hands(timed, plan.assignments) == {**found, ("P3", TURN): 1}


def test_a_nurse_has_the_same_stations_all_day_unless_that_is_one_patient_too_many() -> None:
    problem = world(
        stations=stations_named("A1 A2 A3 A4"),
        staffing=nurses("A", am=2, pm=2),
        **people(*map(who, ("P1", "P2", "P3", "P4", "P5", "P6", "P7"))),
    )
    full = ("P1 A1 am Mon", "P2 A2 am Mon", "P3 A3 am Mon", "P4 A4 am Mon")
    spread = planned(problem, *full, "P5 A2 pm Mon", "P6 A3 pm Mon", "P7 A4 pm Mon")
    pm = Turn(MONDAY, "pm")
    found = crews(problem, spread.assignments)
    assert [found[code, TURN] for code in ("P1", "P2", "P3", "P4")] == [1, 1, 2, 2]
    assert [found[code, pm] for code in ("P5", "P6", "P7")] == [1, 2, 2]
    aside = planned(problem, "P6 A3 pm Mon", "P7 A4 pm Mon")
    assert crews(problem, aside.assignments) == {("P6", pm): 1, ("P7", pm): 2}
