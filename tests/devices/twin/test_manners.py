from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.twin.manners import (
    POLITE,
    USUAL,
    Manners,
    Utterance,
    garbled,
    mangled,
    slowed,
    uttered,
)

NEVER = {"missing": 0.0, "late": 0.0, "truncated": 0.0, "noisy": 0.0, "garbage": 0.0}
FRAME = b"K3001M1xx\r\n"


def said(manners: Manners, seed: int = 1) -> Utterance:
    found = uttered(FRAME, manners, Random(seed))
    assert found is not None
    return found


def test_a_polite_machine_says_the_whole_frame_after_a_machines_pause() -> None:
    every = [said(POLITE, seed) for seed in range(200)]
    assert {one.raw for one in every} == {FRAME}
    assert all(0.030 <= one.delay <= 0.250 for one in every)


def test_one_answer_in_a_hundred_never_comes() -> None:
    chance = Random(7)
    missing = sum(uttered(FRAME, USUAL, chance) is None for _ in range(20_000))
    assert 150 <= missing <= 250


def test_a_late_answer_is_whole_and_comes_one_to_three_seconds_later() -> None:
    late = said(Manners(**{**NEVER, "late": 1.0}))
    assert late.raw == FRAME
    assert 1.03 <= late.delay <= 3.25


def test_a_truncated_frame_is_a_beginning_of_it() -> None:
    for seed in range(50):
        cut = said(Manners(**{**NEVER, "truncated": 1.0}), seed)
        assert FRAME.startswith(cut.raw)
        assert 1 <= len(cut.raw) < len(FRAME)


def test_noise_flips_one_to_three_bits_and_no_more() -> None:
    for seed in range(50):
        noisy = said(Manners(**{**NEVER, "noisy": 1.0}), seed)
        flipped = sum((a ^ b).bit_count() for a, b in zip(noisy.raw, FRAME, strict=True))
        assert flipped in {1, 2, 3}


def test_garbage_comes_before_the_frame_and_leaves_it_whole() -> None:
    dirty = said(Manners(**{**NEVER, "garbage": 1.0}))
    assert dirty.raw.endswith(FRAME)
    assert 1 <= len(dirty.raw) - len(FRAME) <= 12


def test_a_garbled_line_lets_nothing_through_as_it_was() -> None:
    assert all(said(garbled(USUAL), seed).raw != FRAME for seed in range(50))


def test_a_slowed_machine_keeps_each_answer_back() -> None:
    assert 2.03 <= said(slowed(POLITE, 2.0)).delay <= 2.25


def test_ends_of_different_speeds_keep_the_number_of_bytes_and_nothing_else() -> None:
    assert len(mangled(FRAME, Random(1))) == len(FRAME)
    assert mangled(FRAME, Random(1)) != FRAME


@given(st.binary(min_size=1, max_size=40), st.integers(0, 2**32))
def test_the_same_seed_behaves_the_same(message: bytes, seed: int) -> None:
    rude = Manners(missing=0.2, late=0.2, truncated=0.2, noisy=0.2, garbage=0.2)
    assert uttered(message, rude, Random(seed)) == uttered(message, rude, Random(seed))


@pytest.mark.parametrize("field", ["quickest", "slowest"])
def test_the_usual_pause_is_the_one_of_real_machines(field: str) -> None:
    assert getattr(USUAL, field) == {"quickest": 0.030, "slowest": 0.250}[field]
