"""What a message is taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.ingest.reader import filters, read
from devices.wire.messages import LARGEST, digest, encode
from devices.wire.states import GatewayStatus, LinkReport, encode_link, encode_status
from domain.telemetry import Arrival, Key, LinkState, LinkStatus, Quarantined
from tests.devices.ingest.world import BOOT, KNOWN, NOON, event, message, sample

TELEMETRY = "hd/v1/center/m/HD-1/telemetry"
LINK = "hd/v1/center/m/HD-1/link"
STATUS = "hd/v1/center/gw/gw/status"


def refused(topic: str, payload: bytes) -> Quarantined:
    found = read(topic, payload, NOON, KNOWN)
    assert isinstance(found, Quarantined)
    assert (found.topic, found.payload, found.received) == (topic, payload[:LARGEST], NOON)
    assert found.digest == digest(payload)
    return found


def test_a_sample_and_an_event_arrive_with_the_digest_of_their_bytes() -> None:
    for entry in (sample(1), event(2)):
        came = message(entry)
        expected = Arrival(entry, NOON, digest(came.payload), came.payload)
        assert read(came.topic, came.payload, NOON, KNOWN) == expected


def test_a_machine_that_is_not_registered_is_put_aside_with_its_number() -> None:
    came = message(sample(7, "HD-9"))
    found = refused(came.topic, came.payload)
    assert (found.machine, found.gateway) == ("HD-9", "gw")
    assert found.key == Key("HD-9", BOOT, 7)
    assert found.reason == "this machine is not registered"


def test_a_value_that_no_sensor_shows_is_put_aside_and_its_number_is_still_known() -> None:
    payload = encode(sample(3)).replace(b"90.0", b"9000")
    found = refused(TELEMETRY, payload)
    assert found.reason == "$.v.tmp_mmhg: 9000.0 is outside -300 to 700"
    assert found.key == Key("HD-1", BOOT, 3)


def test_a_message_of_another_machine_than_its_topic_names_has_no_number() -> None:
    found = refused(TELEMETRY, message(sample(1, "HD-2")).payload)
    assert (found.machine, found.key) == ("HD-1", None)


def test_an_event_among_samples_is_put_aside() -> None:
    assert refused(TELEMETRY, message(event(1)).payload).key == Key("HD-1", BOOT, 1)


def test_a_text_that_no_database_takes_is_put_aside() -> None:
    came = message(event(1, "a\0b"))
    assert refused(came.topic, came.payload).key == Key("HD-1", BOOT, 1)


def test_what_is_too_long_is_cut_and_not_read() -> None:
    found = refused(TELEMETRY, encode(sample(1)) + b" " * LARGEST)
    assert (found.key, len(found.payload)) == (None, LARGEST)


@pytest.mark.parametrize("topic", ["x", "hd/v1/center/m/HD-1/birth", "hd/v1/center/gw/gw/stored"])
def test_what_nobody_asked_for_is_put_aside(topic: str) -> None:
    assert refused(topic, b"{}").key is None


def test_words_of_gateways_are_read() -> None:
    state = LinkState("HD-1", "gw", BOOT, LinkStatus.ONLINE, NOON, None)
    report = LinkReport(state, NOON, 5, 2)
    status = GatewayStatus("gw", BOOT, True, NOON, "1")
    assert read(LINK, encode_link(report), NOON, KNOWN) == report
    assert read(STATUS, encode_status(status), NOON, KNOWN) == status


def test_a_gateway_speaks_for_itself_only() -> None:
    other = GatewayStatus("other", BOOT, True, NOON, "1")
    assert "other is not the gateway" in refused(STATUS, encode_status(other)).reason
    state = LinkState("HD-2", "gw", BOOT, LinkStatus.ONLINE, NOON, None)
    assert "not the machine" in refused(LINK, encode_link(LinkReport(state, NOON))).reason


def test_a_deleted_retained_message_is_nothing() -> None:
    assert read(LINK, b"", NOON, KNOWN) is None
    assert read(STATUS, b"", NOON, KNOWN) is None


def test_only_what_is_stored_is_asked_for() -> None:
    assert filters("center") == (
        "hd/v1/center/m/+/event",
        "hd/v1/center/m/+/telemetry",
        "hd/v1/center/m/+/link",
        "hd/v1/center/gw/+/status",
    )


PAYLOADS = [encode(sample(1)), encode(event(1)), b"{}", b"[" * 3_000]


@given(st.sampled_from([TELEMETRY, LINK, STATUS, "x/y"]), st.data())
def test_any_bytes_on_any_topic_are_taken_for_something(topic: str, data: st.DataObject) -> None:
    payload = bytearray(data.draw(st.sampled_from(PAYLOADS) | st.binary(max_size=200)))
    for _ in range(data.draw(st.integers(0, 3))):
        if payload:
            at = data.draw(st.integers(0, len(payload) - 1))
            payload[at] = data.draw(st.integers(0, 255))
    found = read(topic, bytes(payload), NOON, KNOWN)
    if isinstance(found, Arrival):
        assert found.entry.key.machine == "HD-1"
