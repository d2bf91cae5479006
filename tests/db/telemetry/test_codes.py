"""Packing values into columns loses nothing that is kept."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from db.telemetry.codes import (
    MODES,
    NAMES,
    PHASES,
    VALIDITIES,
    milliseconds,
    moment,
    packed_quality,
    packed_values,
    quality_of,
    values_of,
)
from domain.quantity import QUANTITIES, QUANTITY
from domain.telemetry import Mode, Phase, Validity


@st.composite
def values(draw: st.DrawFn) -> dict[str, float]:
    """Of some quantities, at the resolution that is kept."""
    names = draw(st.sets(st.sampled_from(NAMES)))
    found = {}
    for name in names:
        quantity = QUANTITY[name]
        scale = 10**quantity.decimals
        whole = draw(st.integers(int(quantity.low * scale), int(quantity.high * scale)))
        found[name] = whole / scale
    return found


@given(st.lists(values(), max_size=5))
def test_values_come_back_as_they_were_and_missing_ones_stay_missing(
    found: list[dict[str, float]],
) -> None:
    assert [values_of(row) for row in packed_values(found, None)] == found


def test_a_value_is_kept_at_the_resolution_of_its_quantity() -> None:
    (row,) = packed_values([{"dialysate_cond_ms_cm": 14.018, "venous_pressure_mmhg": -3.0}], None)
    assert values_of(row) == {"dialysate_cond_ms_cm": 14.02, "venous_pressure_mmhg": -3.0}


def test_zero_is_a_value() -> None:
    (row,) = packed_values([{"blood_flow_ml_min": 0.0}], None)
    assert values_of(row) == {"blood_flow_ml_min": 0.0}


@given(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(Validity)))
def test_quality_comes_back(found: dict[str, Validity]) -> None:
    assert quality_of(packed_quality(found)) == found


def test_every_word_has_a_code_of_its_own() -> None:
    for codes, words in ((MODES, Mode), (PHASES, Phase), (VALIDITIES, Validity)):
        assert set(codes) == set(words)
        assert sorted(codes.values()) == list(range(1, len(codes) + 1))


def test_columns_are_the_quantities_in_their_order() -> None:
    assert tuple(quantity.name for quantity in QUANTITIES) == NAMES


@given(st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC)))
def test_moments_are_kept_to_the_millisecond(when: datetime) -> None:
    kept = moment(milliseconds(when))
    assert kept == when.replace(microsecond=when.microsecond // 1000 * 1000)
