"""As little as will do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.remedies.least import Amounts, least, smaller

PARTS = [f"p{number}" for number in range(6)]


def test_nothing_is_enough_where_the_most_is_not() -> None:
    assert least({"a": 3}, lambda _: False) is None


def test_nothing_is_needed_where_nothing_will_do() -> None:
    assert least({"a": 3, "b": 1}, lambda _: True) == {}


def test_the_parts_that_stand_first_are_kept() -> None:
    def five(amounts: Amounts) -> bool:
        return sum(amounts.values()) >= 5

    assert least({"a": 3, "b": 4, "c": 4}, five) == {"a": 3, "b": 2}


def test_smaller_takes_one_from_each_part_in_turn() -> None:
    assert smaller({"a": 2, "b": 1}) == [{"a": 1, "b": 1}, {"a": 2, "b": 0}]


def test_few_questions_are_asked_where_little_is_needed() -> None:
    asked = 0

    def one_of_many(amounts: Amounts) -> bool:
        nonlocal asked
        asked += 1
        return amounts["p37"] >= 2

    most = {f"p{number}": 12 for number in range(64)}
    assert least(most, one_of_many) == {"p37": 2}
    assert asked <= 20


@given(
    st.fixed_dictionaries({part: st.integers(0, 4) for part in PARTS}),
    st.lists(st.fixed_dictionaries({part: st.integers(0, 4) for part in PARTS}), max_size=3),
)
def test_whatever_closes_when_there_is_more_is_found_and_cannot_be_reduced(
    most: dict[str, int], enough: list[dict[str, int]]
) -> None:
    def closes(amounts: Amounts) -> bool:
        return any(all(amounts.get(p, 0) >= n for p, n in one.items()) for one in enough)

    found = least(most, closes)
    assert (found is None) == (not closes(most))
    if found is not None:
        assert closes(found)
        assert all(found[part] <= most[part] for part in found)
        assert not any(closes(one) for one in smaller(found))
