"""Values held as a row are the same as values in a dictionary."""

from __future__ import annotations

import pickle
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.quantity import BY_NAME, Readings, row_of

said = st.dictionaries(st.sampled_from(BY_NAME), st.floats(allow_nan=False))


@given(said)
def test_readings_are_what_was_said_and_nothing_else(values: dict[str, float]) -> None:
    held = Readings(row_of(values))
    assert dict(held) == values
    assert (len(held), list(held)) == (len(values), sorted(values))
    assert [held.get(name) for name in BY_NAME] == [values.get(name) for name in BY_NAME]
    assert row_of(held) is held.row
    assert pickle.loads(pickle.dumps(held)) == held
    assert repr(held) == f"Readings({dict(held)})"


def test_what_was_not_said_is_missing_and_zero_is_said() -> None:
    held: Mapping[str, float] = Readings(row_of({"tmp_mmhg": 0.0}))
    assert held["tmp_mmhg"] == 0.0
    for name in ("blood_flow_ml_min", "luck"):
        assert name not in held
        with pytest.raises(KeyError, match=name):
            held[name]
