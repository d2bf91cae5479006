from datetime import date, timedelta
from typing import Any

from domain.calendar import DAY
from domain.center import Infection
from domain.patient import Marker, Serology
from domain.problem import Problem
from scheduler.rules.zone_serology import ZoneSerology
from tests.scheduler.worlds import (
    MONDAY,
    blood_tests,
    found,
    people,
    planned,
    row,
    stations_named,
    who,
    world,
    zone,
)

RULE = ZoneSerology()
CLEAN = zone("A", Infection.NEGATIVE)
HEPATITIS_B = zone("B", Infection.HBV)
UNKNOWN = zone("U", Infection.UNKNOWN)
RECENT = date(2026, 2, 2)


def center(*reports: Serology, first_day: date = MONDAY, **tables: Any) -> Problem:
    return world(
        first_day,
        zones=(CLEAN, HEPATITIS_B, UNKNOWN),
        stations=stations_named("A1 B1 U1"),
        serology=reports,
        **people(who("P1")),
        **tables,
    )


def test_each_status_sits_only_where_it_is_admitted() -> None:
    negative = center(*blood_tests("P1", RECENT))
    positive = center(*blood_tests("P1", RECENT, Marker.HBSAG))
    nowhere = planned(negative, "P1 A1 am Mon", "P1 B1 am Wed", "P1 U1 am Fri")
    assert found(RULE, negative, nowhere) == [
        "P1, 2026-03-04 morning: status negative, not admitted in zone B",
        "P1, 2026-03-06 morning: status negative, not admitted in zone U",
    ]
    assert found(RULE, positive, nowhere) == [
        "P1, 2026-03-02 morning: status hepatitis B, not admitted in zone A",
        "P1, 2026-03-06 morning: status hepatitis B, not admitted in zone U",
    ]


def test_unknown_is_neither_negative_nor_among_the_positives() -> None:
    problem = center()
    plan = planned(problem, "P1 A1 am Mon", "P1 B1 am Wed", "P1 U1 am Fri")
    assert found(RULE, problem, plan) == [
        "P1, 2026-03-02 morning: status unknown or expired, not admitted in zone A",
        "P1, 2026-03-04 morning: status unknown or expired, not admitted in zone B",
    ]


def test_one_marker_missing_is_unknown() -> None:
    problem = center(*blood_tests("P1", RECENT)[:-1])
    assert len(found(RULE, problem, planned(problem, "P1 A1 am Mon"))) == 1


def test_a_report_expires_in_the_middle_of_the_week() -> None:
    wednesday = MONDAY + 2 * DAY
    problem = center(*blood_tests("P1", wednesday - timedelta(days=183)))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Wed Thu")) == [
        "P1, 2026-03-05 morning: status unknown or expired, not admitted in zone A"
    ]


def test_the_center_s_own_validity_counts() -> None:
    rules = (row("zone_serology", limit=20),)
    problem = center(*blood_tests("P1", MONDAY - timedelta(days=20)), rules=rules)
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Tue")) == [
        "P1, 2026-03-03 morning: status unknown or expired, not admitted in zone A"
    ]


def test_two_infections_need_a_zone_that_admits_both() -> None:
    problem = center(*blood_tests("P1", RECENT, Marker.HBSAG, Marker.ANTI_HCV))
    assert found(RULE, problem, planned(problem, "P1 B1 am Mon")) == [
        "P1, 2026-03-02 morning: status hepatitis B, hepatitis C, not admitted in zone B"
    ]


def test_half_a_year_over_a_leap_day_is_counted_in_days() -> None:
    problem = center(*blood_tests("P1", date(2027, 8, 30)), first_day=date(2028, 2, 28))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon Tue Wed")) == [
        "P1, 2028-03-01 morning: status unknown or expired, not admitted in zone A"
    ]
