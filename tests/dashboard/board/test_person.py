"""The panel tells of a patient what a nurse asks before a move."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from dashboard.board.person import Person, person
from dashboard.board.talk import person_document
from domain.calendar import DAY, Span
from domain.patient import Night, Wish, WishKind
from domain.problem import Problem
from tests.dashboard.board.weeks import ENGLISH, on_table
from tests.scheduler.worlds import MONDAY, people, planned, who, works, world


def of_one(problem: Problem, *lines: str) -> Person:
    found = person(on_table(problem, planned(problem, *lines)), "P1")
    assert found is not None
    return found


def test_sessions_are_said_with_times_and_station_and_missing_ones_counted() -> None:
    found = of_one(world(**people(who("P1"))), "P1 A1 am Mon Wed")
    assert [ENGLISH.say(said) for _, said in found.sessions] == [
        "Mon 2 Mar morning, 08:00 to 12:00, station A1",
        "Wed 4 Mar morning, 08:00 to 12:00, station A1",
    ]
    assert found.missing == 1


def test_facts_are_prescription_infection_nights_work_and_how_long_a_guest_stays() -> None:
    guest = who("P1", night=Night.ACCEPTS, span=Span(MONDAY, MONDAY + 6 * DAY))
    work = works("P1", "Mon Tue", time(22), time(6))
    problem = world(**{**people(guest), "work_shifts": (work,)})
    facts = {str(name): ENGLISH.say(said) for name, said in of_one(problem, "P1 A1 am Mon").facts}
    assert facts == {
        "Prescription": "3 sessions this week, 240 minutes, HD, access AVF",
        "Infection": "reports missing or expired",
        "Nights": "accepts nights",
        "Work": "Monday, Tuesday 22:00 to 06:00",
        "Guest": "Mon 2 Mar to Sun 8 Mar",
    }


def test_every_kind_of_wish_has_its_words() -> None:
    wanted = {
        WishKind.SHIFT: ("am", "would like morning (2 of 3)"),
        WishKind.NOT_SHIFT: ("gone", "would not like gone (2 of 3)"),
        WishKind.WEEKDAY: ("1", "would like Monday (2 of 3)"),
        WishKind.NOT_WEEKDAY: ("7", "would not like Sunday (2 of 3)"),
        WishKind.LONG_GAP: ("saturday", "would like the long gap over Saturday (2 of 3)"),
        WishKind.COMPANION: ("P2", "would like to come with P2 (2 of 3)"),
    }
    wishes = tuple(Wish("P1", kind, value, 2) for kind, (value, _) in wanted.items())
    problem = world(**{**people(who("P1"), who("P2")), "wishes": wishes})
    assert [ENGLISH.say(one) for one in of_one(problem).wishes] == [
        said for _, said in wanted.values()
    ]


def test_rules_speak_of_the_patient_alone_hard_ones_first() -> None:
    problem = world(**people(who("P1"), who("P2")))
    found = of_one(problem, "P1 A1 am Mon Tue", "P2 A2 am Mon Tue")
    assert found.lines[0].kind == "broken"
    assert {str(one.rule) for one in found.lines if one.kind == "broken"} >= {
        "Rest day between sessions"
    }
    assert all("P2" not in str(one.said) for one in found.lines)


def test_nobody_is_told_of_an_unknown_code() -> None:
    problem = world(**people(who("P1")))
    opened = on_table(problem, planned(problem))
    assert person(opened, "P9") is None
    assert person_document(opened, "P9", ENGLISH) is None


def test_without_a_prescription_that_is_said() -> None:
    problem = world(**{**people(who("P1")), "prescriptions": ()})
    first = of_one(problem).facts[0]
    assert ENGLISH.say(first[1]) == "no prescription"


def test_a_patient_document_says_how_many_sessions_have_no_place() -> None:
    problem = world(**people(who("P1")))
    for lines, said in (
        ((), "3 sessions have no place"),
        (("P1 A1 am Mon Wed",), "One session has no place"),
    ):
        opened = on_table(problem, planned(problem, *lines))
        document = person_document(replace(opened), "P1", ENGLISH)
        assert document is not None
        assert document["missing"] == said
