"""The search on programs that can be written down: exact bounds, and the best choice."""

from __future__ import annotations

from itertools import product
from random import Random
from time import monotonic

import numpy as np
import pytest
from ortools.util.python.solve_interrupter import SolveInterrupter

from scheduler.effort import Effort, Watch
from scheduler.program import (
    SCALE,
    Columns,
    Listed,
    Overflow,
    affordable,
    cost_of,
    units_up,
    weak_bound,
)
from scheduler.search import search

EFFORT = Effort(seconds=None, deterministic=True)


def watch() -> Watch:
    return Watch(monotonic, None, SolveInterrupter(), lambda *_: None)


def random_program(seed: int) -> Listed:
    """Four groups with five columns over six rows; the first column of a group uses none."""
    dice = Random(seed)
    groups, rows = 4, 6
    cost, start, row, value = [], [0], [], []
    for _ in range(groups):
        for column in range(5):
            used = dice.sample(range(rows), 0 if column == 0 else dice.randint(1, 3))
            cost.append(dice.randint(20, 30) if column == 0 else dice.randint(0, 12))
            row += used
            value += [dice.choice((1, 1, 2)) for _ in used]
            start.append(len(row))
    columns = Columns(
        np.repeat(np.arange(groups), 5),
        np.array(cost),
        np.arange(len(cost)),
        np.array(start),
        np.array(row),
        np.array(value),
    )
    limit = np.array([dice.randint(1, 3) for _ in range(rows)])
    soft = Overflow(np.array([0]), np.array([4]), np.array([3]), np.zeros((1, 0), np.int64))
    return Listed(groups, columns, limit, soft)


def best_of_all(program: Listed) -> int:
    costs = []
    for choice in product(range(5), repeat=program.groups):
        picked = np.array([5 * group + column for group, column in enumerate(choice)])
        cost = cost_of(program, program.columns.take(picked))
        if cost is not None:
            costs.append(cost)
    return min(costs)


@pytest.mark.parametrize("seed", range(30))
def test_the_search_finds_and_proves_the_best_choice(seed: int) -> None:
    program = random_program(seed)
    start = program.columns.take(np.arange(0, 20, 5))
    outcome = search(program, start, EFFORT, watch())
    assert (outcome.cost, outcome.bound) == (best_of_all(program),) * 2
    assert cost_of(program, outcome.columns) == outcome.cost


@pytest.mark.parametrize("seed", range(30))
def test_no_prices_give_a_bound_above_the_best_choice(seed: int) -> None:
    program = random_program(seed)
    dice = np.random.default_rng(seed)
    prices = affordable(program, dice.integers(-SCALE, 9 * SCALE, len(program.limit)))
    bound = units_up(weak_bound(program, prices, program.priced(prices).cheapest))
    assert bound <= best_of_all(program)


def test_a_price_above_what_overflow_costs_is_capped() -> None:
    program = random_program(1)
    high = np.full(len(program.limit), 99 * SCALE)
    assert affordable(program, high)[0] == 4 * SCALE


def test_a_start_that_breaks_a_row_is_refused() -> None:
    program = random_program(1)
    tight = Listed(program.groups, program.columns, np.zeros_like(program.limit), Overflow.none())
    used = [5 * g + 1 for g in range(4)]
    with pytest.raises(ValueError, match="breaks a row"):
        search(tight, program.columns.take(np.array(used)), EFFORT, watch())


def test_columns_keep_their_entries_through_take_and_join() -> None:
    columns = random_program(3).columns
    picked = columns.take(np.array([7, 2, 11]))
    again = Columns.join([picked.take(np.array([0])), picked.take(np.array([1, 2]))])
    for position, column in enumerate((7, 2, 11)):
        here = slice(again.start[position], again.start[position + 1])
        there = slice(columns.start[column], columns.start[column + 1])
        assert again.row[here].tolist() == columns.row[there].tolist()
        assert again.cost[position] == columns.cost[column]


@pytest.mark.parametrize("seed", range(30))
def test_no_choice_as_good_as_the_best_uses_a_column_beyond_the_slack(seed: int) -> None:
    program = random_program(seed)
    outcome = search(program, program.columns.take(np.arange(0, 20, 5)), EFFORT, watch())
    priced = program.priced(outcome.prices)
    dear = priced.reduced > priced.cheapest[program.columns.group] + outcome.slack
    for choice in product(range(5), repeat=program.groups):
        picked = np.array([5 * group + column for group, column in enumerate(choice)])
        if cost_of(program, program.columns.take(picked)) == outcome.cost:
            assert not dear[picked].any()
