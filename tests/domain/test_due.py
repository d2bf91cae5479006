"""What is due, most pressing first."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain.care import CareEvent, CareKind
from domain.center import Shift, Station
from domain.due import CareFacts, Due, DueKind, Urgency, due
from domain.maintenance import MaintenancePlan, MaintenanceWork
from domain.opening import OpenDays
from domain.telemetry import Phase
from domain.water import Every, Medium, SamplingPoint, WaterLimit, WaterResult
from domain.words import Label

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
TODAY = NOW.date()
PLAN = MaintenancePlan("PM", Label("half-yearly", "半年保养"), "4008S", 180, 1000, source="maker")
MACHINES = {"HD-01": "4008S", "HD-02": "5008"}
NO_TESTS = tuple(
    WaterLimit(test, medium, date(2021, 1, 2), Every(1), None, enabled=False)
    for medium in Medium
    for test in ("bacteria", "endotoxin")
)


def found(facts: CareFacts, kind: DueKind) -> list[Due]:
    return [one for one in due(facts, NOW) if one.kind is kind]


def work(days_ago: int, **meters: int) -> MaintenanceWork:
    return MaintenanceWork("HD-01", "PM", NOW - timedelta(days=days_ago), "Wu", "", **meters)


def test_maintenance_that_was_never_recorded_is_overdue_on_machines_of_its_model() -> None:
    (one,) = found(CareFacts(MACHINES, (PLAN,)), DueKind.MAINTENANCE)
    assert (one.subject, one.urgency, str(one.reason)) == (
        "HD-01", Urgency.OVERDUE, "never recorded",
    )  # fmt: skip
    assert one.source == "maker"


def test_maintenance_is_due_by_date() -> None:
    for days, urgency in [
        (181, Urgency.OVERDUE), (180, Urgency.NOW), (166, Urgency.SOON), (165, Urgency.LATER),
    ]:  # fmt: skip
        facts = CareFacts(MACHINES, (PLAN,), (work(days),))
        (one,) = found(facts, DueKind.MAINTENANCE)
        assert (one.urgency, str(one.reason)) == (urgency, "every 180 days")


def test_maintenance_is_due_by_hours_before_its_date() -> None:
    for hours, urgency in [(1000, Urgency.OVERDUE), (900, Urgency.SOON), (899, Urgency.LATER)]:
        read = CareEvent("HD-01", NOW, CareKind.METER, who="Li", hours=float(hours), treatments=0)
        facts = CareFacts(MACHINES, (PLAN,), (work(10, hours=0, treatments=0),), (read,))
        (one,) = found(facts, DueKind.MAINTENANCE)
        assert (one.urgency, one.share) == (urgency, hours / 1000)
        assert str(one.reason) == f"at least {hours} of 1000 operating hours"


def test_a_dirty_machine_is_to_be_disinfected_now_and_an_unknown_one_is_not_listed() -> None:
    dirty = (
        CareEvent("HD-01", NOW - timedelta(hours=5), CareKind.PHASE, Phase.TREATMENT),
        CareEvent("HD-01", NOW - timedelta(hours=1), CareKind.PHASE, Phase.DRAIN),
    )
    (one,) = found(CareFacts(MACHINES, events=dirty), DueKind.DISINFECTION)
    assert (one.subject, one.urgency, str(one.reason)) == (
        "HD-01", Urgency.NOW, "a treatment has ended",
    )  # fmt: skip


def result(
    test: str, value: float, day: date, point: str = "RO", medium: Medium = Medium.WATER
) -> WaterResult:
    entered = datetime.combine(day, datetime.min.time(), UTC)
    return WaterResult(point, medium, test, day, value, "Li", entered)


def test_each_water_test_is_due_at_each_point_in_use() -> None:
    points = (SamplingPoint("RO", "after RO"), SamplingPoint("OLD", "", date(2026, 1, 1)))
    rows = found(CareFacts({}, points=points), DueKind.WATER)
    assert {one.subject for one in rows} == {"RO"}
    assert len(rows) == 17
    assert {one.urgency for one in rows} == {Urgency.NOW}
    assert str(rows[0].reason) == "never sampled here"


def test_a_water_test_is_due_a_month_after_the_last() -> None:
    facts = CareFacts(
        {}, points=(SamplingPoint("RO", ""),), results=(result("bacteria", 3, date(2026, 2, 1)),)
    )
    (one,) = [row for row in found(facts, DueKind.WATER) if row.code == "bacteria"]
    assert (one.on, one.urgency) == (date(2026, 3, 1), Urgency.OVERDUE)
    assert str(one.reason) == "last sampled on 2026-02-01"


WORKDAYS = OpenDays(
    (Shift("D", Label("Day", ""), time(7), time(12), frozenset(range(1, 7)), 30),),
    (Station("A1", "A"),),
)


@pytest.mark.parametrize(
    ("last", "now", "on", "urgency"),
    [
        (28, date(2026, 3, 1), date(2026, 3, 2), Urgency.SOON),
        (28, date(2026, 3, 2), date(2026, 3, 2), Urgency.NOW),
        (27, date(2026, 3, 1), date(2026, 2, 28), Urgency.OVERDUE),
        (None, date(2026, 3, 1), date(2026, 3, 2), Urgency.SOON),
        (None, date(2026, 3, 2), date(2026, 3, 2), Urgency.NOW),
    ],
)
def test_no_daily_test_is_due_on_a_day_on_which_the_center_is_closed(
    last: int | None, now: date, on: date, urgency: Urgency
) -> None:
    results = () if last is None else (result("hardness", 3, date(2026, 2, last)),)
    facts = CareFacts({}, points=(SamplingPoint("RO", ""),), results=results, open_days=WORKDAYS)
    rows = due(facts, datetime.combine(now, time(8), UTC))
    (one,) = [row for row in rows if row.code == "hardness"]
    assert (one.on, one.urgency) == (on, urgency)


def test_a_monthly_test_may_fall_on_a_closed_day_as_it_may_be_made_before() -> None:
    facts = CareFacts(
        {}, points=(SamplingPoint("RO", ""),), results=(result("bacteria", 3, date(2026, 2, 1)),),
        open_days=WORKDAYS,
    )  # fmt: skip
    (one,) = [row for row in found(facts, DueKind.WATER) if row.code == "bacteria"]
    assert one.on == date(2026, 3, 1)


def test_dialysate_is_due_at_the_machine_whose_turn_it_is() -> None:
    results = (result("bacteria", 3, date(2026, 2, 20), "HD-01", Medium.DIALYSATE),)
    rows = found(CareFacts(MACHINES, results=results), DueKind.DIALYSATE)
    (one,) = [row for row in rows if row.code == "bacteria"]
    assert (one.subject, one.on, one.urgency) == ("HD-02", date(2026, 3, 20), Urgency.LATER)
    assert str(one.reason) == "this machine was never sampled"


def test_a_machine_whose_year_has_gone_by_is_overdue_even_if_it_is_not_its_turn() -> None:
    results = (
        result("bacteria", 3, date(2025, 3, 1), "HD-01", Medium.DIALYSATE),
        result("bacteria", 3, date(2025, 2, 1), "HD-02", Medium.DIALYSATE),
    )
    rows = [
        one
        for one in found(CareFacts(MACHINES, results=results), DueKind.DIALYSATE)
        if one.code == "bacteria"
    ]
    assert [(one.subject, one.on, one.urgency) for one in rows] == [
        ("HD-02", date(2025, 4, 1), Urgency.OVERDUE)
        if one.subject == "HD-02"
        else ("HD-01", date(2026, 3, 1), Urgency.OVERDUE)
        for one in rows
    ]
    assert {one.subject for one in rows} == {"HD-01", "HD-02"}


def test_a_failed_result_stands_first_until_a_good_one_follows() -> None:
    failed = result("bacteria", 120, date(2026, 2, 25))
    facts = CareFacts(MACHINES, (PLAN,), points=(SamplingPoint("RO", ""),), results=(failed,))
    first = due(facts, NOW)[0]
    assert (first.kind, first.urgency) == (DueKind.RESULT, Urgency.OVERDUE)
    assert str(first.reason) == (
        "120 CFU/mL of 2026-02-25: over the limit; disinfect the water plant, sample again"
    )
    good = result("bacteria", 3, date(2026, 3, 1))
    assert found(CareFacts(MACHINES, results=(failed, good)), DueKind.RESULT) == []


def test_dialysate_that_fails_asks_for_all_machines_of_the_model() -> None:
    failed = result("endotoxin", 0.6, TODAY, "HD-01", Medium.DIALYSATE)
    (one,) = found(CareFacts(MACHINES, results=(failed,)), DueKind.RESULT)
    assert str(one.reason).endswith("sample every machine of model 4008S")


def test_a_result_above_the_action_level_asks_to_act() -> None:
    (one,) = found(CareFacts({}, results=(result("bacteria", 51, TODAY),)), DueKind.RESULT)
    assert (one.urgency, str(one.reason)) == (
        Urgency.NOW, "51 CFU/mL of 2026-03-02: above the action level; act and sample again",
    )  # fmt: skip


def test_what_a_center_does_not_test_is_never_due() -> None:
    assert found(CareFacts(MACHINES, limits=NO_TESTS), DueKind.DIALYSATE) == []


def test_the_most_pressing_stands_first() -> None:
    facts = CareFacts(MACHINES, (PLAN,), (work(100),), points=(SamplingPoint("RO", ""),))
    order = [list(Urgency).index(one.urgency) for one in due(facts, NOW)]
    assert order == sorted(order)
