"""What is kept between two looks is never older than somebody's last deed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.acts.drafts import move, save, set_lock
from dashboard.board.opened import planned_weeks
from dashboard.board.table import TRUST, Table, Wish, laid
from dashboard.desk import Desk
from db.connection import reading
from domain.account import Role
from tests.dashboard.acts.week_desk import SHEET, actor, enroll, look, swap, week_site
from tests.dashboard.world import FIRST_MONDAY, desk_at

LATEST = Wish(FIRST_MONDAY, None, "en")


@pytest.fixture
def desk(world: Path) -> Desk:
    site = week_site(world)
    enroll(site)
    return desk_at(site)


def again(desk: Desk, last: Table | None, wish: Wish = LATEST, late: bool = False) -> Table:
    now = desk.now + TRUST if late else desk.now
    with reading(desk.site.here.database) as session:
        found = laid(session, desk, wish, now, last)
    assert found is not None
    return found


def test_where_nothing_has_happened_nothing_is_read_again(desk: Desk) -> None:
    first = again(desk, None)
    assert again(desk, first) is first
    assert again(desk, first, late=True) is not first


def test_after_a_move_only_the_steps_are_read_again(desk: Desk) -> None:
    first = again(desk, None)
    pair = swap(first.opened)
    move(desk.site, actor(), SHEET, pair)
    second = again(desk, first)
    assert second.opened.problem is first.opened.problem
    assert {one.after for one in pair} <= set(second.opened.plan.assignments)
    assert second.opened.plan == look(desk.site).plan
    assert second.text != first.text
    assert again(desk, second) is second


def test_after_a_lock_or_a_version_everything_is(desk: Desk) -> None:
    first = again(desk, None)
    pair = swap(first.opened)
    row = pair[0].before
    assert row is not None
    set_lock(desk.site, actor(), SHEET, row, locked=True)
    second = again(desk, first)
    assert len(second.opened.problem.register.locks) > len(first.opened.problem.register.locks)
    set_lock(desk.site, actor(), SHEET, row, locked=False)
    move(desk.site, actor(), SHEET, pair)
    save(desk.site, actor(), SHEET, "")
    assert again(desk, second).opened.version.number == 2


def test_another_version_is_another_table(desk: Desk) -> None:
    first = again(desk, None)
    move(desk.site, actor(), SHEET, swap(first.opened))
    save(desk.site, actor(), SHEET, "")
    old = again(desk, first, Wish(FIRST_MONDAY, 1, "en"))
    assert (old.opened.version.number, old.opened.latest) == (1, False)


def test_who_does_not_edit_sees_what_is_in_force_without_unsaved_moves(desk: Desk) -> None:
    nurse = replace(desk, actor=actor(Role.NURSE))
    stored = again(nurse, None).opened.plan
    pair = swap(look(desk.site))
    move(desk.site, actor(), SHEET, pair)
    assert again(nurse, again(nurse, None)).opened.plan == stored
    save(desk.site, actor(), SHEET, "")
    assert again(nurse, None).opened.version.number == 1
    assert again(desk, None).opened.version.number == 2


def test_a_week_without_a_plan_has_no_table(desk: Desk) -> None:
    with reading(desk.site.here.database) as session:
        wish = Wish(FIRST_MONDAY.replace(year=2030), None, "en")
        assert laid(session, desk, wish, desk.now, None) is None
        assert planned_weeks(session, desk.site.center) == (FIRST_MONDAY,)
