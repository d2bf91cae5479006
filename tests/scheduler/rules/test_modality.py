from dataclasses import replace
from datetime import date

from domain.calendar import Span
from domain.center import Modality as Kind
from domain.center import Placement
from domain.patient import Frequency, Prescription
from scheduler.rules.modality import Modality
from tests.scheduler.worlds import found, machine, people, planned, who, world

RULE = Modality()
MACHINES = (machine("A1", Kind.HD), machine("A2", Kind.HD, Kind.HDF))
PLACED = (Placement("M-A1", "A1"), Placement("M-A2", "A2"))


def test_the_machine_must_be_able_to_do_what_is_prescribed() -> None:
    patients = people(who("P1", modality=Kind.HDF), who("P2"))
    problem = world(machines=MACHINES, placements=PLACED, **patients)
    plan = planned(problem, "P1 A1 am Mon", "P1 A2 am Wed", "P2 A2 am Mon")
    assert found(RULE, problem, plan) == [
        "P1, 2026-03-02 morning: HDF is prescribed, station A1 can do HD"
    ]


def test_the_machine_of_the_day_counts() -> None:
    swapped = (
        Placement("M-A1", "A1", Span(last=date(2026, 3, 3))),
        Placement("M-A2", "A1", Span(first=date(2026, 3, 4))),
    )
    patients = people(who("P1", modality=Kind.HDF))
    problem = world(machines=MACHINES, placements=swapped, **patients)
    assert [v.turn for v in RULE.check(problem, planned(problem, "P1 A1 am Mon Wed"))] == [
        (date(2026, 3, 2), "am")
    ]


def test_the_prescription_of_the_day_counts() -> None:
    before = Prescription("P1", Frequency(3, 3), 240, span=Span(last=date(2026, 3, 4)))
    after = replace(before, modality=Kind.HDF, span=Span(date(2026, 3, 5)))
    problem = world(
        machines=MACHINES,
        placements=PLACED,
        patients=(who("P1").patient,),
        prescriptions=(before, after),
    )
    assert [v.turn for v in RULE.check(problem, planned(problem, "P1 A1 am Mon Wed Fri"))] == [
        (date(2026, 3, 6), "am")
    ]


def test_a_station_without_a_machine_is_another_rule_s_matter() -> None:
    problem = world(machines=MACHINES, placements=(), **people(who("P1")))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon")) == []
