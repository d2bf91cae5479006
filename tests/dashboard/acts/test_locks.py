"""Promising several sessions at once, and taking promises back."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.acts.acting import NotAllowed
from dashboard.acts.locks import lock_all, unlock_all
from dashboard.planning.locked import Chosen, as_locks, lock_rows, promisable
from dashboard.site import Site
from db.connection import reading
from db.load import load_register
from db.refusal import DatabaseRefusal
from db.sample.spec import FIRST_MONDAY
from domain.account import Role
from domain.calendar import WEEK
from domain.plan import Lock
from domain.problem import Problem
from tests.dashboard.acts.week_desk import actor, enroll, look, week_site
from tests.dashboard.world import desk_at


@pytest.fixture
def site(world: Path) -> Site:
    here = week_site(world)
    enroll(here)
    return here


def locks(site: Site) -> set[Lock]:
    with reading(site.here.database) as session:
        return set(load_register(session, site.center).locks)


def week(site: Site) -> Problem:
    with reading(site.here.database) as session:
        return Problem(load_register(session, site.center), FIRST_MONDAY)


def some(site: Site, count: int = 3) -> tuple[Lock, ...]:
    there = look(site)
    rows = promisable(there.problem, there.plan, Chosen(), desk_at(site).now)
    return as_locks(rows[-count:], stations=True)


def test_several_are_promised_at_once_and_only_those_that_were_not(site: Site) -> None:
    before, three = locks(site), some(site)
    assert lock_all(site, actor(), three) == 3
    assert lock_all(site, actor(), three) == 0
    assert locks(site) == before | set(three)


def test_what_is_taken_back_is_gone(site: Site) -> None:
    before, three = locks(site), some(site)
    lock_all(site, actor(), three)
    assert unlock_all(site, actor(), three[:2]) == 2
    assert locks(site) == before | {three[2]}


def test_a_promise_may_leave_the_station_open(site: Site) -> None:
    (one,) = some(site, 1)
    anywhere = Lock(one.patient, one.day, one.shift)
    assert lock_all(site, actor(), [anywhere]) == 1
    assert anywhere in locks(site)
    assert lock_all(site, actor(), [one]) == 0


@pytest.mark.parametrize("role", [Role.NURSE, Role.DOCTOR, Role.TECHNICIAN, Role.ADMIN])
def test_only_who_edits_the_week_may(site: Site, role: Role) -> None:
    with pytest.raises(NotAllowed):
        lock_all(site, actor(role), some(site))


def test_what_is_over_can_neither_be_promised_nor_taken_back(site: Site) -> None:
    (one,) = some(site, 1)
    past = Lock(one.patient, FIRST_MONDAY - WEEK, one.shift, one.station)
    for act in (lock_all, unlock_all):
        with pytest.raises(NotAllowed, match="over"):
            act(site, actor(), [past])


def test_a_station_that_is_gone_cannot_be_promised(site: Site) -> None:
    (one,) = some(site, 1)
    with pytest.raises(DatabaseRefusal, match="Z99"):
        lock_all(site, actor(), [Lock(one.patient, one.day, one.shift, "Z99")])


def test_the_list_tells_which_turns_are_over(site: Site) -> None:
    lock_all(site, actor(), some(site))
    rows = lock_rows(week(site), desk_at(site).now)
    assert len(rows) == len([one for one in locks(site) if one.day >= FIRST_MONDAY])
    assert {row.over for row in rows} == {False}
    late = desk_at(site).now + WEEK
    assert {row.over for row in lock_rows(week(site), late)} == {True}


def test_what_is_chosen_narrows_the_sessions_down(site: Site) -> None:
    there, now = look(site), desk_at(site).now
    every = promisable(there.problem, there.plan, Chosen(), now)
    row = every[-1]
    zone = there.problem.station[row.station].zone
    chosen = Chosen(
        frozenset({row.patient}), frozenset({(row.day.isoformat(), row.shift)}), frozenset({zone})
    )
    assert promisable(there.problem, there.plan, chosen, now) == (row,)
    assert promisable(there.problem, there.plan, Chosen(zones=frozenset({"?"})), now) == ()
    assert promisable(there.problem, there.plan, Chosen(), now + WEEK) == ()
