"""Which numbers are settled."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.telemetry.tally import MOST_ISLANDS, Tally

numbers = st.lists(st.integers(1, 30), max_size=60)


@given(numbers)
def test_it_knows_what_a_set_would_know(added: list[int]) -> None:
    tally, known = Tally(), set[int]()
    for number in added:
        assert tally.add(number) is (number not in known)
        known.add(number)
    assert {number for number in range(1, 40) if number in tally} == known
    assert tally.count == len(known)
    assert tally.highest == max(known, default=0)
    assert tally.settled == next(n for n in range(40) if n + 1 not in known)


@given(numbers)
def test_it_is_stored_and_read_back(added: list[int]) -> None:
    tally = Tally()
    for number in added:
        tally.add(number)
    again = Tally.read(tally.settled, tally.text)
    assert (again.settled, again.islands) == (tally.settled, tally.islands)


@given(numbers)
def test_islands_never_touch(added: list[int]) -> None:
    tally = Tally()
    for number in added:
        tally.add(number)
    ends = [tally.settled, *(end for island in tally.islands for end in island)]
    assert all(ends[at + 1] - ends[at] >= 2 for at in range(0, len(ends) - 1, 2))


def test_it_takes_no_more_islands_than_it_can_hold_but_still_fills_gaps() -> None:
    tally = Tally(0, [(3 * n, 3 * n) for n in range(1, MOST_ISLANDS + 1)])
    assert not tally.takes(3 * MOST_ISLANDS + 5)
    assert tally.takes(1)
    assert tally.takes(4)
    assert tally.takes(5)
    assert tally.takes(3 * MOST_ISLANDS + 1)
    assert tally.takes(6)
