"""Buckets of tries: emptied by tries, filled by time, never larger than memory."""

from __future__ import annotations

from dashboard.gate.throttle import MOST_KEYS, Allowance, Throttle


def test_so_many_tries_at_once_and_then_one_each_so_often() -> None:
    bucket = Throttle(Allowance(3, 30))
    assert [bucket.take("li", 0) for _ in range(5)] == [0, 0, 0, 30, 30]
    assert bucket.take("li", 20) == 10
    assert bucket.take("li", 30) == 0
    assert bucket.take("li", 30) == 30
    assert bucket.take("wu", 30) == 0


def test_a_try_that_was_right_does_not_count() -> None:
    bucket = Throttle(Allowance(1, 30))
    for _ in range(5):
        assert bucket.take("li", 0) == 0
        bucket.give_back("li", 0)
    bucket.give_back("li", 0)
    assert [bucket.take("li", 0), bucket.take("li", 0)] == [0, 30]


def test_a_clock_that_was_set_back_gives_no_tries_away() -> None:
    bucket = Throttle(Allowance(1, 30))
    assert bucket.take("li", 100) == 0
    assert bucket.take("li", 10) == 30


def test_a_flood_of_names_is_forgotten_oldest_first() -> None:
    bucket = Throttle(Allowance(1, 3600))
    for number in range(MOST_KEYS + 5):
        bucket.take(f"name {number}", number / 1000)
    assert bucket.take("name 0", 25) == 0
    assert bucket.take(f"name {MOST_KEYS + 4}", 25) > 0
