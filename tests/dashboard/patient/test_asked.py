"""What a patient sends is read as meant, or refused with every reason at once."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.patient.asked import (
    LONGEST,
    MOST_OPEN,
    Refused,
    read_answer,
    read_trip,
    read_wish,
)
from dashboard.patient.own import News, Own, Visit
from domain.calendar import Interval, Turn
from domain.patient_word import Answer, Decision, PatientAnswer, PatientRequest, RequestKind
from tests.db.world import MONDAY, NOW, REGISTER

TODAY = MONDAY
TURN = Turn(MONDAY, "D")


def own(*requests: PatientRequest, news: News = News.NONE) -> Own:
    start = datetime.combine(MONDAY, REGISTER.shifts[0].start)
    here = Interval(start, start + timedelta(hours=5))
    visit = Visit(TURN, here, "A1", "", news, None)
    return Own(REGISTER, REGISTER.patients[0], (), (visit,), requests)


def said(refused: object) -> list[str]:
    assert isinstance(refused, Refused)
    return [str(reason) for reason in refused.reasons]


def test_an_answer_belongs_to_a_session_of_the_page() -> None:
    fields = {"day": MONDAY.isoformat(), "shift": "D", "answer": "late", "minutes": "30"}
    assert read_answer(own(), fields, NOW) == PatientAnswer("P1", TURN, Answer.LATE, 30, NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"day": "2026-11-24"}, {"day": "x"}, {"shift": "N"}, {"answer": "perhaps"}, {"minutes": "7"}],
)
def test_an_answer_to_something_else_is_refused(wrong: dict[str, str]) -> None:
    fields = {"day": MONDAY.isoformat(), "shift": "D", "answer": "late", "minutes": "30"}
    assert said(read_answer(own(), fields | wrong, NOW))


def test_a_canceled_session_takes_no_answer() -> None:
    fields = {"day": MONDAY.isoformat(), "shift": "D", "answer": "coming"}
    assert said(read_answer(own(news=News.CANCELED), fields, NOW))


def test_a_wish_has_days_or_a_shift_or_words() -> None:
    fields = {"day1": "1", "day3": "1", "shift": "D", "text": " mornings "}
    found = read_wish(own(), fields, NOW)
    assert found == PatientRequest(
        0, "P1", RequestKind.WISH, frozenset({1, 3}), "D", None, None, "mornings", NOW
    )
    assert len(said(read_wish(own(), {}, NOW))) == 1


def test_everything_wrong_with_a_trip_is_said_at_once() -> None:
    fields = {"first": "2026-11-20", "last": "2026-11-19", "text": "x" * (LONGEST + 1)}
    assert len(said(read_trip(own(), fields, TODAY, NOW))) == 3


def test_a_trip_has_both_days_and_a_place() -> None:
    fields = {"first": "2026-12-01", "last": "2026-12-09", "text": "Chengdu"}
    found = read_trip(own(), fields, TODAY, NOW)
    assert isinstance(found, PatientRequest)
    assert (found.first_day, found.last_day) == (date(2026, 12, 1), date(2026, 12, 9))
    assert said(read_trip(own(), {"first": "2026-12-01"}, TODAY, NOW)) == [
        "Please give the first and the last day of the trip.",
        "Please write where you are going.",
    ]


def test_nobody_can_pile_up_requests() -> None:
    one = PatientRequest(1, "P1", RequestKind.WISH, frozenset(), "", None, None, "x", NOW)
    done = PatientRequest(
        2, "P1", RequestKind.WISH, frozenset(), "", None, None, "x", NOW, Decision.ACCEPTED
    )
    fields = {"text": "y"}
    assert isinstance(read_wish(own(*[one] * (MOST_OPEN - 1), done), fields, NOW), PatientRequest)
    assert said(read_wish(own(*[one] * MOST_OPEN), fields, NOW))


FIELDS = st.dictionaries(
    st.sampled_from(
        [
            "day",
            "shift",
            "answer",
            "minutes",
            "text",
            "first",
            "last",
            *(f"day{n}" for n in range(9)),
        ]
    ),
    st.one_of(
        st.text(max_size=400),
        st.sampled_from(["1", "30", "D", "N", "late", "2026-11-23", "2026-12-01", "0001-01-01"]),
    ),
)


@given(FIELDS)
def test_whatever_is_sent_is_kept_as_meant_or_refused(fields: dict[str, str]) -> None:
    for found in (
        read_answer(own(), fields, NOW),
        read_wish(own(), fields, NOW),
        read_trip(own(), fields, TODAY, NOW),
    ):
        match found:
            case Refused(reasons):
                assert reasons
            case PatientAnswer():
                assert (found.turn, found.answer is Answer.LATE) == (TURN, found.minutes_late > 0)
            case PatientRequest():
                assert len(found.text) <= LONGEST
                assert found.weekdays <= set(range(1, 8))
                if found.first_day and found.last_day:
                    assert TODAY <= found.first_day <= found.last_day
