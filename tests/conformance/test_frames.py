"""Every protocol's codec: what a wire does to bytes changes no frame, and no byte is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.protocols.protocol import Frame, Garbage, Protocol, Refused
from devices.twin.truth import Truth
from tests.conformance.talk import (
    UNCHECKED,
    each_protocol,
    fed,
    frames,
    raws,
    whole_frames,
)
from tests.conformance.truths import TREATING, plain

NOISE = st.binary(max_size=40)
PIECES = st.lists(st.integers(1, 9), min_size=1, max_size=50)


def cut(stream: bytes, sizes: list[int]) -> list[bytes]:
    """The stream in pieces of these sizes, over and over."""
    chunks, at, turn = [], 0, 0
    while at < len(stream):
        chunks.append(stream[at : at + sizes[turn % len(sizes)]])
        at += sizes[turn % len(sizes)]
        turn += 1
    return chunks


def in_order(wanted: list[bytes], found: list[bytes]) -> bool:
    """True if all wanted are found, in order, whatever else is."""
    rest = iter(found)
    return all(one in rest for one in wanted)


@each_protocol
@given(truth=TREATING, sizes=PIECES)
@settings(max_examples=25)
def test_any_chunking_gives_the_same_frames(row: Protocol, truth: Truth, sizes: list[int]) -> None:
    stream = b"".join(whole_frames(row, truth))
    pieces = fed(row.codec(), cut(stream, sizes))
    assert [piece for piece in pieces if isinstance(piece, Garbage)] == []
    assert frames(pieces) == frames(row.codec().feed(stream)) != []


@each_protocol
@given(truth=TREATING, noise=st.lists(NOISE, min_size=3, max_size=3), sizes=PIECES)
@settings(max_examples=40)
def test_noise_between_frames_hides_none_of_them(
    row: Protocol, truth: Truth, noise: list[bytes], sizes: list[int]
) -> None:
    whole = whole_frames(row, truth)[0]
    stream = noise[0] + whole + noise[1] + whole + noise[2]
    pieces = fed(row.codec(), cut(stream, sizes))
    assert in_order([whole, whole], frames(pieces))
    assert raws(pieces) == stream


@each_protocol
@given(truth=TREATING, where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(max_examples=150)
def test_a_flipped_bit_never_changes_what_is_said(
    row: Protocol, truth: Truth, where: float, bit: int
) -> None:
    whole = whole_frames(row, truth)[0]
    damaged = bytearray(whole)
    damaged[int(where * len(whole))] ^= 1 << bit
    pieces = fed(row.codec(), [bytes(damaged), whole])
    assert frames(pieces)[-1:] == [whole]
    driver = row.driver()
    for raw in frames(pieces)[:-1]:
        try:
            said = driver.interpret(only_frame(row, raw))
        except Refused:
            continue
        assert row.name in UNCHECKED or said == driver.interpret(only_frame(row, whole))


def only_frame(row: Protocol, raw: bytes) -> Frame:
    """The codec's own frame of these bytes."""
    (piece,) = row.codec().feed(raw)
    assert isinstance(piece, Frame)
    return piece


@each_protocol
@given(truth=TREATING, share=st.floats(0, 1, exclude_max=True), sizes=PIECES)
@settings(max_examples=40)
def test_after_a_truncated_frame_the_next_is_read(
    row: Protocol, truth: Truth, share: float, sizes: list[int]
) -> None:
    whole = whole_frames(row, truth)[0]
    stream = whole[: int(share * len(whole))] + whole
    pieces = fed(row.codec(), cut(stream, sizes))
    assert frames(pieces) == [whole]
    assert raws(pieces) == stream


@each_protocol
@given(truth=TREATING, share=st.floats(0, 1, exclude_max=True))
@settings(max_examples=20)
def test_a_frame_that_ends_in_silence_is_garbage(row: Protocol, truth: Truth, share: float) -> None:
    part = whole_frames(row, truth)[0]
    part = part[: int(share * len(part))]
    codec = row.codec()
    pieces = [*codec.feed(part), *codec.flush()]
    assert frames(pieces) == []
    assert raws(pieces) == part
    assert codec.held == 0


@each_protocol
@given(truth=TREATING, chunks=st.lists(NOISE, max_size=8), data=st.data())
@settings(max_examples=60)
def test_every_byte_is_in_a_frame_in_garbage_or_held(
    row: Protocol, truth: Truth, chunks: list[bytes], data: st.DataObject
) -> None:
    whole = whole_frames(row, truth)[0]
    mixed = data.draw(st.permutations([*chunks, whole, whole[: len(whole) // 2]]))
    codec, told, sent = row.codec(), b"", b""
    for chunk in mixed:
        told += raws(codec.feed(chunk))
        sent += chunk
        assert sent.startswith(told)
        assert len(told) + codec.held == len(sent)
    assert told + raws(codec.flush()) == sent
    assert codec.held == 0


@each_protocol
def test_a_line_that_only_ever_begins_frames_fills_no_memory(row: Protocol) -> None:
    whole = whole_frames(row, plain(venous_pressure_mmhg=128.0))[0]
    for begun in (whole[:1], whole[:6], whole[: len(whole) // 2], whole[:-1]):
        codec, told = row.codec(), 0
        chunk = begun * (4096 // len(begun) + 1)
        for _ in range(40):
            told += sum(len(piece.raw) for piece in codec.feed(chunk))
            assert codec.held <= codec.capacity
        assert told + codec.held == 40 * len(chunk)
