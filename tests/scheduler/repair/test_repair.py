"""What a repair does with a week under way, on centers small enough to see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

import pytest

from domain.calendar import Turn
from domain.center import Closure, Modality
from domain.patient import Priority
from domain.plan import ChangeKind, Lock
from domain.trouble import (
    NurseMissing,
    ShiftClosed,
    WaterOff,
)
from scheduler.repair.limits import RepairLimits
from scheduler.repair.measures import Measure
from tests.scheduler.repair.mending import (
    figures,
    mend,
    moment,
    out,
    proven,
    said,
)
from tests.scheduler.worlds import (
    MONDAY,
    last_week,
    machine,
    nurses,
    on,
    people,
    planned,
    row,
    stations_named,
    two_weeks,
    who,
    world,
)

WEDNESDAY, FRIDAY, SATURDAY = (MONDAY + timedelta(days=days) for days in (2, 4, 5))


def test_nothing_changes_when_nothing_has_happened() -> None:
    problem = world(**people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    done = mend(problem, plan)
    assert done.plan == plan
    assert (done.changes, done.calls, done.asked, figures(done)) == ((), (), 0, {})
    assert done.proven


def test_a_free_chair_in_the_same_turn_moves_nobody_else() -> None:
    problem = world(stations=stations_named("A1 A2 A3"), **people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, plan, out("A1"))
    assert figures(done) == {"stations": 2}
    assert done.proven
    assert done.asked == 0
    assert {change.kind for change in done.changes} == {ChangeKind.STATION}
    assert "P1 A3 pm Wed" in said(done)
    assert "P1 A3 pm Fri" in said(done)
    assert "P1 A1 pm Mon" in said(done)
    assert done.calls == ()


def test_where_the_turn_is_full_one_patient_comes_at_another_time() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, plan, out("A1"))
    assert figures(done)["patients"] == 1
    assert figures(done)["sessions"] == 2
    assert proven(done)
    assert done.broken == ()
    assert len(done.calls) == 1


def test_one_patient_moves_both_sessions_rather_than_two_patients_one_each() -> None:
    problem = world(**people(who("P1"), who("P2"), who("P3")))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri", "P3 A1 am Mon Wed Fri")
    done = mend(problem, plan, out("A1"))
    assert figures(done)["patients"] == 1


def test_people_who_sit_elsewhere_help_where_that_is_the_only_way() -> None:
    """P1 can come in the afternoon only, so P2 has to make room, and goes to the morning."""
    problem = world(
        stations=stations_named("A1 A2 A3"),
        machines=(machine("A1", Modality.HDF), machine("A2", Modality.HDF), machine("A3")),
        shifts=world().register.shifts,
        **people(who("P1", modality=Modality.HDF), who("P2", modality=Modality.HDF), who("P3")),
    )
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri", "P3 A3 pm Mon Wed Fri")
    done = mend(problem, plan, out("A1"))
    moved = {change.patient for change in done.changes if change.kind is ChangeKind.TURN}
    assert figures(done)["patients"] == 1
    assert moved <= {"P1", "P2"}
    assert proven(done)


def test_a_chair_that_only_somebody_else_can_use_is_taken_by_a_chain() -> None:
    """P1 needs hemodiafiltration; P2, who does not, sits at the only other such machine."""
    problem = world(
        stations=stations_named("A1 A2 A3"),
        machines=(
            machine("A1", Modality.HD, Modality.HDF),
            machine("A2", Modality.HD, Modality.HDF),
            machine("A3"),
        ),
        **people(who("P1", modality=Modality.HDF), who("P2")),
    )
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, plan, out("A1"))
    assert figures(done) == {"stations": 4}
    assert {"P1 A2 pm Wed", "P2 A3 pm Wed", "P1 A2 pm Fri", "P2 A3 pm Fri"} <= set(said(done))


def test_what_cannot_be_placed_is_shared_and_named() -> None:
    """Four patients fill both chairs in all turns of a center that is open on three days."""
    shifts = tuple(replace(s, weekdays=frozenset({1, 3, 5})) for s in world().register.shifts)
    problem = world(shifts=shifts, **people(*(who(f"P{n}") for n in range(1, 5))))
    plan = planned(
        problem,
        "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri",
        "P3 A1 pm Mon Wed Fri", "P4 A2 pm Mon Wed Fri",
    )  # fmt: skip
    done = mend(problem, plan, out("A1"))
    assert done.of(Measure.UNPLACED).found == done.of(Measure.UNPLACED).bound == 3
    assert done.of(Measure.SHARED).found == 3
    assert sorted(one.sessions for one in done.left_out) == [1, 1, 1]
    assert done.broken == ()
    assert not done.verdict.legal
    short = {one.patient for one in done.left_out}
    assert {one.patient for one in done.verdict.broken} <= short


def test_the_urgent_keep_their_place_when_somebody_must_miss_one() -> None:
    shifts = tuple(replace(s, weekdays=frozenset({1, 3, 5})) for s in world().register.shifts[:1])
    urgent = who("P1", priority=Priority.URGENT)
    problem = world(shifts=shifts, **people(urgent, who("P2")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
    done = mend(problem, plan, out("A1"), now=moment("Wed", time(13)))
    assert [one.patient for one in done.left_out] == ["P2"]
    assert "P1 A2 am Fri" in said(done)


def test_no_more_patients_are_moved_than_allowed() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, plan, out("A1"), limits=RepairLimits(patients=0))
    assert figures(done)["unplaced"] == 2
    assert "patients" not in figures(done)
    assert proven(done)


def test_a_missing_nurse_sends_one_patient_to_another_turn() -> None:
    rules = (row("nurse_ratio", limit=1),)
    problem = world(**people(who("P1"), who("P2")), staffing=nurses("A", am=2, pm=2), rules=rules)
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, plan, NurseMissing("A", Turn(FRIDAY, "pm")))
    assert figures(done) == {"patients": 1, "sessions": 1}
    assert sum(text.endswith("pm Fri") for text in said(done)) == 1


def test_a_closed_shift_moves_everybody_out_of_it() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, plan, ShiftClosed(Turn(FRIDAY, "pm")))
    assert figures(done) == {"patients": 2, "sessions": 2}
    assert not any(text.endswith("pm Fri") for text in said(done))


def test_water_that_is_back_in_time_lets_a_turn_begin_late() -> None:
    problem = world(**people(who("P1", minutes=180), who("P2", minutes=240)))
    plan = planned(problem, "P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")
    off = WaterOff(moment("Fri", time(6)), moment("Fri", time(9)))
    done = mend(problem, plan, off)
    assert "P1 A1 am Fri" in said(done)
    assert "P2 A2 am Fri" not in said(done)


def test_a_promise_that_cannot_be_kept_is_taken_back_and_others_hold() -> None:
    locks = (Lock("P1", FRIDAY, "pm", "A1"), Lock("P2", FRIDAY, "pm", "A2"))
    problem = world(**people(who("P1"), who("P2")), locks=locks)
    plan = planned(problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, plan, ShiftClosed(Turn(FRIDAY, "am")))
    assert done.plan == plan
    shut = mend(problem, plan, ShiftClosed(Turn(FRIDAY, "pm")))
    assert shut.broken == ()
    assert figures(shut)["sessions"] == 2


def test_a_chair_shut_by_the_care_of_machines_is_a_trouble_too() -> None:
    closure = Closure(on("Thu Sat"), "overdue", station="A1")
    problem = world(**people(who("P1")), closures=(closure,))
    plan = planned(problem, "P1 A1 pm Mon Wed Fri")
    done = mend(problem, plan)
    assert "P1 A2 pm Fri" in said(done)


def test_what_somebody_set_aside_by_hand_stays() -> None:
    """P1 sits on consecutive days because the head nurse said so."""
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 pm Mon Thu Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, plan, out("A2"))
    assert {"P1 A1 pm Thu", "P1 A1 pm Fri"} <= set(said(done))


def test_each_week_of_a_longer_plan_is_mended_between_its_neighbors() -> None:
    problem = world(weeks=2, **people(who("P1"), who("P2")))
    week = ("P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri")
    done = mend(problem, two_weeks(problem, week, week), out("A1"))
    assert "unplaced" not in figures(done)
    assert not any(row.station == "A1" and row.day >= WEDNESDAY for row in done.plan.assignments)
    assert done.broken == ()


def test_the_fewest_stations_change_where_a_whole_turn_must_be_seated_anew() -> None:
    """Of five chairs two can do hemodiafiltration; P1 loses one and takes the other from P2,
    who finds a free one: nobody else is asked."""
    both = (Modality.HD, Modality.HDF)
    problem = world(
        stations=stations_named("A1 A2 A3 A4 A5"),
        machines=(machine("A1", *both), machine("A2", *both), *map(machine, ("A3", "A4", "A5"))),
        **people(who("P1", modality=Modality.HDF), *(who(f"P{n}") for n in (2, 3, 4))),
    )
    plan = planned(
        problem, "P1 A1 pm Mon Wed Fri", "P2 A2 pm Mon Wed Fri", "P3 A3 pm Mon Wed Fri",
        "P4 A4 pm Mon Wed Fri",
    )  # fmt: skip
    done = mend(problem, plan, out("A1"))
    assert figures(done) == {"stations": 4}
    assert {"P3 A3 pm Wed", "P4 A4 pm Wed", "P2 A5 pm Wed"} <= set(said(done))


@pytest.mark.parametrize("few", [1, 400])
def test_large_crowds_are_asked_in_part_with_the_same_result(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.repair.retime._MANY", few)
    monkeypatch.setattr("scheduler.repair.retime._SAMPLE", 1)
    monkeypatch.setattr("scheduler.repair.retime._BATCH", 1)
    shifts = world().register.shifts
    problem = world(
        shifts=shifts, stations=stations_named("A1 A2 A3"), **people(*map(who, "PQRSTU"))
    )
    plan = planned(
        problem, "P A1 pm Mon Wed Fri", "Q A2 pm Mon Wed Fri", "R A3 pm Mon Wed Fri",
        "S A1 am Mon Wed Fri", "T A2 am Mon Wed Fri", "U A3 am Mon Wed Fri",
    )  # fmt: skip
    done = mend(problem, plan, out("A1"))
    assert proven(done)
    assert figures(done)["patients"] == 2


def test_somebody_else_makes_room_where_the_gaps_leave_one_day_only() -> None:
    """P1 comes twice a week, at most four days apart: with Friday shut only Thursday is left, and
    there sits P2, whom nothing has happened to."""
    shifts = world().register.shifts[:1]
    problem = world(
        shifts=shifts,
        stations=stations_named("A1"),
        **people(who("P1", 2, 2), who("P2", 1, 1)),
        sessions=last_week("P1 A1 am Mon Fri", "P2 A1 am Thu"),
    )
    plan = planned(problem, "P1 A1 am Mon Fri", "P2 A1 am Thu")
    now = moment("Mon", time(13))
    done = mend(problem, plan, ShiftClosed(Turn(FRIDAY, "am")), now=now)
    assert "P1 A1 am Thu" in said(done)
    assert figures(done) == {"patients": 2, "sessions": 2}
    assert proven(done)
    assert done.broken == ()


def test_the_plan_of_the_next_week_is_the_edge_of_this_one() -> None:
    """After Saturday the next week's Tuesday is not too late."""
    problem = world(
        weeks=2, stations=stations_named("A1"), shifts=world().register.shifts[:1],
        rules=(row("rest_day", limit=3), row("longest_gap", limit=3)), **people(who("P1")),
    )  # fmt: skip
    plan = two_weeks(problem, ("P1 A1 am Mon Wed Fri",), ("P1 A1 am Tue Thu Sat",))
    done = mend(problem, plan, ShiftClosed(Turn(FRIDAY, "am")))
    assert "P1 A1 am Sat" in said(done)
    assert done.broken == ()
