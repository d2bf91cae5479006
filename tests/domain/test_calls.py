"""Whom to call, and what one short message says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearshift.i18n import speaker
from domain.calls import (
    Call,
    CallUrgency,
    ToldChange,
    ToldSession,
    by_urgency,
    call_of,
    one_message,
    sms,
)
from domain.plan import Assignment
from domain.words import words

NOW = datetime(2026, 3, 4, 12, 40)


def told(begins: datetime, patient: str = "P1") -> ToldSession:
    """A session, half an hour after the door."""
    row = Assignment(begins.date(), "am", "HBV-03", patient)
    return ToldSession(row, begins, begins - timedelta(minutes=30))


def call(*changes: ToldChange, underway: bool = False, phone: str = "0376-5931111") -> Call:
    """A call of P1."""
    return call_of("P1", changes, NOW, underway, phone)


BEFORE, AFTER = told(datetime(2026, 3, 4, 13, 30)), told(datetime(2026, 3, 5, 8))


def test_a_moved_session_is_one_sentence() -> None:
    text = sms(call(ToldChange(BEFORE, AFTER)), speaker("en"))
    assert text == (
        "Change of time: not 3-4 13:30 but 3-5 08:00, come at 07:30. Questions: 0376-5931111."
    )


def test_added_and_lost_sessions_are_told_too() -> None:
    assert "please come on 3-5 07:30, start 08:00" in sms(
        call(ToldChange(None, AFTER)), speaker("en")
    )
    assert "3-4 13:30 is not possible, do not come; we will call you" in sms(
        call(ToldChange(BEFORE, None)), speaker("en")
    )


def test_before_and_after_are_those_of_the_changes() -> None:
    one = call(ToldChange(BEFORE, AFTER), ToldChange(None, AFTER))
    assert one.before == (BEFORE.row,)
    assert one.after == (AFTER.row, AFTER.row)


@pytest.mark.parametrize(
    ("begins", "underway", "urgency"),
    [
        (NOW + timedelta(hours=1), True, CallUrgency.UNDERWAY),
        (NOW + timedelta(hours=3), False, CallUrgency.NOW),
        (NOW + timedelta(hours=4), False, CallUrgency.TODAY),
        (NOW + timedelta(days=1), False, CallUrgency.LATER),
    ],
)
def test_urgency_follows_what_happens_first(
    begins: datetime, underway: bool, urgency: CallUrgency
) -> None:
    late = told(NOW + timedelta(days=3))
    assert call(ToldChange(late, told(begins)), underway=underway).urgency is urgency


def test_calls_are_ordered_by_urgency_then_time() -> None:
    later = call(ToldChange(None, told(NOW + timedelta(days=2))))
    soon = call(ToldChange(None, told(NOW + timedelta(days=1))))
    first = call(ToldChange(None, told(NOW + timedelta(days=4))), underway=True)
    assert by_urgency((later, soon, first)) == (first, soon, later)


def test_a_change_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="a change of nothing"):
        call_of("P1", (ToldChange(BEFORE, AFTER), ToldChange(None, None)), NOW, False, "")


def test_texts_that_never_fit_are_refused() -> None:
    long = Call("P1", CallUrgency.NOW, (ToldChange(None, AFTER),), (words("x" * 161),))
    with pytest.raises(ValueError, match="no text about P1"):
        sms(long, speaker("en"))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
sessions = st.builds(told, moments)
changes = (
    st.builds(ToldChange, sessions, sessions)
    | st.builds(ToldChange, st.none(), sessions)
    | st.builds(ToldChange, sessions, st.none())
)
phones = st.text("0123456789-+ ()", max_size=40)


@given(st.lists(changes, min_size=1, max_size=7), phones, st.booleans())
def test_every_message_is_one_message_and_tells_nothing_private(
    found: list[ToldChange], phone: str, underway: bool
) -> None:
    one = call_of("P1", tuple(found), NOW, underway, phone)
    for language in ("en", "zh"):
        text = sms(one, speaker(language))
        assert len(text) <= one_message(text)
        assert len(text) <= (70 if not text.isascii() else 160)
        for secret in ("P1", "HBV", "透析", "dialysis", "zone", "区"):
            assert secret not in text
