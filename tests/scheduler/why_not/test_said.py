"""The answers in words: every kind of change, and no claim that was not proven."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.calendar import DAY, Turn
from domain.concession import (
    AcceptsNight,
    ComesAnyway,
    Concession,
    DoctorAllows,
    HeldSeatUsed,
    NegativeReports,
    OtherPlace,
    PromiseReleased,
    TurnOpened,
    WorksOtherwise,
)
from domain.plan import Lock, Plan
from domain.remedy import MoreNurses
from domain.why_not import (
    Ask,
    Block,
    BlockKind,
    Least,
    SeatAnswer,
    Way,
    WhyNot,
)
from domain.words import words
from scheduler.why_not.said import (
    checked_words,
    claims,
    concession_words,
    condition_words,
    nothing_words,
    people_words,
    possible_words,
    seat_words,
)
from tests.scheduler.worlds import MONDAY, people, who, world

PROBLEM = world(**people(who("P1")))
TURN = Turn(MONDAY, "am")
ASK = Ask("P1", TURN)
WAY = Way((), (), 0, Plan.of(MONDAY, 1, ()), (), (), (), Least(0, 0), Least(1, 1), 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (OtherPlace(), "another station of the same shift will do"),
        (
            PromiseReleased(Lock("P2", MONDAY, "am")),
            "the promise to P2 of 2026-03-02 morning is given up",
        ),
        (AcceptsNight("P1"), "P1 accepts night shifts"),
        (ComesAnyway("P1", MONDAY), "P1 can come on 2026-03-02 after all"),
        (WorksOtherwise("P1", MONDAY), "P1 does not work on 2026-03-02"),
        (
            NegativeReports("P1", MONDAY - DAY),
            "P1 has had the missing blood tests by 2026-03-01, all of them negative",
        ),
        (
            HeldSeatUsed("A", TURN),
            "one of the seats held back in Zone A is given away on 2026-03-02 morning",
        ),
        (TurnOpened(TURN), "2026-03-02 morning takes place although it is closed"),
        (
            DoctorAllows("P1", "rest_day"),
            "the doctor lets this rule go for P1: Rest day between sessions",
        ),
    ],
)
def test_a_change_is_said_as_a_condition(change: Concession, said: str) -> None:
    assert str(concession_words(PROBLEM, change)) == said


def test_a_remedy_is_said_as_it_is_everywhere() -> None:
    said = str(concession_words(PROBLEM, MoreNurses("A", "am", (MONDAY,), 1)))
    assert "Zone A" in said


def test_what_is_asked_for_is_said_with_its_place() -> None:
    assert str(seat_words(PROBLEM, ASK)) == "2026-03-02 morning"
    assert str(seat_words(PROBLEM, replace(ASK, zone="A"))) == "2026-03-02 morning, Zone A"
    at = replace(ASK, station="A2")
    assert str(seat_words(PROBLEM, at)) == "2026-03-02 morning, station A2"


def test_how_many_others_move_is_in_the_headline() -> None:
    for others, stations, said in (
        (0, 0, "nobody else is touched."),
        (0, 2, "only seats change."),
        (1, 0, "if one other patient comes at other times."),
        (3, 1, "if 3 other patients come at other times."),
    ):
        way = replace(WAY, others=Least(others, others), stations=stations)
        assert str(possible_words(PROBLEM, ASK, way)).endswith(said)


def test_only_what_is_proven_is_called_so() -> None:
    assert [str(one) for one in claims(WAY)] == [
        "Proven: no plan with this seat moves fewer people.",
        "Proven: nor fewer sessions.",
    ]
    assert [str(one) for one in claims(replace(WAY, sessions=Least(3, 2)))] == [
        "Proven: no plan with this seat moves fewer people.",
    ]
    open_ = replace(WAY, others=Least(4, 2), sessions=Least(5, 5))
    assert [str(one) for one in claims(open_)] == [
        "The best found; every plan with this seat moves at least 2 people.",
    ]


def test_of_a_block_only_what_was_tried_is_called_checked() -> None:
    own = Block(BlockKind.LOCAL, (), words("x"))
    crowd = Block(BlockKind.COUNTING, (), words("x"), people=("P1", "P2"))
    assert "without any one of these facts" in str(checked_words(own))
    assert "without any one of these patients" in str(checked_words(crowd))
    assert checked_words(replace(own, smallest=False)) is None
    assert "The time was up" in str(checked_words(replace(crowd, smallest=False)))
    assert str(people_words(crowd)) == "2 patients: P1, P2"


def test_that_nothing_helps_is_said_only_if_everything_was_tried() -> None:
    found = WhyNot(ASK, SeatAnswer.BLOCKED, words("x"))
    assert "Nothing that a center may change" in str(nothing_words(found))
    assert "The time was up" in str(nothing_words(replace(found, complete=False)))


def test_changes_are_said_with_what_they_weigh() -> None:
    said = condition_words((words("one"), words("two")), 45)
    assert str(said) == "It would be possible with this: one, two. Weighs 45 minutes of a nurse."
