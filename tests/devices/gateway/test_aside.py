"""What could not be taken is shown, a little of it, and nothing of a patient."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

from devices.gateway.aside import FIRST, KINDS, LONGEST, LONGEST_TEXT, Aside
from devices.ingest.reader import read
from devices.protocols.jsdt4.examples import ALARM, STATUS
from devices.protocols.listed import PROTOCOL
from devices.protocols.protocol import Fault, Garbage
from devices.protocols.veil import printable, veiled
from devices.wire.messages import encode
from domain.telemetry import (
    Event,
    EventKind,
    Generation,
    Key,
    Origin,
    Quarantined,
)

NOW = datetime(2026, 3, 2, 1, 15, 7, tzinfo=UTC)
KEY = Key("HD-1", "a" * 32, 7)
NOISE = Garbage(Fault.NOISE, b"\x00\xff")
ID = b"0000123456"


def test_the_first_of_a_kind_is_shown_with_its_reason() -> None:
    assert Aside().garbage(NOISE, 0) == "no frame (noise) | 2 bytes: \\x00~"
    assert Aside().refused("a status without any known item", b"S4|", 0) == (
        "a status without any known item | 3 bytes: S4|"
    )


def test_a_line_full_of_noise_is_shown_ever_more_seldom() -> None:
    aside = Aside()
    shown = [now for now in range(40_000) if aside.garbage(NOISE, now)]
    assert shown[:4] == [0, FIRST, 3 * FIRST, 7 * FIRST]
    assert max(after - before for before, after in pairwise(shown)) == LONGEST
    assert len(shown) < 20


def test_noise_after_a_calm_time_is_shown_at_once() -> None:
    aside = Aside()
    times = (0, 1, FIRST, FIRST + 1, 100 * FIRST, 100 * FIRST + 1, 101 * FIRST)
    shown = [now for now in times if aside.garbage(NOISE, now)]
    assert shown == [0, FIRST, 100 * FIRST, 101 * FIRST]


def test_kinds_are_told_apart_but_not_without_end() -> None:
    aside = Aside()
    shown = [aside.refused(f"reason {number}", b"x", 0) for number in range(KINDS + 5)]
    assert [one is not None for one in shown] == [True] * KINDS + [False] * 5


def test_a_specimen_fits_into_an_event() -> None:
    text = Aside().garbage(Garbage(Fault.NOISE, bytes(range(32)) * 1000), 0)
    assert text is not None
    assert len(text) <= LONGEST_TEXT
    assert "32000 bytes" in text


def test_of_bytes_that_are_no_frame_only_the_form_is_shown() -> None:
    raw = STATUS.raw.replace(b"S4144", b"S4143") + "王".encode() + b"Li Ming K3"
    shown = veiled(raw)
    assert len(shown) == len(raw)
    assert shown.startswith(b"S4000  0000000000AAAA0AA0")
    for secret in (ID.lstrip(b"0"), b"Li", b"Ming", "王".encode(), b"K3"):
        assert secret not in shown
    assert printable(shown, 8) == "S4000  0..."


def test_of_a_frame_the_protocol_veils_the_patient() -> None:
    shown = PROTOCOL["jsdt4"].veil(ALARM.raw)
    assert ID.lstrip(b"0") not in shown
    assert all(byte < 0x80 for byte in shown)
    assert b"ALDA20260302101701DB0DC1" in shown


def test_ingest_puts_it_aside_whole_with_the_reason_and_never_stores_it_as_an_event() -> None:
    origin = Origin("gw", "jsdt4", Generation.TEST, NOW)
    event = Event(KEY, origin, EventKind.REFUSED, text="no frame (check) | 2 bytes: ~~")
    topic, known = "hd/v1/north/m/HD-1/event", frozenset({"HD-1"})
    found = read(topic, encode(event), NOW, known)
    assert isinstance(found, Quarantined)
    assert found.reason == "the gateway could not take this: no frame (check)"
    assert (found.key, found.gateway, found.payload) == (KEY, "gw", encode(event))
    other = encode(event._replace(kind=EventKind.OPERATION))
    assert not isinstance(read(topic, other, NOW, known), Quarantined)
