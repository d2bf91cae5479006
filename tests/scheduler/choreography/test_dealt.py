"""Whoever cannot begin later does not share a nurse with another who cannot."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from scheduler.choreography.dealt import dealt
from scheduler.choreography.entry import Entry
from tests.scheduler.choreography.scenes import entry


def nurses(entries: list[Entry]) -> list[int]:
    return [one.nurse for one in entries]


def four(*of: int) -> list[Entry]:
    return [entry(number, nurse=nurse) for number, nurse in enumerate(of)]


def test_one_of_two_who_are_hurried_changes_with_the_nearest_who_is_not() -> None:
    assert nurses(dealt(four(1, 1, 1, 2, 2, 2), {0, 1})) == [1, 2, 1, 1, 2, 2]


def test_nobody_changes_where_each_nurse_has_one() -> None:
    assert nurses(dealt(four(1, 1, 2, 2), {0, 3})) == [1, 1, 2, 2]
    assert nurses(dealt(four(1, 1, 1), {0, 1})) == [1, 1, 1]


def test_a_fixed_session_keeps_its_nurse() -> None:
    fixed = [replace(one, fixed=True) for one in four(1, 1, 2, 2)]
    assert nurses(dealt(fixed, {0, 1})) == [1, 1, 2, 2]


def test_turns_are_dealt_one_by_one_and_the_order_stays() -> None:
    later = [replace(one, row=replace(one.row, shift="pm")) for one in four(1, 1, 2, 2)]
    found = dealt([*four(1, 1, 2, 2), *later], {0, 1, 4})
    assert nurses(found) == [1, 2, 1, 2, 1, 1, 2, 2]
    assert [one.row.shift for one in found] == ["am"] * 4 + ["pm"] * 4


@pytest.mark.parametrize("seed", range(30))
def test_the_hurried_are_dealt_evenly_and_each_nurse_has_as_many_as_before(seed: int) -> None:
    dice = Random(seed)
    before = [entry(number, nurse=number * 3 // 12 + 1) for number in range(12)]
    hurried = frozenset(dice.sample(range(12), dice.randint(0, 6)))
    after = dealt(before, hurried)
    assert Counter(nurses(after)) == Counter(nurses(before))
    shared = Counter(dict.fromkeys(nurses(before), 0))
    shared.update(after[number].nurse for number in hurried)
    assert max(shared.values()) - min(shared.values()) <= 1
    assert [one.row for one in after] == [one.row for one in before]
