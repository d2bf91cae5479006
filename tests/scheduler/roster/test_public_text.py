from __future__ import annotations

from textwrap import dedent

import pytest

from domain.words import words
from scheduler.roster.judge import judge
from scheduler.roster.public_text import Problem, Refused, read_public_text, write_roster
from scheduler.roster.shape import OFF, Cover, Kind, Run, Sum, Weekends, Wish

SMALL = dedent(
    """\
    # Two nurses, one week
    SECTION_HORIZON
    7

    SECTION_SHIFTS
    E,480,
    L,600,E

    SECTION_STAFF
    # ID, MaxShifts, minutes, minutes, row, row, off, weekends
    A,E=7|L=0,2400,960,5,2,2,1
    B,E=7|L=3,2400,960,5,2,2,0

    SECTION_DAYS_OFF
    A,0,3

    SECTION_SHIFT_ON_REQUESTS
    A,1,E,2

    SECTION_SHIFT_OFF_REQUESTS
    B,2,L,3

    SECTION_COVER
    0,E,1,100,1
    1,L,2,100,1
    """
)
E_, L_ = 1, 2


def problems(text: str) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        read_public_text(text)
    return refused.value.problems


def test_every_section_becomes_part_of_the_shape() -> None:
    shape = read_public_text(SMALL)
    a, b = shape.people
    work = frozenset({E_, L_})
    assert shape.days == 7
    assert shape.kinds == (Kind("-", 0), Kind("E", 480), Kind("L", 600))
    assert shape.barred == {(L_, E_)}
    assert shape.weekends == (frozenset({5, 6}),)
    assert a.name == "A"
    assert a.sums == (
        Sum(work, 960, 2400, minutes=True),
        Sum(frozenset({E_}), most=7),
        Sum(frozenset({L_}), most=0),
    )
    assert a.runs == (Run(work, 2, 5), Run(frozenset({OFF}), 2))
    assert a.weekends == (Weekends(work, 1),)
    assert a.barred == {(0, E_), (0, L_), (3, E_), (3, L_)}
    assert a.wishes == (Wish(1, frozenset({E_}), 2),)
    assert b.wishes == (Wish(2, frozenset({L_}), 3, wanted=False),)
    assert shape.covers == (
        Cover(0, frozenset({E_}), 1, 100, 1),
        Cover(1, frozenset({L_}), 2, 100, 1),
    )


def test_the_cost_of_a_roster_is_counted_as_the_format_says() -> None:
    shape = read_public_text(SMALL)
    roster = ((0, E_, E_, 0, 0, 0, 0), (E_, L_, L_, 0, 0, 0, 0))
    judgment = judge(shape, roster)
    assert judgment.breaches == ()
    assert judgment.personal == (0, 3)
    assert judgment.cost == 100 + 3


def test_every_problem_is_told_with_its_line_and_all_at_once() -> None:
    text = SMALL.replace("A,1,E,2", "C,9,X,many").replace("0,E,1,100,1", "0,E,1")
    assert set(problems(text)) == {
        Problem(18, words("there is nobody called {name}", name="C")),
        Problem(18, words("there is no day {day} among {days}", day=9, days=7)),
        Problem(18, words("there is no shift {code}", code="X")),
        Problem(18, words("{text} is not a whole number from 0 on", text="many")),
        Problem(24, words("{expected} fields are expected, {found} found", expected=5, found=3)),
    }


def test_a_text_of_something_else_is_refused_section_by_section() -> None:
    found = problems("hello\nSECTION_NOISE\n1\n")
    assert [(one.line, str(one.words)) for one in found] == [
        (0, "section SECTION_HORIZON is missing or empty"),
        (0, "section SECTION_SHIFTS is missing or empty"),
        (0, "section SECTION_STAFF is missing or empty"),
        (1, "a section is expected before the first line"),
        (2, "there is no section SECTION_NOISE"),
    ]


def test_what_is_there_twice_or_empty_is_refused() -> None:
    text = SMALL.replace("L,600,E", "E,600,E|Q").replace("B,E=7|L=3", "A,E=7|L3")
    text = text.replace("7\n\nSECTION_SHIFTS", "0\n\nSECTION_SHIFTS")
    said = {(one.line, str(one.words)) for one in problems(text)}
    assert {
        (3, "at least one day is expected"),
        (7, "shift E is there twice"),
        (7, "there is no shift Q"),
        (12, "A is there twice"),
        (12, "L3 is not a shift and its number"),
    } <= said


def test_a_refusal_says_what_is_wrong_in_one_line_too() -> None:
    with pytest.raises(Refused, match="1: a section is expected before the first line"):
        read_public_text("x")


def test_a_roster_is_written_a_line_a_person() -> None:
    shape = read_public_text(SMALL)
    roster = ((0, E_, E_, 0, 0, 0, 0), (E_, L_, L_, 0, 0, 0, 0))
    assert write_roster(shape, roster) == "\tE\tE\t\t\t\t\nE\tL\tL\t\t\t\t\n"
