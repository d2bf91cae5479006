"""What a plan asks of nurses, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.calendar import WEEK, Span, Turn
from domain.center import Infection, Modality, Nurse, Station, Zone
from domain.nurse_roster import NurseNeed
from domain.nurse_terms import CrewRule
from domain.patient import AccessKind, Frequency, Patient, Prescription
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.register import Register
from domain.rulebook import RuleRow
from domain.words import Label
from scheduler.ward.needs import needs_of, plan_needs
from tests.scheduler.ward.worlds import EARLY, MONDAY, SITE, TREATMENT, day

TURN = Turn(MONDAY, "AM")


def register(*nurses: Nurse, patients: int = 11, **tables: object) -> Register:
    """Eleven patients in zone A; the last has a catheter, the one before filtration."""
    codes = [f"P{at:02d}" for at in range(patients)]
    people = tuple(Patient(code, code) for code in codes)
    if patients > 1:
        people = (*people[:-1], replace(people[-1], access=AccessKind.TCC))
    return replace(
        SITE,
        stations=(
            *(Station(f"A{at:02d}", "A") for at in range(patients)),
            Station("B01", "B"),
        ),
        patients=people,
        prescriptions=tuple(
            Prescription(code, Frequency(3, 3), 240,
                         Modality.HDF if at == patients - 2 else Modality.HD)
            for at, code in enumerate(codes)
        ),
        nurses=nurses,
        **tables,  # type: ignore[arg-type]
    )  # fmt: skip


def full(count: int, on: date = MONDAY) -> Plan:
    """So many patients in the morning of a day."""
    rows = (Assignment(on, "AM", f"A{at:02d}", f"P{at:02d}") for at in range(count))
    return Plan.of(on, 1, rows)


def asked(found: Register, count: int = 11) -> list[tuple[str, str, int, int]]:
    """Zone, skill, nurses and aim of each need."""
    needs = plan_needs(Problem(found, MONDAY), full(count))
    assert {one.turn for one in needs} == {TURN}
    return [(one.zone, one.skill, one.nurses, one.aim) for one in needs]


@pytest.mark.parametrize(("patients", "nurses", "aim"), [(5, 1, 2), (6, 2, 2), (10, 2, 3)])
def test_one_nurse_to_five_and_the_aim_is_four(patients: int, nurses: int, aim: int) -> None:
    assert asked(register(), patients) == [("A", "", nurses, aim)]


def test_a_zones_own_ratio_counts_but_never_above_the_centers_rule() -> None:
    strict, lax = CrewRule("A", None, 3), CrewRule("A", None, 8)
    assert asked(register(crew_rules=(strict,)), 10)[0][2] == 4
    assert asked(register(crew_rules=(lax,)), 10)[0][2] == 2
    rule = RuleRow("nurse_ratio", MONDAY, True, 4)
    assert asked(register(rules=(rule,)), 10)[0][2] == 3


def test_at_least_so_many_nurses_and_only_in_the_rows_days_and_shift() -> None:
    assert asked(register(crew_rules=(CrewRule("A", "AM", None, 3),)), 1)[0][2] == 3
    assert asked(register(crew_rules=(CrewRule("A", "EVE", None, 3),)), 1)[0][2] == 1
    past = CrewRule("A", None, None, 3, "", Span(None, day(-1)))
    assert asked(register(crew_rules=(past,)), 1)[0][2] == 1


def test_skills_are_asked_for_where_somebody_has_them_and_patients_need_them() -> None:
    able = Nurse("N1", "N1", frozenset("A"), frozenset({"lead", "catheter", "HDF"}))
    assert asked(register(able))[0:] == [
        ("", "lead", 1, 1),
        ("A", "", 3, 3),
        ("A", "HDF", 1, 1),
        ("A", "catheter", 1, 1),
    ]
    assert asked(register(able), 5) == [("", "lead", 1, 1), ("A", "", 1, 2)]


def test_the_centers_own_row_of_a_skill_takes_the_place_of_the_usual_one() -> None:
    able = Nurse("N1", "N1", frozenset("A"), frozenset({"lead"}))
    two = CrewRule(None, "AM", None, 2, "lead")
    assert ("", "lead", 2, 2) in asked(register(able, crew_rules=(two,)))
    by_number = CrewRule("A", None, 4, 0, "catheter")
    assert ("A", "catheter", 3, 3) in asked(register(crew_rules=(by_number,)))


def test_isolation_is_asked_for_in_a_zone_of_the_infected() -> None:
    able = Nurse("N1", "N1", frozenset("B"), frozenset({"isolation"}))
    found = register(able, zones=(SITE.zones[0], Zone("B", Label("", "乙肝"),
                                                        frozenset({Infection.HBV}))))  # fmt: skip
    plan = Plan.of(MONDAY, 1, [Assignment(MONDAY, "AM", "B01", "P00")])
    needs = plan_needs(Problem(found, MONDAY), plan)
    assert [(one.zone, one.skill) for one in needs] == [("B", ""), ("B", "isolation")]


def test_a_week_without_a_plan_is_as_the_last_one_of_its_half_of_the_fortnight() -> None:
    found = register()
    plans = {MONDAY - WEEK: full(5, MONDAY - WEEK), MONDAY: full(10)}
    problem = Problem(found, MONDAY, 3)
    needs = needs_of(problem, plans)
    assert [(one.turn.day, one.nurses, one.assumed) for one in needs] == [
        (MONDAY, 2, None),
        (MONDAY + WEEK, 1, MONDAY - WEEK),
        (MONDAY + 2 * WEEK, 2, MONDAY),
    ]


def test_without_any_plan_only_duties_away_from_patients_are_asked_for() -> None:
    problem = Problem(register(duty_kinds=(TREATMENT,)), MONDAY)
    needs = needs_of(problem, {})
    assert needs[0] == NurseNeed(Turn(MONDAY, "治"), "", "", 1, 1, 0)
    assert len(needs) == 5
    assert EARLY.code == "AM"
