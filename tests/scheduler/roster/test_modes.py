from __future__ import annotations

import numpy as np

from scheduler.roster.modes import NOWHERE, Habits, Modes, modes_of
from scheduler.roster.shape import Rest, Run
from tests.scheduler.roster.shapes import DAY, FREE, NIGHT, WORK


def habits(*runs: Run, rests: tuple[Rest, ...] = (), past: tuple[int, ...] = ()) -> Habits:
    return Habits(3, frozenset({(NIGHT, DAY)}), runs, rests, past)


def allows(modes: Modes, *row: int) -> bool:
    mode = modes.start
    for kind in row:
        mode = int(modes.after[mode, kind])
        if mode == NOWHERE:
            return False
    return True


def test_without_limits_there_is_one_mode_but_for_barred_pairs() -> None:
    assert len(modes_of(Habits(3, frozenset(), (), (), ()))) == 1
    modes = modes_of(habits())
    assert len(modes) == 2
    assert allows(modes, DAY, NIGHT, FREE, DAY)
    assert not allows(modes, NIGHT, DAY)


def test_modes_alike_are_one() -> None:
    """At most five days in a row and at least two, nights and days differing in what may follow:
    2 x 5 modes of work, 2 of a first day that may stay alone, 2 of days off; before anything is
    known it is as after enough days off."""
    modes = modes_of(habits(Run(WORK, 2, 5), Run(frozenset({FREE}), 2)))
    assert len(modes) == 2 * 5 + 2 + 2


def test_the_past_is_where_it_starts() -> None:
    modes = modes_of(habits(Run(WORK, 1, 2), past=(DAY, DAY)))
    assert not allows(modes, DAY)
    assert allows(modes, FREE, DAY, DAY)
    assert not allows(modes_of(habits(past=(NIGHT,))), DAY)


def test_what_was_broken_in_the_past_is_not_held_against_anybody() -> None:
    broken = (NIGHT, DAY, DAY, DAY, FREE, DAY)
    rests = (Rest(frozenset({NIGHT}), 2),)
    modes = modes_of(habits(Run(WORK, 2, 2), rests=rests, past=broken))
    assert allows(modes, DAY, FREE)


def test_rest_lasts_as_long_as_it_must() -> None:
    modes = modes_of(habits(rests=(Rest(frozenset({NIGHT}), 2),)))
    assert allows(modes, NIGHT, NIGHT, FREE, FREE, DAY)
    assert not allows(modes, NIGHT, FREE, DAY)
    assert not allows(modes, NIGHT, FREE, NIGHT)
    assert allows(modes, NIGHT, FREE)


def test_the_same_habits_make_the_same_modes() -> None:
    one, other = (modes_of(habits(Run(WORK, 2, 5))) for _ in range(2))
    assert one.start == other.start
    assert np.array_equal(one.after, other.after)
