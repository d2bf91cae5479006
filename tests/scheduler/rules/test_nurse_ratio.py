from datetime import date

from domain.calendar import Span
from domain.center import Staffing
from scheduler.rules.nurse_ratio import NurseRatio
from tests.scheduler.worlds import (
    EVERY_DAY,
    found,
    nurses,
    people,
    planned,
    row,
    stations_named,
    weekdays,
    who,
    world,
    zone,
)

RULE = NurseRatio()
PEOPLE = people(*(who(f"P{number}") for number in range(1, 7)))
SIX = [f"P{number} A{number} am Mon" for number in range(1, 7)]
STATIONS = stations_named("A1 A2 A3 A4 A5 A6")


def test_five_patients_a_nurse_are_the_limit() -> None:
    problem = world(stations=STATIONS, staffing=nurses("A", am=1), **PEOPLE)
    assert found(RULE, problem, planned(problem, *SIX[:5])) == []
    assert found(RULE, problem, planned(problem, *SIX)) == [
        "Zone A, 2026-03-02 morning: 6 patients for 1 nurses, at most 5 each"
    ]


def test_a_nurse_of_another_zone_does_not_help() -> None:
    problem = world(
        zones=(zone("A"), zone("B")),
        stations=stations_named("A1 A2 A3 B1"),
        staffing=(*nurses("A", am=1), *nurses("B", am=2)),
        rules=(row("nurse_ratio", limit=2),),
        **PEOPLE,
    )
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon", "P3 A3 am Mon", "P4 B1 am Mon")
    assert found(RULE, problem, plan) == [
        "Zone A, 2026-03-02 morning: 3 patients for 1 nurses, at most 2 each"
    ]


def test_where_no_nurses_are_stated_nothing_is_judged_but_zero_nurses_care_for_nobody() -> None:
    unstated = world(staffing=nurses("A", pm=1), **PEOPLE)
    nobody = world(staffing=nurses("A", am=0), **PEOPLE)
    assert found(RULE, unstated, planned(unstated, "P1 A1 am Mon")) == []
    assert found(RULE, nobody, planned(nobody, "P1 A1 am Mon")) == [
        "Zone A, 2026-03-02 morning: 1 patients for 0 nurses, at most 5 each"
    ]


def test_rows_of_the_same_turn_add_up_and_count_only_on_their_days() -> None:
    staffing = (
        Staffing("A", "am", 1, EVERY_DAY),
        Staffing("A", "am", 1, weekdays("Mon"), Span(last=date(2026, 3, 2))),
    )
    problem = world(stations=STATIONS, staffing=staffing, **PEOPLE)
    tuesday = [text.replace("Mon", "Tue") for text in SIX]
    assert found(RULE, problem, planned(problem, *SIX)) == []
    assert len(found(RULE, problem, planned(problem, *tuesday))) == 1
