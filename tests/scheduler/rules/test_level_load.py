from scheduler.rules.level_load import LevelLoad
from tests.scheduler.worlds import (
    cost,
    found,
    nurses,
    people,
    planned,
    row,
    stations_named,
    who,
    world,
    zone,
)

RULE = LevelLoad()
PEOPLE = people(*(who(f"P{number}") for number in range(1, 7)))
SIX = [f"P{number} A{number} am Mon" for number in range(1, 7)]
STATIONS = stations_named("A1 A2 A3 A4 A5 A6")


def test_every_patient_above_four_a_nurse_costs_one() -> None:
    problem = world(stations=STATIONS, staffing=nurses("A", am=1), **PEOPLE)
    assert cost(RULE, problem, planned(problem, *SIX[:4])) == 0
    assert cost(RULE, problem, planned(problem, *SIX)) == 2
    assert found(RULE, problem, planned(problem, *SIX[:5])) == [
        "Zone A, 2026-03-02 morning: 5 patients for 1 nurses, the aim is 4 each"
    ]


def test_zones_are_counted_apart_and_unstated_nurses_not_at_all() -> None:
    problem = world(
        zones=(zone("A"), zone("B")),
        stations=stations_named("A1 A2 B1"),
        staffing=nurses("A", am=1),
        rules=(row("level_load", limit=1),),
        **PEOPLE,
    )
    plan = planned(problem, "P1 A1 am Mon", "P2 A2 am Mon", "P3 B1 am Mon", "P4 A1 pm Mon")
    assert cost(RULE, problem, plan) == 1
