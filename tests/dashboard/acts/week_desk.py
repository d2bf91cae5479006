"""The planned sample week as a head nurse edits it, with accounts for every role."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from dashboard.acts.drafts import Sheet
from dashboard.board.judged import judged
from dashboard.board.opened import Opened, opened
from dashboard.desk import Actor
from dashboard.site import Site
from db.access.accounts import add_account
from db.connection import reading, writing
from domain.account import Account, Role
from domain.draft import Move
from scheduler.targets import Grade, grades
from tests.dashboard.world import FIRST_MONDAY, NOW, desk_at, site_at

SHEET = Sheet(FIRST_MONDAY, 1)


def week_site(world: Path, days: float = 0) -> Site:
    """The site so many days after Monday morning."""
    return site_at(world, now=NOW + timedelta(days=days))


def enroll(site: Site) -> None:
    """An account for each role, called as the role."""
    with writing(site.here.database) as session:
        for role in Role:
            name = role.value.replace(" ", "-")
            account = Account(name, name.title(), role, must_change=False)
            add_account(session, site.center, account, "-", "test", NOW)


def actor(role: Role = Role.HEAD_NURSE) -> Actor:
    """Somebody of a role, as signed in."""
    name = role.value.replace(" ", "-")
    return Actor(name, name.title(), role)


def look(site: Site, number: int | None = None) -> Opened:
    """The week as it is now."""
    desk = desk_at(site)
    with reading(site.here.database) as session:
        found = opened(session, site, FIRST_MONDAY, number, desk.now)
    assert found is not None
    return found


def taken_out(there: Opened, day: int = 3) -> Move:
    """A session of that weekday without a place: fewer than prescribed, a hard rule broken."""
    rows = (row for row in there.plan.assignments if row.day.isoweekday() == day)
    return Move(next(rows), None)


def bad_swap(there: Opened, day: int = 3) -> tuple[Move, Move]:
    """Somebody of that weekday and somebody of a later one change places, and a hard rule is
    broken that needs a reason."""
    rows = there.plan.assignments
    one = next(row for row in rows if row.day.isoweekday() == day)
    for two in rows:
        pair = (
            Move(one, replace(two, patient=one.patient)),
            Move(two, replace(one, patient=two.patient)),
        )
        clash = {pair[0].after, pair[1].after} & set(rows)
        if two.day > one.day and not clash and judged(there, pair).needing:
            return pair
    raise AssertionError("nobody to change places with")


def swap(there: Opened, day: int = 6) -> tuple[Move, Move]:
    """Two who change places within a turn of that weekday, without breaking a hard rule."""
    rows = [row for row in there.plan.assignments if row.day.isoweekday() == day]
    one = next(r for r in rows)
    for two in rows[1:]:
        if two.turn == one.turn:
            pair = (
                Move(one, replace(one, station=two.station)),
                Move(two, replace(two, station=one.station)),
            )
            found = grades(there.problem, there.plan, one.patient, one)
            back = grades(there.problem, there.plan, two.patient, two)
            if Grade.BREAKS not in (
                found[one.turn, two.station], back[two.turn, one.station]
            ):  # fmt: skip
                return pair
    raise AssertionError("nobody to change places with")
