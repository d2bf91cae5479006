"""Sentences in a column: everybody reads them in their own language later."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.said import read, written
from domain.words import Label, Words, words

PLAIN = st.one_of(
    st.text(max_size=8),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.builds(Label, st.text(max_size=5), st.text(max_size=5)),
)
SENTENCES = st.recursive(
    st.builds(Words, st.text(max_size=10)),
    lambda inner: st.builds(
        Words,
        st.text(max_size=10),
        st.lists(
            st.tuples(
                st.text(max_size=5),
                st.one_of(PLAIN, inner, st.lists(st.one_of(PLAIN, inner), max_size=3).map(tuple)),
            ),
            max_size=3,
            unique_by=lambda gap: gap[0],
        ).map(tuple),
    ),
    max_leaves=5,
)


@given(said=SENTENCES)
def test_a_sentence_comes_back_as_it_was(said: Words) -> None:
    assert read(written(said)) == said


def test_nothing_said_comes_back_as_nothing() -> None:
    assert read(written(None)) is None


def test_moments_days_and_clock_times_stay_apart() -> None:
    said = words(
        "{a} {b} {c}", a=datetime(2026, 3, 2, 8), b=date(2026, 3, 2), c=(time(8), Label("x", "y"))
    )
    assert read(written(said)) == said


@pytest.mark.parametrize("text", ["7", "[]", '{"text": 1}', '{"day": "x", "b": 1}'])
def test_another_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="sentence"):
        read(text)
