"""What is said besides samples and events survives the wire, and nothing else is taken for it."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.wire.messages import Unreadable
from devices.wire.states import (
    ActiveAlarms,
    Birth,
    GatewayStatus,
    LinkReport,
    decode_alarms,
    decode_birth,
    decode_link,
    decode_status,
    decode_stored,
    encode_alarms,
    encode_birth,
    encode_link,
    encode_status,
    encode_stored,
)
from domain.alarm import AlarmEdge, EdgePhase, MachineState, Priority
from domain.telemetry import BootHeld, Generation, LinkCounters, LinkState, LinkStatus, Watermark

BOOT, OTHER = "0" * 31 + "1", "f" * 32
NOW = datetime(2026, 3, 2, 1, 15, 7, 412000, tzinfo=UTC)
COUNTERS = LinkCounters(1, 2, 3, 4, 5, 6, 7)
STATE = LinkState("HD-017", "gw-a", BOOT, LinkStatus.STALE, NOW, None, COUNTERS)
LINK = LinkReport(STATE, NOW, 12, 3, 1, (BootHeld(OTHER, 7, 3),), 11)
STATUS = GatewayStatus("gw-a", BOOT, True, NOW, "1.2.3")
TMP = frozenset({"tmp_mmhg"})
BIRTH = Birth("HD-017", "gw-a", BOOT, NOW, "jsdt3", Generation.DEMO, 5.0, TMP, "S1", "", "1")
EDGE = AlarmEdge("air", EdgePhase.CONTINUE, Priority.HIGH, False, MachineState.UNKNOWN)
ALARMS = ActiveAlarms("HD-017", "gw-a", BOOT, NOW, False, (EDGE,))

ALL: tuple[tuple[Callable[[bytes], object], bytes, object], ...] = (
    (decode_link, encode_link(LINK), LINK),
    (decode_status, encode_status(STATUS), STATUS),
    (decode_birth, encode_birth(BIRTH), BIRTH),
    (decode_alarms, encode_alarms(ALARMS), ALARMS),
)


@pytest.mark.parametrize(("decode", "payload", "said"), ALL)
def test_what_is_said_comes_back_as_it_was(
    decode: Callable[[bytes], object], payload: bytes, said: object
) -> None:
    assert decode(payload) == said


def test_watermarks_come_back_as_they_were() -> None:
    marks = (Watermark("HD-017", BOOT, 1), Watermark("HD-018", OTHER, 2**53))
    assert decode_stored(encode_stored(marks)) == marks
    assert decode_stored(encode_stored(())) == ()


def test_a_time_in_another_zone_is_the_same_moment_in_utc() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=8)))
    read = decode_status(encode_status(GatewayStatus("gw-a", BOOT, True, there, "")))
    assert (read.ts, read.ts.tzinfo) == (NOW, UTC)


@pytest.mark.parametrize(("decode", "payload", "said"), ALL)
def test_a_field_of_a_later_version_is_passed_over(
    decode: Callable[[bytes], object], payload: bytes, said: object
) -> None:
    assert decode(json.dumps({**json.loads(payload), "later": [1]}).encode()) == said


@pytest.mark.parametrize(
    ("decode", "payload", "field", "value", "reason"),
    [
        (decode_link, LINK, "schema", "hd.link/2", "hd.link/2"),
        (decode_link, LINK, "boot", "1", "$.boot"),
        (decode_link, LINK, "machine", "HD 017", "$.machine"),
        (decode_link, LINK, "status", "fine", "$.status"),
        (decode_link, LINK, "since", "2026-03-02T01:15:07", "$.since"),
        (decode_link, LINK, "accepted", -1, "$.accepted"),
        (decode_link, LINK, "counters", {"polls": 1.5}, "$.counters.polls"),
        (decode_status, STATUS, "online", 1, "$.online"),
        (decode_birth, BIRTH, "gen", "Simulated", "$.gen"),
        (decode_birth, BIRTH, "pace", 0, "$.pace"),
        (decode_alarms, ALARMS, "alarms", [{"code": "air"}], "$.alarms[0]"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    decode: Callable[[bytes], object], payload: object, field: str, value: object, reason: str
) -> None:
    written = next(raw for reader, raw, said in ALL if reader is decode and said == payload)
    broken = json.dumps({**json.loads(written), field: value}).encode()
    with pytest.raises(Unreadable) as refused:
        decode(broken)
    assert reason in str(refused.value)


def test_an_alarm_outside_of_the_catalog_is_refused() -> None:
    payload = encode_alarms(ALARMS).replace(b'"air"', b'"sun"')
    with pytest.raises(Unreadable, match="unknown alarm sun"):
        decode_alarms(payload)


def test_a_watermark_of_nothing_is_refused() -> None:
    payload = encode_stored((Watermark("HD-017", BOOT, 1),)).replace(b'"seq":1', b'"seq":0')
    with pytest.raises(Unreadable, match=r"marks\[0\]\.seq"):
        decode_stored(payload)


def test_too_much_is_not_read() -> None:
    with pytest.raises(Unreadable, match="16384"):
        decode_link(b" " * 16_385)


@given(st.binary(max_size=200) | st.sampled_from([raw for _, raw, _ in ALL]))
@settings(max_examples=200)
def test_any_bytes_are_read_or_refused(payload: bytes) -> None:
    for decode in (decode_link, decode_status, decode_birth, decode_alarms, decode_stored):
        with suppress(Unreadable):
            decode(payload)
