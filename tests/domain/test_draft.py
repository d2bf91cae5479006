"""What a row of moves, undoings and redoings leaves, against the pile of sheets it stands for."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from domain.draft import Step, standing_undos, to_redo

AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def steps_of(undoes: dict[int, int | None]) -> tuple[Step, ...]:
    """The steps of a draft, from what each deed on it takes back."""
    undone = standing_undos(undoes)
    return tuple(
        Step(number, "Li", AT, (), undone_by=undone.get(number))
        for number, earlier in undoes.items()
        if earlier is None
    )


def test_an_undoing_that_is_undone_itself_does_not_count() -> None:
    assert standing_undos({1: None, 2: 1, 3: 2}) == {2: 3}
    assert standing_undos({1: None, 2: 1, 3: 2, 4: 1}) == {1: 4, 2: 3}


def test_nothing_is_brought_back_where_nothing_was_undone() -> None:
    assert to_redo(()) is None
    assert to_redo(steps_of({1: None, 2: None})) is None


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=12))
def test_it_is_two_piles_of_which_a_fresh_step_throws_the_second_away(deeds: list[str]) -> None:
    done: list[int] = []
    gone: list[int] = []
    rows: dict[int, int | None] = {}
    for deed in deeds:
        steps, number = steps_of(rows), len(rows) + 1
        again = to_redo(steps)
        if deed == "do":
            rows[number] = None
            done, gone = [*done, number], []
        elif deed == "undo" and done:
            rows[number] = [step for step in steps if not step.undone][-1].number
            gone.append(done.pop())
        elif deed == "redo" and again is not None:
            rows[number] = again.undone_by
            done.append(gone.pop())
        found = steps_of(rows)
        last = to_redo(found)
        assert [step.number for step in found if not step.undone] == done
        assert (last.number if last else None) == (gone[-1] if gone else None)
