"""Read-only towards machines: polls and acknowledgements are the only bytes ever sent, and
each that there can be is on a list in here, typed by hand."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.protocols.listed import PROTOCOL
from devices.protocols.protocol import Frame, Protocol
from devices.twin.truth import Truth
from tests.conformance.talk import AT, Line, each_protocol, whole_frames
from tests.conformance.truths import truths
from tests.house.tree import package_files, parsed, shown

POLLS = {"jsdt3": b"K\r\n", "jsdt4": b"", "hl7": b""}
ANSWERS = {
    "jsdt3": rb"",
    "jsdt4": rb"([RE]4002[ -~]{12}(MS|BP|AL|OL)[0-9a-f]{2}\r\n)?",
    "hl7": rb"(\x0bMSH\|[^\r\x0b\x1c]*\rMSA\|(A[AER]|C[AER])\|[^\r\x0b\x1c]*\r"
    rb"(ERR\|[^\r\x0b\x1c]*\r)*\x1c\r)?",
}
WRITES_A_SETTING = (b"S3", b"TC", b"CM", b"DT")
KINDS = st.sampled_from(["K3", "MS", "BP", "AL", "OL", "TC", "CM", "DT", "ORU^R01", "ORU^R40", ""])


def is_listed(row: Protocol, sent: bytes) -> bool:
    """True if nothing but an acknowledgement of the list."""
    return re.fullmatch(ANSWERS[row.name], sent, flags=re.DOTALL) is not None


@each_protocol
def test_the_poll_is_on_the_list(row: Protocol) -> None:
    assert row.driver().poll() == POLLS[row.name]


@each_protocol
@given(truth=truths(), accepted=st.booleans())
@settings(max_examples=30)
def test_what_a_machine_says_is_only_acknowledged(
    row: Protocol, truth: Truth, accepted: bool
) -> None:
    line = Line(row)
    for piece in line.codec.feed(line.said(truth)):
        assert isinstance(piece, Frame)
        assert is_listed(row, line.driver.answer(piece, AT, accepted))


@each_protocol
@given(kind=KINDS, raw=st.binary(max_size=200), accepted=st.booleans())
@settings(max_examples=150)
def test_whatever_comes_nothing_but_an_acknowledgement_goes_out(
    row: Protocol, kind: str, raw: bytes, accepted: bool
) -> None:
    assert is_listed(row, row.driver().answer(Frame(kind, raw), AT, accepted))


@each_protocol
@given(truth=truths(), at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
@settings(max_examples=60)
def test_a_frame_that_was_changed_on_purpose_gets_nothing_else_either(
    row: Protocol, truth: Truth, at: float, byte: int
) -> None:
    raw = bytearray(whole_frames(row, truth)[0])
    raw[int(at * len(raw))] = byte
    assert is_listed(row, row.driver().answer(Frame("", bytes(raw)), AT, True))


@pytest.mark.parametrize("letters", WRITES_A_SETTING)
@pytest.mark.parametrize("accepted", [True, False])
def test_a_message_of_a_class_that_writes_is_not_even_acknowledged(
    letters: bytes, accepted: bool
) -> None:
    row = PROTOCOL["jsdt4"]
    raw = b"S4004  0000123456" + letters + b"CM1x00\r\n"
    assert row.driver().answer(Frame(letters.decode(), raw), AT, accepted) == b""


@each_protocol
def test_a_driver_has_no_other_way_to_make_bytes(row: Protocol) -> None:
    public = {name for name in vars(type(row.driver())) if not name.startswith("_")}
    assert public == {"poll", "interpret", "answer"}


@each_protocol
def test_a_protocol_can_reach_no_port(row: Protocol) -> None:
    folder = Path(inspect.getfile(type(row.driver()))).parent
    files = [file for file in package_files("devices") if file.parent == folder]
    assert files
    reaching = [
        f"{shown(file)}: {name}"
        for file in files
        for name in imported(file)
        if name.partition(".")[0] in {"serial", "socket", "os", "asyncio", "paho", "io", "pathlib"}
    ]
    assert reaching == []


def imported(file: Path) -> list[str]:
    """Full names of the modules that the file imports."""
    nodes = list(ast.walk(parsed(file)))
    plain = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    return plain + [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
