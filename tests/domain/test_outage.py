"""Which machines cannot be counted on, and which stations are closed for it on which days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.calendar import Span, Turn
from domain.care import SERVICE, CareEvent, CareKind, CareLimit, Method
from domain.center import Center, Closure, Machine, Modality, Placement, Shift, Station
from domain.due import CareFacts
from domain.maintenance import MaintenancePlan, MaintenanceWork
from domain.outage import (
    Outage,
    OutageKind,
    closures,
    concerning,
    counted,
    outages,
    usable,
)
from domain.problem import Problem
from domain.readiness import ReadyState
from domain.register import Register
from domain.telemetry import Phase
from domain.water import Medium, SamplingPoint, WaterResult
from domain.words import Label, words

ZONE = ZoneInfo("Asia/Shanghai")
THURSDAY = datetime(2026, 3, 5, 10, tzinfo=ZONE)
TODAY, MONDAY = THURSDAY.date(), date(2026, 3, 9)
ALL_WEEK = frozenset(range(1, 8))
SHIFTS = (
    Shift("AM", Label("Morning", "上午班"), time(7), time(12), ALL_WEEK, 30),
    Shift("PM", Label("Afternoon", "下午班"), time(13), time(18), ALL_WEEK, 30),
)
HD = frozenset({Modality.HD})
REGISTER = Register(
    Center("HC", Label("Huangchuan", "潢川"), "Asia/Shanghai", date(2026, 1, 5)),
    shifts=SHIFTS,
    stations=(Station("A1", "A"), Station("A2", "A")),
    machines=(Machine("M1", "1", "4008S", HD), Machine("M2", "2", "4008S", HD)),
    placements=(Placement("M1", "A1"), Placement("M2", "A2")),
)
MACHINES = {"M1": "4008S", "M2": "4008S"}


def event(kind: CareKind, days_ago: float = 1, **more: Any) -> CareEvent:
    base = CareEvent("M1", THURSDAY - timedelta(days=days_ago), kind, who="Li", text="pump")
    return replace(base, **more)


def result(
    point: str, value: float, day: int = 2, medium: Medium = Medium.DIALYSATE
) -> WaterResult:
    entered = datetime(2026, 3, day, 16, tzinfo=ZONE)
    return WaterResult(point, medium, "endotoxin", entered.date(), value, "Wu", entered)


def against(*events: CareEvent, **facts: Any) -> list[Outage]:
    return list(outages(replace(CareFacts(MACHINES, events=events), **facts), THURSDAY))


def problem(monday: date = MONDAY, weeks: int = 1) -> Problem:
    return Problem(REGISTER, monday, weeks)


def shut_days(found: list[Outage], monday: date = MONDAY) -> dict[str, list[int]]:
    """The days of March on which each station is closed in every shift of the planned week."""
    after = counted(problem(monday), found, THURSDAY)
    days = {
        station: [
            day.day
            for day in after.days
            if not any(after.is_open(station, Turn(day, one.code)) for one in SHIFTS)
        ]
        for station in after.station
    }
    return {station: shut for station, shut in days.items() if shut}


BLOCK = event(CareKind.BLOCKED)
WEEK = [9, 10, 11, 12, 13, 14, 15]


def test_where_nothing_stands_against_a_machine_the_problem_stays_the_same_one() -> None:
    whole = problem()
    assert against() == []
    assert counted(whole, (), THURSDAY) is whole


def test_a_machine_that_is_merely_dirty_closes_nothing_and_is_not_told() -> None:
    dirty = (
        event(CareKind.PHASE, 0.2, phase=Phase.TREATMENT),
        event(CareKind.PHASE, 0.1, phase=Phase.DRAIN),
    )
    assert usable(CareFacts(MACHINES, events=dirty), THURSDAY)[0].state is ReadyState.DIRTY
    assert against(*dirty) == []


def test_a_machine_taken_out_without_a_return_is_closed_until_it_is_released() -> None:
    (one,) = against(BLOCK)
    assert (one.kind, str(one.reason)) == (OutageKind.TAKEN_OUT, "blocked by Li: pump")
    assert shut_days([one]) == {"A1": WEEK}
    assert shut_days([one], date(2026, 4, 6)) == {"A1": list(range(6, 13))}
    assert against(BLOCK, event(CareKind.RELEASED, 0.5)) == []


def test_a_machine_with_a_day_of_return_is_closed_up_to_the_day_before() -> None:
    (one,) = against(replace(BLOCK, back=date(2026, 3, 11)))
    assert str(one.reason) == "blocked by Li, back on 2026-03-11: pump"
    assert shut_days([one]) == {"A1": [9, 10]}


def test_a_machine_that_is_back_before_the_week_is_told_and_closes_nothing() -> None:
    found = against(replace(BLOCK, back=date(2026, 3, 8)))
    assert shut_days(found) == {}
    (told,) = concerning(problem(), found, THURSDAY)
    assert (told.machine, told.stations, told.closed) == ("M1", ("A1",), ())


def test_a_day_of_return_that_went_by_is_none_and_is_said() -> None:
    (one,) = against(replace(BLOCK, back=TODAY))
    assert str(one.reason) == "blocked by Li, was to be back on 2026-03-05 and is not: pump"
    assert shut_days([one]) == {"A1": WEEK}


def test_dialysate_that_failed_closes_the_machine_until_a_good_result_follows() -> None:
    (one,) = against(results=(result("M1", 0.6),))
    assert str(one.reason) == "its dialysate of 2026-03-02 is over the limit: endotoxin 0.6 EU/mL"
    assert shut_days([one]) == {"A1": WEEK}
    assert against(results=(result("M1", 0.6), result("M1", 0.1, 4))) == []
    assert against(results=(result("M1", 0.4),)) == []


def test_a_person_can_release_a_machine_whose_dialysate_failed_and_answers_for_it() -> None:
    found = against(event(CareKind.RELEASED), results=(result("M1", 0.6),))
    assert shut_days(found) == {}
    (told,) = concerning(problem(), found, THURSDAY)
    assert str(told.reason).endswith("0.6 EU/mL; released all the same by Li")
    before = against(event(CareKind.RELEASED, 4), results=(result("M1", 0.6),))
    assert shut_days(before) == {"A1": WEEK}


PM6 = MaintenancePlan("PM6", Label("half-yearly", "半年保养"), "", 180, source="maker", blocks=True)
DONE = tuple(MaintenanceWork(one, "PM6", THURSDAY - timedelta(days=181), "Wu") for one in MACHINES)
LATE_WORK = (DONE[0], replace(DONE[1], at=THURSDAY))


def test_blocking_maintenance_that_is_overdue_closes_today_and_tomorrow_and_is_told_later() -> None:
    (one,) = against(plans=(PM6,), works=LATE_WORK)
    assert (one.machine, str(one.reason)) == ("M1", "half-yearly is overdue: every 180 days")
    assert shut_days([one]) == {}
    assert shut_days([one], date(2026, 3, 2)) == {"A1": [6]}
    (told,) = concerning(problem(), [one], THURSDAY)
    assert told.closed == ()


def test_a_center_says_itself_how_soon_a_technician_is_there() -> None:
    row = CareLimit(SERVICE, date(2026, 1, 1), 5, "d", "contract")
    found = against(plans=(PM6,), works=LATE_WORK, care_limits=(row,))
    assert shut_days(found) == {"A1": [9, 10]}


def test_maintenance_that_does_not_block_or_is_not_overdue_stands_against_nothing() -> None:
    assert against(plans=(replace(PM6, blocks=False),), works=LATE_WORK) == []
    assert against(plans=(replace(PM6, every_days=181),), works=LATE_WORK) == []


def test_what_a_nurse_mends_within_the_hour_is_told_and_closes_nothing() -> None:
    chemical = event(CareKind.DISINFECTED, method=Method.CHEMICAL, minutes=40.0)
    found = against(chemical)
    assert shut_days(found) == {}
    (told,) = concerning(problem(), found, THURSDAY)
    assert (told.kind, str(told.reason)) == (
        OutageKind.DISINFECTION, "the test for residues of disinfectant is missing",
    )  # fmt: skip
    assert concerning(problem(date(2026, 3, 16)), found, THURSDAY) == ()


def test_water_that_failed_is_told_once_and_closes_no_station() -> None:
    points = (SamplingPoint("RO", ""), SamplingPoint("OLD", "", date(2026, 1, 1)))
    results = (result("RO", 0.3, medium=Medium.WATER), result("OLD", 0.3, medium=Medium.WATER))
    found = against(points=points, results=results)
    assert shut_days(found) == {}
    (told,) = concerning(problem(), found, THURSDAY)
    assert (told.machine, told.stations, str(told.reason)) == (
        "", (), "the water at RO of 2026-03-02 is over the limit: endotoxin 0.3 EU/mL",
    )  # fmt: skip


def test_of_today_only_the_shifts_that_are_still_to_begin_are_closed() -> None:
    today = Span(TODAY, TODAY)
    found = [Outage("M1", OutageKind.TAKEN_OUT, words("away"), today)]
    assert closures(found, REGISTER, THURSDAY) == (
        Closure(today, words("away"), "PM", station="A1"),
    )


@pytest.mark.parametrize(
    ("span", "days"),
    [
        (Span(date(2026, 3, 12), None), [12, 13, 14, 15]),
        (Span(None, date(2026, 3, 10)), [9, 10]),
        (Span(None, date(2026, 3, 4)), []),
    ],
)
def test_only_a_station_where_the_machine_stands_is_closed(span: Span, days: list[int]) -> None:
    spare = Span(None, date(2026, 3, 31))
    places = (Placement("M1", "A1", span), Placement("M2", "A2", spare))
    whole = Problem(replace(REGISTER, placements=places), MONDAY)
    found = against(BLOCK)
    added = counted(whole, found, THURSDAY).register.closures
    shut = [day.day for day in whole.days if any(day in one.span for one in added)]
    assert shut == days
    told = concerning(whole, found, THURSDAY)
    assert [day.day for one in told for day in one.closed] == days


def test_weeks_that_are_over_are_left_as_they_were() -> None:
    found = against(BLOCK)
    past = problem(date(2026, 2, 23))
    assert concerning(past, found, THURSDAY) == ()
    assert counted(past, found, THURSDAY) is past


def test_a_machine_that_cannot_be_used_is_not_ready() -> None:
    clean = event(CareKind.DISINFECTED, 0.1, method=Method.HEAT, minutes=40.0)
    facts = CareFacts(MACHINES, events=(clean,), results=(result("M1", 0.6),))
    first, second = usable(facts, THURSDAY)
    assert (first.state, first.ready) == (ReadyState.BLOCKED, False)
    assert str(first.reason).startswith("its dialysate of 2026-03-02 is over the limit")
    assert second.state is ReadyState.UNKNOWN
    assert usable(replace(facts, results=()), THURSDAY)[0].ready


def test_a_patient_on_a_machine_is_the_first_thing_to_know_of_it() -> None:
    used = event(CareKind.PHASE, 0.1, phase=Phase.TREATMENT)
    facts = CareFacts(MACHINES, events=(used,), results=(result("M1", 0.6),))
    assert usable(facts, THURSDAY)[0].state is ReadyState.IN_USE
