"""What a payload may hold, and that a refusal names the place."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.wire.messages import Unreadable, decode, digest, encode
from domain.quantity import QUANTITIES
from domain.telemetry import Generation, Key, Mode, Origin, Phase, Sample

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
BOOT = "a" * 32
values = st.fixed_dictionaries(
    {}, optional={one.name: st.floats(one.low, one.high) for one in QUANTITIES}
)


def sample(**said: float) -> Sample:
    origin = Origin("gw", "jsdt3", Generation.TEST, NOON)
    return Sample(Key("HD-1", BOOT, 1), origin, Mode.TREATMENT, Phase.TREATMENT, False, said)


def changed(**fields: object) -> bytes:
    return json.dumps({**json.loads(encode(sample(tmp_mmhg=90.0))), **fields}).encode()


@given(values)
def test_every_value_that_a_sensor_can_show_is_read_as_it_was_said(said: dict[str, float]) -> None:
    assert decode(encode(sample(**said))) == sample(**said)


def test_equal_entries_are_equal_bytes() -> None:
    one, other = sample(tmp_mmhg=1.0, pulse_bpm=70.0), sample(pulse_bpm=70.0, tmp_mmhg=1.0)
    assert encode(one) == encode(other)
    assert b'"v"' not in encode(sample())


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"tmp_mmhg": 701}, "$.v.tmp_mmhg: 701.0 is outside -300 to 700"),
        ({"tmp_mmhg": 90, "luck": 7}, "$.v: unknown quantity luck"),
        ({"tmp_mmhg": "90"}, "Expected `float`, got `str` - at `$.v.tmp_mmhg`"),
        ({"tmp_mmhg": None}, "Expected `float`, got `null` - at `$.v.tmp_mmhg`"),
        ([90], "Expected `object`, got `array` - at `$.v`"),
    ],
)
def test_a_value_that_is_none_is_refused_with_its_place(said: object, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        decode(changed(v=said))
    assert str(refused.value) == reason


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"machine": "HD 1"}, "$.machine"),
        ({"gw": ""}, "$.gw"),
        ({"boot": BOOT.upper()}, "$.boot"),
        ({"src": {"proto": "a/b", "gen": "Test"}}, "$.src.proto"),
    ],
)
def test_a_name_that_is_none_is_refused_however_often_it_comes(
    fields: dict[str, object], place: str
) -> None:
    assert decode(changed()) == sample(tmp_mmhg=90.0)
    for _ in range(2):
        with pytest.raises(Unreadable, match=f"at `{place.replace('$', '.')}`"):
            decode(changed(**fields))


def test_a_digest_is_the_xxh3_of_the_content() -> None:
    """The one of nothing stands in the specification of xxHash."""
    assert digest(b"").hex() == "99aa06d3014798d86001c324468d497f"
    said = encode(sample(tmp_mmhg=90.0))
    assert digest(said) == digest(bytes(bytearray(said)))
    assert digest(said) != digest(encode(sample(tmp_mmhg=91.0)))
