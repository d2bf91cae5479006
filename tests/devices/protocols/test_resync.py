"""Finding frames again in noise: measured against streams damaged at random."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.protocols.jsdt3.codec import codec
from devices.protocols.jsdt3.examples import EARLY, FULL
from devices.protocols.protocol import Fault, Frame, Garbage
from devices.protocols.resync import Layout, Resynchronizer

TINY = Layout(start=b"AB", between=1, least=0, kind=lambda _: "tiny")
WRONG = b"AB000x24\r\n"
RIGHT = b"AB000x8b\r\n"
"""65 + 66 + 3 * 48 + 120 = 395, and 395 - 256 = 139 is 8b."""


def test_a_layout_of_another_protocol_is_read_by_the_same_code() -> None:
    assert Resynchronizer(TINY).feed(RIGHT) == (Frame("tiny", RIGHT),)
    assert Resynchronizer(TINY).feed(WRONG) == (Garbage(Fault.CHECK, WRONG),)


def test_half_a_start_is_held_and_noise_before_it_is_not() -> None:
    reader = codec()
    assert reader.feed(b"noiseK") == (Garbage(Fault.NOISE, b"noise"),)
    assert reader.held == 1
    assert reader.feed(FULL.raw[1:]) == (Frame("K3", FULL.raw),)


def test_a_frame_inside_what_looked_like_one_is_found_when_the_line_falls_silent() -> None:
    reader = codec()
    begun = b"K3999M1"
    assert reader.feed(begun) == ()
    assert reader.held == len(begun)
    found = reader.feed(EARLY.raw)
    assert found == (Garbage(Fault.TRUNCATED, begun), Frame("K3", EARLY.raw))


def test_a_length_that_reaches_exactly_over_the_next_frame_does_not_take_it_away() -> None:
    assert len(EARLY.raw) == 83
    begun = b"K3079"
    found = codec().feed(begun + EARLY.raw)
    assert found == (Garbage(Fault.CHECK, begun), Frame("K3", EARLY.raw))


def test_silence_ends_what_was_begun() -> None:
    reader = codec()
    reader.feed(FULL.raw[:100])
    assert reader.flush() == (Garbage(Fault.TRUNCATED, FULL.raw[:100]),)
    assert reader.feed(EARLY.raw) == (Frame("K3", EARLY.raw),)


def test_two_damaged_frames_count_twice() -> None:
    damaged = FULL.raw.replace(b"H00128", b"H00129")
    found = codec().feed(damaged + damaged)
    assert found == (Garbage(Fault.CHECK, damaged), Garbage(Fault.CHECK, damaged))


@given(seed=st.integers(0, 2**32))
@settings(max_examples=15)
def test_of_500_frames_in_noise_every_intact_one_is_read(seed: int) -> None:
    chance = random.Random(seed)
    stream, intact = bytearray(), 0
    for _ in range(500):
        stream += chance.randbytes(chance.randrange(0, 12))
        damage = chance.random()
        if damage < 0.1:
            stream += FULL.raw[: chance.randrange(1, len(FULL.raw))]
        elif damage < 0.2:
            broken = bytearray(FULL.raw)
            broken[chance.randrange(5, 150)] ^= 1 << chance.randrange(8)
            stream += broken
        else:
            stream += FULL.raw
            intact += 1
    cuts = sorted({0, len(stream), *(chance.randrange(len(stream)) for _ in range(300))})
    reader = codec()
    found = [one for a, b in pairwise(cuts) for one in reader.feed(bytes(stream[a:b]))]
    found += reader.flush()
    assert sum(isinstance(one, Frame) for one in found) == intact, f"seed {seed}"
    assert b"".join(one.raw for one in found) == bytes(stream)
