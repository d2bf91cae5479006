"""A plan as CSV and JSON comes back the same, or every problem is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.sheets.plan_csv import read_plan_csv, write_plan_csv
from db.sheets.plan_json import read_plan_json, write_plan_json
from db.sheets.plan_rows import PlanRefused
from domain.calendar import days_from, monday_of
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.register import Register
from tests.db.sheets.world import MONDAY, PATIENTS, REGISTER, edition
from tests.strategies import registers

Reading = Callable[[bytes, Problem], Plan]


def problems(read: Reading, data: bytes) -> list[str]:
    with pytest.raises(PlanRefused) as refused:
        read(data, edition().problem)
    return [str(problem.words()) for problem in refused.value.problems]


def read_or_refused(read: Reading, data: bytes) -> Plan | None:
    """The plan, or nothing if it was refused with at least one reason."""
    try:
        return read(data, edition().problem)
    except PlanRefused as refused:
        if not refused.problems:
            raise
        return None


@st.composite
def plans(draw: st.DrawFn) -> tuple[Problem, Plan]:
    """A random center and any sessions of its people, on days of one or two weeks."""
    register: Register = draw(registers())
    weeks = draw(st.integers(1, 2))
    monday = monday_of(draw(st.dates(MONDAY.replace(year=2025), MONDAY.replace(year=2030))))
    rows = st.builds(
        Assignment,
        st.sampled_from(list(days_from(monday, 7 * weeks))),
        st.sampled_from([one.code for one in register.shifts]),
        st.sampled_from([one.code for one in register.stations]),
        st.sampled_from([one.code for one in register.patients]),
    )
    seats = draw(st.lists(rows, unique=True, max_size=6))
    return Problem(register, monday, weeks), Plan.of(monday, weeks, seats)


@settings(max_examples=40, deadline=None)
@given(plans(), st.sampled_from(["en", "zh"]))
def test_a_plan_as_csv_comes_back_the_same(made: tuple[Problem, Plan], language: str) -> None:
    problem, plan = made
    data = write_plan_csv(plan, "zh" if language == "zh" else "en")
    assert read_plan_csv(data, problem) == plan


@settings(max_examples=40, deadline=None)
@given(plans())
def test_a_plan_as_json_comes_back_the_same(made: tuple[Problem, Plan]) -> None:
    problem, plan = made
    data = write_plan_json(plan, problem.register.center.code)
    assert read_plan_json(data, problem) == plan


@pytest.mark.parametrize("read", [read_plan_csv, read_plan_json])
@given(data=st.binary(max_size=200))
def test_any_bytes_give_a_plan_or_reasons(read: Reading, data: bytes) -> None:
    plan = read_or_refused(read, data)
    assert plan is None or plan.first_day == MONDAY


WHOLE: dict[Reading, bytes] = {
    read_plan_csv: write_plan_csv(edition().plan),
    read_plan_json: write_plan_json(edition().plan, "HC"),
}


@pytest.mark.parametrize("read", [read_plan_csv, read_plan_json])
@given(place=st.integers(0, 1_000_000), byte=st.binary(min_size=1, max_size=1))
def test_a_damaged_byte_is_refused_or_read_as_it_stands(
    read: Reading, place: int, byte: bytes
) -> None:
    """Never another exception, never a session more or less without a row more or less."""
    whole = WHOLE[read]
    at = place % len(whole)
    damaged = whole[:at] + byte + whole[at + 1 :]
    plan = read_or_refused(read, damaged)
    lost = {*edition().plan.assignments} - {*plan.assignments} if plan else set()
    assert len(lost) <= 2


def test_a_csv_is_the_center_folders_table_of_sessions() -> None:
    lines = write_plan_csv(edition().plan, "zh").decode("utf-8-sig").splitlines()
    assert lines[:2] == ["日期,班次,机位,患者", "2026-11-23,am,A1,P1"]


def test_codes_that_look_like_formulas_are_neutral_in_csv() -> None:
    register = replace(REGISTER, patients=(*PATIENTS, replace(PATIENTS[0], code="=1+1")))
    problem = Problem(register, MONDAY)
    plan = Plan.of(MONDAY, 1, (Assignment(MONDAY, "am", "A1", "=1+1"),))
    data = write_plan_csv(plan)
    assert b",'=1+1" in data
    assert read_plan_csv(data, problem) == plan


def test_every_problem_of_a_csv_is_named_with_row_and_column() -> None:
    text = (
        "date,shift,station,patient\n"
        "2026-11-23,am,A1,P1\n"
        "2026-11-31,am,A1,P1\n"
        "2026-12-07,night,A3,P9\n"
        "2026-11-23,am,A1,P1\n"
        ",am,A1,P1\n"
    )
    found = problems(read_plan_csv, text.encode())
    assert len(found) == 6
    for part in (
        "row 3, column date: found “2026-11-31”",
        "row 4, column date: found “2026-12-07”, expected a day from 2026-11-23 to 2026-11-29",
        "row 4, column station: found “A3”, expected a code from the center's files",
        "row 4, column patient: found “P9”, expected a code from the center's files",
        "row 5: expected a row that is not there yet; row 2 is the same",
        "row 6, column date: expected a date",
    ):
        assert any(part in one for one in found), part


def test_a_code_that_is_nearly_one_of_the_centers_is_guessed() -> None:
    text = "date,shift,station,patient\n2026-11-23,nigth,A1,P1\n"
    assert problems(read_plan_csv, text.encode()) == [
        "plan.csv, row 2, column shift: found “nigth”, expected a code from the center's files, "
        "perhaps night"
    ]


def test_a_csv_without_its_headings_is_refused() -> None:
    assert problems(read_plan_csv, b"")
    assert problems(read_plan_csv, b"2026-11-23,am,A1,P1\n")


def test_an_empty_plan_comes_back_empty() -> None:
    empty = Plan.of(MONDAY, 1, ())
    problem = edition().problem
    assert read_plan_csv(write_plan_csv(empty), problem) == empty
    assert read_plan_json(write_plan_json(empty, "HC"), problem) == empty


def edited(**keys: object) -> bytes:
    found = json.loads(write_plan_json(edition().plan, "HC"))
    return json.dumps(found | keys).encode()


def test_a_json_of_another_center_week_or_format_is_refused_in_one_go() -> None:
    data = edited(center="XM", first_day="2026-11-30", weeks=True, format="2", author="x")
    assert len(problems(read_plan_json, data)) == 5


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ({}, "row 1"),
        ("P1", 'row 1: found “"P1"”'),
        ({"day": 20261123, "shift": "am", "station": "A1", "patient": "P1"}, "text in quotation"),
        ({"day": "2026-11-23", "shift": "am", "station": "A1"}, "row 1, column patient"),
        (
            {"day": "2026-11-23", "shift": "am", "station": "A1", "patient": "P1", "note": "x"},
            "row 1, column note: expected no such key",
        ),
    ],
)
def test_a_wrong_row_of_a_json_is_named(row: object, part: str) -> None:
    found = problems(read_plan_json, edited(assignments=[row]))
    assert any(part in one for one in found), found


def test_a_key_that_stands_twice_is_refused() -> None:
    data = write_plan_json(edition().plan, "HC").replace(b'"weeks": 1', b'"weeks": 1, "weeks": 1')
    assert problems(read_plan_json, data) == [
        "plan.json: expected each key once; weeks is there twice"
    ]


@pytest.mark.parametrize("data", [b"{", b"[]", b"\xff", b"{}", b"[" * 100_000])
def test_what_is_no_plan_at_all_is_refused(data: bytes) -> None:
    assert problems(read_plan_json, data)
