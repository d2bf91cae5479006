"""MLLP blocks cut out of a stream, every byte accounted for."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.protocols.hl7.codec import MllpCodec, kind_of
from devices.protocols.hl7.driver import Hl7Driver
from devices.protocols.hl7.examples import EXAMPLES, IDLE, VENOUS_LOW
from devices.protocols.protocol import Fault, Frame, Garbage, Refused
from tests.devices.protocols.hl7_words import AT, framed, header

PIECES = st.lists(
    st.sampled_from([b"\x0b", b"\x1c", b"\r", b"\x1c\r", b"MSH|^~\\&|", b"OBX|1", b"\x00", b"BTS"]),
    max_size=40,
)


def kinds(pieces: tuple[Frame | Garbage, ...]) -> list[str]:
    """What came out, by name."""
    return [piece.kind if isinstance(piece, Frame) else piece.fault for piece in pieces]


def test_a_message_is_known_by_its_type() -> None:
    assert kinds(MllpCodec().feed(IDLE.raw + VENOUS_LOW.raw)) == ["ORU^R01", "ORU^R40"]


def test_bytes_between_blocks_are_noise() -> None:
    pieces = MllpCodec().feed(b"ab" + IDLE.raw + b"\x1c\rc")
    assert kinds(pieces) == [Fault.NOISE, "ORU^R01", Fault.NOISE]
    assert b"".join(piece.raw for piece in pieces) == b"ab" + IDLE.raw + b"\x1c\rc"


def test_a_block_that_begins_inside_another_ends_it() -> None:
    pieces = MllpCodec().feed(IDLE.raw[:50] + IDLE.raw)
    assert pieces == (Garbage(Fault.TRUNCATED, IDLE.raw[:50]), Frame("ORU^R01", IDLE.raw))


def test_an_end_in_two_chunks_is_an_end() -> None:
    codec = MllpCodec()
    assert codec.feed(IDLE.raw[:-1]) == ()
    assert codec.held == len(IDLE.raw) - 1
    assert codec.feed(b"\r") == (Frame("ORU^R01", IDLE.raw),)


def test_0x1c_without_a_return_ends_nothing() -> None:
    codec = MllpCodec()
    assert codec.feed(b"\x0bMSH\x1cX") == ()
    assert codec.flush() == (Garbage(Fault.TRUNCATED, b"\x0bMSH\x1cX"),)
    assert codec.held == 0


def test_an_empty_block_is_no_message() -> None:
    assert MllpCodec().feed(b"\x0b\r\n\x1c\r") == (Garbage(Fault.LENGTH, b"\x0b\r\n\x1c\r"),)


def test_no_more_is_held_than_the_capacity() -> None:
    codec = MllpCodec(capacity=64)
    pieces = codec.feed(b"\x0b" + b"x" * 100)
    assert pieces[0] == Garbage(Fault.OVERFLOW, b"\x0b" + b"x" * 63)
    assert kinds(pieces) == [Fault.OVERFLOW, Fault.NOISE]
    assert codec.held == 0
    assert kinds(codec.feed(framed("MSH|"))) == ["MSH"]


@pytest.mark.parametrize("length", [61, 62])
def test_a_block_may_fill_the_capacity_and_no_more(length: int) -> None:
    block = b"\x0b" + b"x" * length + b"\x1c\r"
    whole = MllpCodec(capacity=64).feed(block)
    split = MllpCodec(capacity=64)
    pieces = (*split.feed(block[:-1]), *split.feed(block[-1:]))
    assert [isinstance(piece, Frame) for piece in (whole[0], pieces[0])] == [length == 61] * 2


def test_the_messages_of_a_batch_are_frames_of_their_own() -> None:
    one, other = header(control="1"), header("ORU^R40^ORU_R40", control="2")
    batch = framed("FHS|^~\\&|A", "BHS|^~\\&|A", one, "OBX|1", other, "OBX|1", "BTS|2", "FTS|1")
    pieces = MllpCodec().feed(batch)
    assert kinds(pieces) == ["FHS", "BHS", "batch ORU^R01", "batch ORU^R40", "BTS", "FTS"]
    assert b"".join(piece.raw for piece in pieces) == batch


def test_a_run_sheet_of_what_was_is_refused_message_by_message_and_never_taken_for_now() -> None:
    driver = Hl7Driver()
    sheet = b"\x0bFHS|^~\\&|A\rBHS|^~\\&|A\r" + IDLE.raw[1:-2] + b"BTS|1\rFTS|1\r\x1c\r"
    frames = [piece for piece in MllpCodec().feed(sheet) if isinstance(piece, Frame)]
    assert [frame.kind for frame in frames] == ["FHS", "BHS", "batch ORU^R01", "BTS", "FTS"]
    with pytest.raises(Refused, match="batch"):
        driver.interpret(frames[2])
    assert b"MSA|AR|20191003092005\r" in driver.answer(frames[2], AT, accepted=False)
    assert driver.interpret(Frame("ORU^R01", frames[2].raw)).complete


def test_a_block_of_too_many_messages_is_none() -> None:
    whole = framed(*["MSH|"] * 1000)
    assert kinds(MllpCodec().feed(whole)) == ["MSH"] * 1000
    assert kinds(MllpCodec().feed(framed(*["MSH|"] * 1001))) == [Fault.OVERFLOW]


def test_beginnings_one_after_another_are_one_piece_of_garbage() -> None:
    pieces = MllpCodec().feed(b"\x0b" * 5 + IDLE.raw)
    assert pieces == (Garbage(Fault.TRUNCATED, b"\x0b" * 5), Frame("ORU^R01", IDLE.raw))


def test_a_batch_s_envelope_says_nothing_and_is_not_answered() -> None:
    driver = Hl7Driver()
    for piece in MllpCodec().feed(framed("FHS|^~\\&|A", "BHS|^~\\&|A", "BTS|0", "FTS|0")):
        assert isinstance(piece, Frame)
        assert driver.interpret(piece).complete is False
        assert driver.answer(piece, AT, True) == b""


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        (b"\x0bMSH|^~\\&|||||||oru^r01|", "MSH"),
        (b"\x0bMSH|^~\\&|||||||ORU^R01^ORU_R01|x", "ORU^R01"),
        (b"\x0bMSH", "MSH"),
        (b"\x0bPID|1", "unknown"),
        (b"", "unknown"),
    ],
)
def test_what_has_no_type_is_named_by_its_segment(piece: bytes, kind: str) -> None:
    assert kind_of(piece) == kind


@given(chunks=PIECES, capacity=st.integers(4, 40))
@settings(max_examples=200)
def test_every_byte_comes_out_once_and_in_order(chunks: list[bytes], capacity: int) -> None:
    codec, told, fed = MllpCodec(capacity), b"", b""
    for chunk in chunks:
        fed += chunk
        told += b"".join(piece.raw for piece in codec.feed(chunk))
        assert codec.held <= capacity
        assert len(told) + codec.held == len(fed)
    assert told + b"".join(piece.raw for piece in codec.flush()) == fed


@given(cut=st.lists(st.integers(1, 400), min_size=1, max_size=30))
@settings(max_examples=30)
def test_any_chunking_gives_the_same_frames(cut: list[int]) -> None:
    stream = b"".join(example.raw for example in EXAMPLES)
    codec, at = MllpCodec(), 0
    found: list[Frame | Garbage] = []
    while at < len(stream):
        step = cut[at % len(cut)]
        found += codec.feed(stream[at : at + step])
        at += step
    assert [piece.raw for piece in found] == [example.raw for example in EXAMPLES]
