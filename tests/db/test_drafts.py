"""Steps on a version are only added, undone by a step, and everybody's."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.connection import reading, writing
from db.drafts import (
    Override,
    add_step,
    last_step,
    overrides_of,
    redo_step,
    save_draft,
    steps_of,
    undo_step,
)
from db.plans import PlanVersion, StalePlan, load_plan
from db.refusal import DatabaseRefusal
from domain.calendar import DAY
from domain.draft import Move, Step
from tests.db.world import MONDAY, NOW, plan_of, sit, store, store_plan

ONE, TWO = sit(MONDAY, "D", "P1"), sit(MONDAY, "N", "P2")
LATER = sit(MONDAY + DAY, "D", "P1")
LAST = sit(MONDAY + 2 * DAY, "D", "P1")
SECOND = timedelta(seconds=1)


@pytest.fixture
def base(database: sa.Engine) -> PlanVersion:
    store(database)
    return store_plan(database, plan_of(ONE, TWO))


def steps(database: sa.Engine) -> tuple[Step, ...]:
    with reading(database) as session:
        return steps_of(session, "HC", MONDAY, 1)


def move(database: sa.Engine, base: PlanVersion, *moves: Move, who: str = "Li") -> Step:
    with writing(database) as session:
        return add_step(session, base, moves, who, NOW, ("rest_day",), "asked for")


def test_a_step_comes_back_as_it_was_made(database: sa.Engine, base: PlanVersion) -> None:
    made = move(database, base, Move(ONE, LATER), Move(None, sit(MONDAY, "D", "P2", "A2")))
    assert steps(database) == (made,)
    assert (made.number, made.overridden, made.reason) == (1, ("rest_day",), "asked for")


def test_two_people_see_each_others_steps_in_order(database: sa.Engine, base: PlanVersion) -> None:
    move(database, base, Move(ONE, LATER), who="Li")
    move(database, base, Move(LATER, LAST), who="Wang")
    assert [step.who for step in steps(database)] == ["Li", "Wang"]


def test_the_slower_of_two_who_move_one_session_is_told(
    database: sa.Engine, base: PlanVersion
) -> None:
    move(database, base, Move(ONE, LATER))
    with pytest.raises(DatabaseRefusal, match="Somebody else has moved"):
        move(database, base, Move(ONE, LAST), who="Wang")
    assert len(steps(database)) == 1


def test_undoing_takes_the_last_step_that_counts(database: sa.Engine, base: PlanVersion) -> None:
    move(database, base, Move(ONE, LATER))
    move(database, base, Move(LATER, LAST))
    for wanted in (2, 1, None):
        with writing(database) as session:
            undone = undo_step(session, base, "Wang", NOW)
        assert (undone.number if undone else None) == wanted
    assert [step.undone for step in steps(database)] == [True, True]


def test_redoing_brings_back_what_was_undone_last(database: sa.Engine, base: PlanVersion) -> None:
    move(database, base, Move(ONE, LATER))
    move(database, base, Move(LATER, LAST))
    _undo(database, base)
    _undo(database, base)
    assert [_redo(database, base) for _ in range(3)] == [1, 2, None]
    assert [step.undone for step in steps(database)] == [False, False]
    _undo(database, base)
    assert [step.undone for step in steps(database)] == [False, True]
    assert _redo(database, base) == 2


def test_what_was_undone_before_another_step_is_gone(
    database: sa.Engine, base: PlanVersion
) -> None:
    move(database, base, Move(ONE, LATER))
    _undo(database, base)
    move(database, base, Move(ONE, LAST))
    assert _redo(database, base) is None
    _undo(database, base)
    assert _redo(database, base) == 3
    assert [step.undone for step in steps(database)] == [True, False]


def _redo(database: sa.Engine, base: PlanVersion) -> int | None:
    with writing(database) as session:
        redone = redo_step(session, base, "Wang", NOW)
    return redone.number if redone else None


def test_every_deed_on_a_draft_raises_its_last_number(
    database: sa.Engine, base: PlanVersion
) -> None:
    seen = []
    for act in (
        lambda: move(database, base, Move(ONE, LATER)),
        lambda: _undo(database, base),
        lambda: _redo(database, base),
    ):
        act()
        with reading(database) as session:
            seen.append(last_step(session, "HC", MONDAY, 1))
    assert seen == [1, 2, 3]


def _undo(database: sa.Engine, base: PlanVersion) -> None:
    with writing(database) as session:
        undo_step(session, base, "Li", NOW)


def test_a_saved_draft_is_the_next_version_with_its_overrides(
    database: sa.Engine, base: PlanVersion
) -> None:
    move(database, base, Move(ONE, LATER))
    kept = Override("rest_day", "P1", "Li", "asked for", NOW)
    with writing(database) as session:
        version = save_draft(session, base, "Wang", "mended", NOW + SECOND, "f", [kept])
    with reading(database) as session:
        stored = load_plan(session, "HC", MONDAY)
        overrides = overrides_of(session, "HC", MONDAY, 2)
    assert (version.number, version.parent, version.author) == (2, 1, "Wang")
    assert stored.plan == plan_of(LATER, TWO)
    assert stored.run is None
    assert overrides == (kept,)


def test_nothing_changed_is_not_saved(database: sa.Engine, base: PlanVersion) -> None:
    move(database, base, Move(ONE, LATER))
    move(database, base, Move(LATER, ONE))
    with writing(database) as session, pytest.raises(DatabaseRefusal, match="nothing to save"):
        save_draft(session, base, "Li", "", NOW, "f")


def test_an_old_base_takes_no_more_steps(database: sa.Engine, base: PlanVersion) -> None:
    move(database, base, Move(ONE, LATER))
    store_plan(database, plan_of(TWO), parent=1, author="Wang")
    with pytest.raises(StalePlan) as stale:
        move(database, base, Move(LATER, LAST))
    assert stale.value.latest == 2
    with writing(database) as session, pytest.raises(StalePlan):
        undo_step(session, base, "Li", NOW)
    with writing(database) as session, pytest.raises(StalePlan):
        redo_step(session, base, "Li", NOW)
    with writing(database) as session, pytest.raises(StalePlan):
        save_draft(session, base, "Li", "", NOW, "f")


def test_a_step_cannot_be_changed_afterwards(database: sa.Engine, base: PlanVersion) -> None:
    move(database, base, Move(ONE, LATER))
    with pytest.raises((DBAPIError, DatabaseRefusal)), writing(database) as session:
        session.execute(sa.text("UPDATE draft_steps SET who = 'nobody'"))


def test_a_step_without_a_time_zone_is_refused(database: sa.Engine, base: PlanVersion) -> None:
    with writing(database) as session, pytest.raises(ValueError, match="time zone"):
        add_step(session, base, [Move(ONE, LATER)], "Li", NOW.replace(tzinfo=None))
