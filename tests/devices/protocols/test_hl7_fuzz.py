"""Whatever comes over the wire: no crash, no hang, nothing that is not a number, and time and
memory that do not grow with a stranger's ideas."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.protocols.example import Example
from devices.protocols.hl7.codec import CAPACITY, MllpCodec
from devices.protocols.hl7.driver import Hl7Driver
from devices.protocols.hl7.examples import EXAMPLES, TREATING
from devices.protocols.protocol import Frame, Refused, Report
from domain.alarm import ALARM_KIND
from domain.quantity import QUANTITY
from tests.devices.protocols.hl7_words import AT, PATIENT, frame_of, framed, header, status

CPU_SECONDS = 5.0
"""Far above what it takes, far below what it took when the library read whole fields."""

CALLS = 7_000
"""Of functions, for a message of which everything but values and times has been seen: 4,000 now."""

WORDS = st.sampled_from(
    ["", "NM", "NA", "196616^MDC_EVT_ALARM^MDC", "158776^MDC_HDIALY_BLD_PUMP_PRESS_VEN^MDC",
     "198244^MDC_EVT_HDIALY_BLOOD_LEAK^MDC", "68481^MDC_ATTR_EVENT_PHASE^MDC", "start", "12",
     "-1.5", "mm[Hg]", "20-400", "< -200", "PH~SP", "T", "\\X", "\\F\\", "^", "~", "&", "^&^&",
     "0^MDC_HDIALY_UF_RATE", "16935956", "\\", "20191003092005+0000"]
) | st.text(max_size=12)  # fmt: skip
OBX = st.lists(WORDS, max_size=16).map(lambda fields: "OBX|" + "|".join(fields))
KINDS = st.sampled_from(["ORU^R01", "ORU^R40", "ACK", "QBP^D01", ""])


def heard(raw: bytes) -> list[Report]:
    """All that can be made of these bytes, answered too."""
    codec, driver, reports = MllpCodec(), Hl7Driver(), []
    for piece in (*codec.feed(raw), *codec.flush()):
        if not isinstance(piece, Frame):
            continue
        with suppress(Refused):
            reports.append(driver.interpret(piece))
        for accepted in (False, True):
            driver.answer(piece, AT, accepted)
    return reports


def assert_sane(report: Report) -> None:
    """Known names, finite numbers, no patient."""
    assert report.values.keys() | report.quality.keys() <= QUANTITY.keys()
    assert all(math.isfinite(value) for value in report.values.values())
    assert all(edge.code in ALARM_KIND for edge in report.edges)
    assert report.device_time is None or report.device_time.tzinfo is not None
    assert PATIENT not in repr(report)


@given(rows=st.lists(OBX, max_size=8), kind=KINDS)
@settings(max_examples=400, deadline=None)
def test_strange_observations_break_nothing(rows: list[str], kind: str) -> None:
    for report in heard(framed(header(kind), *rows)):
        assert_sane(report)


@given(raw=st.binary(max_size=300), kind=KINDS)
@settings(max_examples=200, deadline=None)
def test_bytes_that_are_no_message_break_nothing(raw: bytes, kind: str) -> None:
    for block in (raw, b"\x0b" + raw + b"\x1c\r", framed(header(kind))[:-3] + raw + b"\x1c\r"):
        for report in heard(block):
            assert_sane(report)


@given(data=st.data(), example=st.sampled_from(EXAMPLES))
@settings(max_examples=200, deadline=None)
def test_a_damaged_message_breaks_nothing(data: st.DataObject, example: Example) -> None:
    raw = bytearray(example.raw)
    for at in data.draw(st.lists(st.integers(0, len(raw) - 1), max_size=6)):
        raw[at] = data.draw(st.integers(0, 255))
    for report in heard(bytes(raw)):
        assert report.values.keys() <= QUANTITY.keys()


@pytest.mark.parametrize(
    "filler",
    [b"^", b"|", b"~", b"&", b"\\", b"\r", b"OBX|||^^^|\r", b"\x0b", b"\x1c", b"MSH|\r", b"\\F"],
)
def test_a_block_of_nothing_but_separators_takes_no_time(filler: bytes) -> None:
    head = framed(header())[:-2]
    raw = head + filler * ((CAPACITY - len(head) - 2) // len(filler)) + b"\x1c\r"
    began = time.process_time()
    heard(raw)
    assert time.process_time() - began < CPU_SECONDS


def test_fields_that_never_come_twice_take_no_time() -> None:
    rows = [f"NM|{n}^MDC_{n}^MDC|1|{n}|u{n}^u^UCUM|||||F" for n in range(900)]
    began = time.process_time()
    (report,) = heard(status(*rows))[:1]
    assert time.process_time() - began < CPU_SECONDS
    assert report.unparsed.count(b"\r") > 800


def calls(work: Callable[[], object]) -> int:
    """How many functions are called: the same on every computer, however busy it is."""
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def test_a_message_like_the_last_one_takes_a_tenth_of_the_work() -> None:
    driver, frame = Hl7Driver(), frame_of(TREATING.raw)
    driver.interpret(frame)  # what comes again and again has been seen once: 74,000 calls
    assert 0 < calls(lambda: driver.interpret(frame)) < CALLS


def test_a_driver_remembers_no_more_than_it_must() -> None:
    driver = Hl7Driver()
    for number in range(200):
        frame = frame_of(
            status("NM|1^X^L|1|7||||||F", control=f"m-{number}").replace(
                b"SC678932", b"%d" % number
            )
        )
        driver.interpret(frame)
        driver.answer(frame, AT, True)
    assert len(driver._known) <= 64
    assert len(driver._accepted) <= 64
