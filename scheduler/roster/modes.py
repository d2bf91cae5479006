"""What a person may do tomorrow, as few modes: the smallest automaton of rows, rests and
forbidden successions.

A mode remembers nothing but what limits the days to come. Sums and weekends are not in here:
they are tallied (`tallies`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from scheduler.program import Ints
from scheduler.roster.shape import Rest, Run

_State = tuple[int, int]
"""Of a run: length so far and days still owed to its least. Of a rest: 1 within the row that
will need it, and days of rest still owed."""

_EDGE: _State = (0, -1)
"""Of a run before anything is known."""

_Mode = tuple[int, ...]

NOWHERE = -1
"""The mode after a kind that is forbidden."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What makes modes: rows, rests, forbidden pairs of kinds, and what came before."""

    kinds: int
    barred: frozenset[tuple[int, int]]
    runs: tuple[Run, ...]
    rests: tuple[Rest, ...]
    past: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Modes:
    """`after[mode, kind]` is the next mode or `NOWHERE`; every mode may end the days."""

    start: int
    after: Ints

    def __len__(self) -> int:
        return len(self.after)

    def alike(self) -> list[Ints]:
        """Kinds that always lead to the same modes, put together."""
        _, group = np.unique(self.after, axis=1, return_inverse=True)
        return [np.flatnonzero(group.ravel() == n) for n in range(int(group.max()) + 1)]


def modes_of(habits: Habits) -> Modes:
    """The automaton, with modes alike put together."""
    first = _first(habits)
    numbers: dict[_Mode, int] = {first: 0}
    rows: list[list[int]] = []
    order = [first]
    for mode in order:  # grows while it is gone through
        rows.append([])
        for kind in range(habits.kinds):
            then = _step(habits, mode, kind)
            if then is not None and then not in numbers:
                numbers[then] = len(order)
                order.append(then)
            rows[-1].append(NOWHERE if then is None else numbers[then])
    return _joined(np.array(rows, np.int64))


def _first(habits: Habits) -> _Mode:
    mode: _Mode = (-1, *(part for _ in habits.runs for part in _EDGE), *[0, 0] * len(habits.rests))
    for kind in habits.past:
        mode = _step(habits, mode, kind, lenient=True) or mode
    return mode


def _step(habits: Habits, mode: _Mode, kind: int, *, lenient: bool = False) -> _Mode | None:
    """The mode after a day of the kind, `None` if that may not be; of the past, all may."""
    if (mode[0], kind) in habits.barred and not lenient:
        return None
    states = [(mode[at], mode[at + 1]) for at in range(1, len(mode), 2)]
    count = len(habits.runs)
    steps: Sequence[_State | None] = [
        *(
            _run_step(run, state, kind, lenient)
            for run, state in zip(habits.runs, states[:count], strict=True)
        ),
        *(
            _rest_step(rest, state, kind, lenient)
            for rest, state in zip(habits.rests, states[count:], strict=True)
        ),
    ]
    found: list[int] = [kind]
    for step in steps:
        if step is None:
            return None
        found.extend(step)
    return tuple(found)


def _run_step(run: Run, state: _State, kind: int, lenient: bool) -> _State | None:
    length, owed = state
    if kind not in run.kinds:
        return None if owed > 0 and not lenient else (0, 0)
    if run.most is not None and length >= run.most and not lenient:
        return None
    begun = length > 0 or owed < 0
    owed = max(0, (owed if begun else run.least) - 1)
    return min(length + 1, 1 if run.most is None else run.most), owed


def _rest_step(rest: Rest, state: _State, kind: int, lenient: bool) -> _State | None:
    within, owed = state
    if kind in rest.kinds:
        return None if owed and not lenient else (1, 0)
    owed = rest.days if within else owed
    if owed and kind not in rest.resting:
        return (0, 0) if lenient else None
    return 0, max(0, owed - 1)


def _joined(after: Ints) -> Modes:
    """Modes that allow the same futures put together (partition refinement); the first mode
    is where it starts."""
    block = np.zeros(len(after), np.int64)
    while True:
        then = np.where(after == NOWHERE, NOWHERE, block[after])
        _, finer = np.unique(np.column_stack([block, then]), axis=0, return_inverse=True)
        if finer.max() == block.max():
            break
        block = finer
    count = int(block.max()) + 1
    picked = np.array([int(np.flatnonzero(block == b)[0]) for b in range(count)])
    then = after[picked]
    return Modes(int(block[0]), np.where(then == NOWHERE, NOWHERE, block[then]))
