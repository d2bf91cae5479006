"""Fuzzing in short; the long run is `python -m tests.fuzz.long`."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.ingest.reader import read
from devices.protocols.listed import PROTOCOL
from devices.wire.messages import LARGEST
from domain.quantity import QUANTITIES
from domain.telemetry import Arrival
from tests.fuzz.frames import bent, crushed, once
from tests.fuzz.payloads import BOOT, DECODERS, KNOWN, NOW, TOPICS, accepted, fuzz, sound
from tests.fuzz.treatment import calm, moved

SEED = 20260302
UNCHECKED = frozenset({"hl7"})
"""Rely on TCP: a bit that turns there is not seen by anything of ours."""


def test_no_damaged_payload_crashes_a_decoder_or_gives_a_value_that_cannot_be() -> None:
    for one in fuzz(14_000, SEED):
        print(f"seed {SEED}, {one}")
        assert one.refused > 0


@pytest.mark.parametrize("name", sorted(PROTOCOL))
def test_no_damaged_stream_crashes_a_protocol_or_loses_a_byte(name: str) -> None:
    print(f"seed {SEED}, crushed, {crushed(name, 700, SEED)}")


@pytest.mark.parametrize("name", sorted(PROTOCOL.keys() - UNCHECKED))
def test_a_line_that_turns_bits_makes_nothing_happen_and_seldom_a_wrong_value(name: str) -> None:
    """A check of eight bits lets some through; a value that is possible and moves no more than
    noise does is not told from a true one."""
    tally = bent(name, 3000, SEED)
    print(f"seed {SEED}, bent, {tally}")
    assert tally.passed * 20 < tally.inputs
    assert tally.misread > 5
    assert tally.believed * 3000 <= tally.inputs
    assert tally.events == 0


@pytest.mark.parametrize("name", sorted(PROTOCOL.keys() - UNCHECKED))
def test_in_a_treatment_too_a_wrong_value_is_seldom_believed(name: str) -> None:
    tally = moved(name, 1500, SEED)
    print(f"seed {SEED}, bent, {tally}")
    assert tally.believed * 700 <= tally.inputs
    assert tally.doubted * 5 < tally.samples


@pytest.mark.parametrize("name", sorted(PROTOCOL.keys() - UNCHECKED))
def test_where_nothing_is_damaged_little_is_doubted(name: str) -> None:
    tally = calm(name, SEED)
    print(f"seed {SEED}, {tally}")
    assert tally.believed == 0
    assert tally.doubted * 8 < tally.samples


def test_a_damaged_message_that_is_said_once_seldom_makes_an_event() -> None:
    tally = once("jsdt4", 4000, SEED)
    print(f"seed {SEED}, bent, {tally}")
    assert tally.passed > 20
    assert tally.held > 10
    assert tally.events * 200 <= tally.inputs


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
_VALUES = st.dictionaries(st.sampled_from([one.name for one in QUANTITIES]) | st.text(), _JSON)
_ENTRIES = st.fixed_dictionaries(
    {
        "schema": st.sampled_from(["hd.telemetry/1", "hd.event/1", "hd.telemetry/2"]),
        "machine": st.sampled_from(["HD-01", "HD-02", "a/b", ""]),
        "gw": st.just("gw-a") | st.text(max_size=3),
        "boot": st.just(BOOT) | st.text(max_size=33),
        "seq": st.integers() | _JSON,
        "ts": st.just("2026-03-02T01:15:07.412Z") | st.text() | _JSON,
        "src": st.just({"proto": "jsdt3", "gen": "Real"}) | _JSON,
        "v": _VALUES,
        "q": st.dictionaries(st.sampled_from([one.name for one in QUANTITIES]), _JSON) | _JSON,
    },
    optional={
        "mode": _JSON, "phase": _JSON, "bypass": _JSON, "kind": _JSON, "alarm": _JSON,
        "text": _JSON, "ts_dev": _JSON, "extra": _JSON,
    },
)  # fmt: skip


@settings(max_examples=300)
@given(form=_ENTRIES, topic=st.sampled_from(TOPICS))
def test_a_well_formed_message_with_anything_in_it_is_refused_or_true(
    form: dict[str, object], topic: str
) -> None:
    payload = as_json(form)
    for decoder, _ in DECODERS.values():
        accepted(decoder, payload)
    found = read(topic, payload, NOW, KNOWN)
    if isinstance(found, Arrival):
        sound(found.entry, payload)


@settings(max_examples=200)
@given(payload=st.binary(max_size=300), topic=st.sampled_from(TOPICS) | st.text(max_size=60))
def test_any_bytes_on_any_topic_are_an_answer_and_no_error(payload: bytes, topic: str) -> None:
    assert not isinstance(read(topic, payload, NOW, KNOWN), Arrival)


@pytest.mark.parametrize("opening", [b"[", b'{"v":', b'{"alarm":[', b'"'])
def test_depth_and_length_have_an_end(opening: bytes) -> None:
    for size in (LARGEST, LARGEST * 100):
        payload = opening * (size // len(opening))
        for decoder, _ in DECODERS.values():
            assert not accepted(decoder, payload)


def as_json(form: object) -> bytes:
    """Python's own writer, which also writes NaN and Infinity: the wire must refuse them."""
    return json.dumps(form).encode("utf-8", "surrogatepass")
