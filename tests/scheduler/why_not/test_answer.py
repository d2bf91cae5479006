"""Why not: every kind of answer by hand, on centers small enough to see that it is right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from time import monotonic
from typing import Any

import pytest

from domain.center import Closure, Hold, Infection, Modality
from domain.concession import (
    AcceptsNight,
    ComesAnyway,
    DoctorAllows,
    HeldSeatUsed,
    NegativeReports,
    OtherPlace,
    PromiseReleased,
    TurnOpened,
    WorksOtherwise,
)
from domain.frozen import begun, frozen
from domain.patient import Absence, Marker
from domain.plan import Lock, Plan
from domain.problem import Problem
from domain.remedy import ExtraShift, GuestElsewhere, MoreNurses
from domain.why_not import Ask, BlockKind, SeatAnswer, WhyNot
from scheduler.check import check
from scheduler.planner import Onlooker
from scheduler.why_not.answer import why_not
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.why_not.asking import ask_for, asked, rules_of, sessions
from tests.scheduler.worlds import (
    MONDAY,
    MORNING,
    NIGHT,
    blood_tests,
    machine,
    nurses,
    on,
    people,
    planned,
    row,
    stations_named,
    who,
    works,
    world,
    zone,
)

MWF = "Mon Wed Fri"


def one_patient(**tables: Any) -> tuple[Problem, Plan]:
    """P1 on Monday, Wednesday and Friday mornings, alone at two stations."""
    problem = world(**{**people(who("P1")), **tables})
    return problem, planned(problem, f"P1 A1 am {MWF}")


def changes_needed(found: WhyNot) -> tuple[object, ...]:
    assert found.way is not None
    return found.way.concessions


# --- possible ---------------------------------------------------------------------------------


def test_who_sits_there_is_told_so() -> None:
    found = asked(*one_patient(), "P1 am Wed")
    assert found.answer is SeatAnswer.SITS
    assert str(found.words) == "P1 sits there: 2026-03-04 morning, station A1."
    assert (found.block, found.way) == (None, None)


def test_a_free_seat_is_possible_and_touches_nobody_else() -> None:
    problem, plan = one_patient()
    found = asked(problem, plan, "P1 pm Wed")
    assert found.answer is SeatAnswer.POSSIBLE
    assert str(found.words) == "P1 can have 2026-03-04 afternoon; nobody else is touched."
    assert found.way is not None
    assert (found.way.others.found, found.way.sessions.found, found.way.stations) == (0, 1, 0)
    assert found.way.others.proven
    assert found.way.sessions.proven
    assert len(found.way.changes) == 1
    assert check(problem, found.way.plan).legal


def test_the_rest_of_the_week_moves_no_more_than_the_rules_ask() -> None:
    problem, plan = one_patient()
    found = asked(problem, plan, "P1 am Tue")
    assert found.way is not None
    assert found.way.sessions.found == 3
    assert [text[3:] for text in sessions(found.way.plan, "P1")] == [
        "am 03-03", "am 03-05", "am 03-07",
    ]  # fmt: skip


def test_a_full_turn_is_had_when_somebody_swaps() -> None:
    problem = world(stations=stations_named("A1"), **people(who("P1"), who("P2")))
    plan = planned(problem, f"P1 A1 am {MWF}", f"P2 A1 pm {MWF}")
    found = asked(problem, plan, "P1 pm Wed")
    assert found.answer is SeatAnswer.POSSIBLE
    assert found.way is not None
    assert (found.way.others.found, found.way.sessions.found) == (1, 2)
    assert str(found.words) == (
        "P1 can have 2026-03-04 afternoon if one other patient comes at other times."
    )
    assert [str(one) for one in found.now] == [
        "Zone A, 2026-03-04 afternoon: 1 of 1 seats are taken as the week stands"
    ]
    assert {one.patient for one in found.way.changes} == {"P1", "P2"}
    assert check(problem, found.way.plan).legal


def test_a_taken_station_moves_its_patient_to_another_seat_of_the_turn() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, f"P1 A1 am {MWF}", f"P2 A2 am {MWF}")
    found = asked(problem, plan, "P1 am Wed", station="A2")
    assert found.way is not None
    assert (found.way.others.found, found.way.sessions.found, found.way.stations) == (0, 0, 2)
    assert sessions(found.way.plan, "P1")[1] == "A2 am 03-04"
    assert sessions(found.way.plan, "P2")[1] == "A1 am 03-04"
    assert "only seats change" in str(found.words)


def test_somebody_without_a_week_gets_the_whole_week_around_the_seat() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, f"P2 A1 am {MWF}")
    found = asked(problem, plan, "P1 am Tue")
    assert found.answer is SeatAnswer.POSSIBLE
    assert found.way is not None
    assert len(sessions(found.way.plan, "P1")) == 3
    assert check(problem, found.way.plan).legal


def test_what_a_rule_finds_worse_is_told_with_its_price() -> None:
    problem, plan = one_patient()
    found = asked(problem, plan, "P1 pm Wed")
    assert found.way is not None
    assert [(one.rule, one.cost) for one in found.way.costs] == [("one_shift", 1)]


# --- blocked by the patient's own facts ---------------------------------------------------------


def test_work_in_the_way_is_named_alone_and_lifting_it_makes_room() -> None:
    problem, plan = one_patient(work_shifts=(works("P1", "Wed", time(14), time(17)),))
    found = asked(problem, plan, "P1 pm Wed")
    assert found.answer is SeatAnswer.BLOCKED
    assert found.block is not None
    assert found.block.kind is BlockKind.LOCAL
    assert rules_of(found.block) == ["work_overlap"]
    assert "P1 cannot have 2026-03-04 afternoon: works Wednesday 14:00 to 17:00" in str(found.words)
    assert changes_needed(found) == (WorksOtherwise("P1", date(2026, 3, 4)),)


def test_an_absence_is_the_patients_to_take_back() -> None:
    problem, plan = one_patient(absences=(Absence("P1", on("Wed"), "court", start=time(13)),))
    found = asked(problem, plan, "P1 pm Wed")
    assert rules_of(found.block) == ["availability"]
    assert changes_needed(found) == (ComesAnyway("P1", date(2026, 3, 4)),)


def test_never_at_night_needs_the_patients_word() -> None:
    problem, plan = one_patient(shifts=(MORNING, NIGHT))
    found = asked(problem, plan, "P1 night Wed")
    assert rules_of(found.block) == ["night_eligible"]
    assert changes_needed(found) == (AcceptsNight("P1"),)


def test_no_day_of_rest_is_for_the_doctor_to_allow_and_nothing_else_is_broken() -> None:
    problem, plan = one_patient(
        locks=(Lock("P1", MONDAY, "am"),),
        rules=(row("longest_gap", enabled=False),),
    )
    found = asked(problem, plan, "P1 am Tue")
    assert found.block is not None
    assert set(rules_of(found.block)) == {"rest_day", "locked"}
    assert changes_needed(found) == (PromiseReleased(Lock("P1", MONDAY, "am")),)
    started = asked(problem, plan, "P1 am Tue", begun=[Lock("P1", MONDAY, "am").turn])
    assert changes_needed(started) == (DoctorAllows("P1", "rest_day"),)
    assert started.way is not None
    assert {one.rule for one in started.way.broken} == {"rest_day"}


def test_expired_blood_tests_are_lifted_by_new_ones_and_a_wrong_zone_by_nothing() -> None:
    places: dict[str, Any] = {
        "zones": (zone("A", Infection.NEGATIVE), zone("B", Infection.HBV)),
        "stations": stations_named("A1 B1"),
    }
    old = blood_tests("P1", date(2025, 1, 1))
    problem = world(**people(who("P1")), **places, serology=old)
    found = asked(problem, planned(problem), "P1 am Tue")
    assert rules_of(found.block) == ["zone_serology"]
    assert changes_needed(found) == (NegativeReports("P1", date(2026, 3, 1)),)
    fresh = blood_tests("P1", date(2026, 2, 1), Marker.HBSAG)
    problem = world(**people(who("P1")), **places, serology=fresh)
    wrong = asked(problem, planned(problem, f"P1 B1 am {MWF}"), "P1 am Mon", zone="A")
    assert changes_needed(wrong) == (OtherPlace(),)
    assert rules_of(wrong.block) == ["zone_serology"]


def test_what_nobody_may_change_has_no_way() -> None:
    machines = (machine("A1", Modality.HD), machine("A2", Modality.HD))
    problem, plan = one_patient(machines=machines, **people(who("P1", modality=Modality.HDF)))
    found = asked(problem, Plan.of(MONDAY, 1, ()), "P1 am Tue")
    assert rules_of(found.block) == ["modality"]
    assert (found.way, found.complete) == (None, True)
    del plan


def test_a_station_that_cannot_do_it_is_answered_by_another_place() -> None:
    problem = world(
        machines=(machine("A1", Modality.HDF), machine("A2", Modality.HD)),
        **people(who("P1", modality=Modality.HDF)),
    )
    found = asked(problem, planned(problem, f"P1 A1 am {MWF}"), "P1 pm Wed", station="A2")
    assert rules_of(found.block) == ["modality"]
    assert changes_needed(found) == (OtherPlace(),)


def test_a_turn_closed_by_choice_can_be_opened_and_a_shift_that_does_not_run_added() -> None:
    shut = Closure(on("Wed"), "meeting", shift="pm")
    problem, plan = one_patient(closures=(shut,))
    found = asked(problem, plan, "P1 pm Wed")
    assert rules_of(found.block) == ["open_station"]
    assert changes_needed(found) == (TurnOpened(ask_for("P1 pm Wed").turn),)
    problem, plan = one_patient()
    sunday = asked(problem, plan, "P1 am Sun")
    assert rules_of(sunday.block) == ["open_station"]
    assert "does not run" in str(sunday.words)
    (extra,) = changes_needed(sunday)
    assert isinstance(extra, ExtraShift)


def test_what_has_begun_cannot_be_had_any_more() -> None:
    problem, plan = one_patient()
    now = problem.shift["pm"].interval(MONDAY).start
    held = frozen(problem, plan.assignments, now)
    found = asked(held, plan, "P1 pm Mon", begun=begun(problem, now))
    assert found.answer is SeatAnswer.BLOCKED
    assert "begun already" in str(found.words)
    assert found.way is None


# --- blocked by counting ------------------------------------------------------------------------


def crowd(count: int, **tables: Any) -> tuple[Problem, Plan]:
    """So many patients, three mornings, two stations and no other shift."""
    codes = [f"P{number}" for number in range(1, count + 1)]
    shifts = (replace(MORNING, weekdays=frozenset({1, 3, 5})),)
    problem = world(**{"shifts": shifts, **people(*map(who, codes)), **tables})
    rows = (f"{code} A{n} am {MWF}" for n, code in enumerate(codes[:2], 1))
    return problem, planned(problem, *rows)


def test_too_many_for_the_seats_is_counted_and_names_everybody_it_needs() -> None:
    problem, plan = crowd(3)
    found = asked(problem, plan, "P3 am Mon")
    assert found.answer is SeatAnswer.BLOCKED
    block = found.block
    assert block is not None
    assert (block.kind, block.by, block.smallest) == (BlockKind.COUNTING, "count", True)
    assert block.people == ("P1", "P2", "P3")
    assert (block.needed, block.seats) == (3, 2)
    (place,) = block.places
    assert str(place.words).startswith("Zone A on 2026-03-0")
    assert rules_of(block) == ["one_per_station"]
    (guest,) = changes_needed(found)
    assert isinstance(guest, GuestElsewhere)
    assert found.way is not None
    assert len(sessions(found.way.plan, "P3")) == 3
    assert sessions(found.way.plan, guest.patients[0]) == []


def test_a_nurse_more_or_a_seat_held_back_makes_room() -> None:
    alone = nurses("A", am=1)
    problem, plan = crowd(2, staffing=alone, rules=(row("nurse_ratio", limit=1),))
    plan = planned(problem, f"P1 A1 am {MWF}")
    found = asked(problem, plan, "P2 am Mon")
    assert rules_of(found.block) == ["nurse_ratio"]
    needed = changes_needed(found)
    assert {type(one) for one in needed} == {MoreNurses}
    assert sorted(one.days[0].day for one in needed if isinstance(one, MoreNurses)) == [2, 4, 6]
    held, _ = crowd(2, holds=(Hold("A", 1, "emergency"),))
    found = asked(held, planned(held, f"P1 A1 am {MWF}"), "P2 am Mon")
    assert rules_of(found.block) == ["held_back"]
    assert {type(one) for one in changes_needed(found)} == {HeldSeatUsed}


def test_a_promise_to_another_is_given_up_before_anybody_is_sent_away() -> None:
    promise = Lock("P1", MONDAY, "am", "A1")
    problem = world(stations=stations_named("A1"), **people(who("P1"), who("P2")), locks=(promise,))
    plan = planned(problem, f"P1 A1 am {MWF}", f"P2 A1 pm {MWF}")
    found = asked(problem, plan, "P2 am Mon")
    assert found.answer is SeatAnswer.BLOCKED
    assert found.block is not None
    assert found.block.people == ("P1", "P2")
    assert changes_needed(found) == (PromiseReleased(promise),)


def test_a_station_promised_to_another_is_answered_by_another_station_first() -> None:
    promise = Lock("P1", MONDAY, "am", "A1")
    problem = world(**people(who("P1"), who("P2")), locks=(promise,))
    plan = planned(problem, f"P1 A1 am {MWF}", f"P2 A1 pm {MWF}")
    found = asked(problem, plan, "P2 am Mon", station="A1")
    assert found.block is not None
    assert found.block.kind is BlockKind.COUNTING
    assert changes_needed(found) == (OtherPlace(),)


def test_a_plan_that_breaks_a_rule_with_a_reason_is_left_as_it_is() -> None:
    problem = world(**people(who("P1"), who("P2")))
    plan = planned(problem, "P1 A1 am Mon Tue Wed", f"P2 A2 am {MWF}")
    found = asked(problem, plan, "P2 pm Wed")
    assert found.answer is SeatAnswer.POSSIBLE
    assert found.way is not None
    assert found.way.broken == ()
    assert sessions(found.way.plan, "P1") == sessions(plan, "P1")


# --- what is refused ------------------------------------------------------------------------------


def test_an_unknown_name_or_a_day_outside_the_weeks_is_refused() -> None:
    problem, plan = one_patient()
    for bad in (
        ask_for("P9 am Mon"),
        ask_for("P1 eve Mon"),
        ask_for("P1 am Mon", zone="Q"),
        ask_for("P1 am Mon", station="Q1"),
    ):
        with pytest.raises(KeyError):
            ask_of(problem, plan, bad)
    late = ask_for("P1 am Mon")
    late = replace(late, turn=late.turn._replace(day=date(2026, 3, 9)))
    with pytest.raises(ValueError, match="outside the weeks"):
        ask_of(problem, plan, late)


def ask_of(problem: Problem, plan: Plan, ask: Ask) -> WhyNot:
    return why_not(problem, plan, ask, TO_THE_END, Onlooker(monotonic))
