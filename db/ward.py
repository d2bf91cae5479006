"""A ward as its roster needs it: the center, what stored plans ask, the roster before, and what
nurses bring along from earlier rosters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from db.history import load_problem, plan_in_force
from db.load import load_register
from db.nurse_rosters import RosterVersion, list_rosters, load_roster, roster_on
from db.plans import list_plans, load_plan
from domain.calendar import WEEK, days_from
from domain.nurse_account import carried
from domain.nurse_roster import NurseRoster
from domain.nurse_terms import NurseBalance, NurseBurden
from domain.plan import Plan
from domain.problem import Problem
from domain.register import Register
from domain.ward import Ward

COUNTED_WEEKS = 13
"""Weeks whose nights, late duties and weekends count: a quarter. Rest owed counts for ever."""
PLAN_WEEKS = 4
"""Weeks before the roster that are looked through for a plan to take the needs from."""


@dataclass(frozen=True, slots=True)
class WardRows:
    """What the database holds for a roster: the problem of its weeks, with balances as of its
    first day; plans by the Monday of the week; the rosters before as one."""

    problem: Problem
    plans: Mapping[date, Plan]
    before: NurseRoster | None


def load_ward(session: Session, center: str, first_day: date, weeks: int) -> WardRows:
    """Everything but the needs, which follow from problem and plans. Raises DatabaseRefusal."""
    problem = load_problem(session, center, first_day, weeks)
    ledger = load_balances(session, center, first_day)
    register = replace(problem.register, nurse_ledger=ledger)
    mondays = [first_day + WEEK * at for at in range(-PLAN_WEEKS, weeks)]
    return WardRows(
        Problem(register, first_day, weeks),
        _plans(session, register, mondays),
        _before(session, center, first_day),
    )


def load_balances(session: Session, center: str, first_day: date) -> tuple[NurseBalance, ...]:
    """What nurses bring along into a roster: the imported balances and what the weeks of stored
    rosters since then add."""
    register = load_register(session, center)
    versions = list_rosters(session, center)
    found = {(row.nurse, row.burden): row for row in register.nurse_ledger}
    for monday in _mondays(versions, first_day):
        version = roster_on(versions, monday)
        if version is not None:
            week = _week(load_roster(session, center, version.first_day, version.number).roster,
                         monday)  # fmt: skip
            _add(found, register, week, first_day)
    return tuple(row for _, row in sorted(found.items()) if row.amount)


def _add(
    found: dict[tuple[str, NurseBurden], NurseBalance],
    register: Register,
    week: NurseRoster,
    first_day: date,
) -> None:
    bare = replace(register, nurse_ledger=())
    oldest = first_day - timedelta(weeks=COUNTED_WEEKS)
    for row in carried(Ward(Problem(bare, week.first_day), ()), week):
        if row.burden is not NurseBurden.REST and week.first_day < oldest:
            continue
        key = (row.nurse, row.burden)
        before = found.get(key, NurseBalance(row.nurse, row.burden, 0))
        if before.day is None or before.day <= week.first_day:
            found[key] = replace(before, amount=before.amount + row.amount)


def _mondays(versions: tuple[RosterVersion, ...], first_day: date) -> list[date]:
    mondays = {version.first_day + WEEK * at for version in versions for at in range(version.weeks)}
    return sorted(monday for monday in mondays if monday < first_day)


def _week(roster: NurseRoster, monday: date) -> NurseRoster:
    days = frozenset(days_from(monday, 7))
    return NurseRoster.of(
        monday,
        1,
        (one for one in roster.duties if one.day in days),
        (one for one in roster.away if one.day in days),
    )


def _plans(session: Session, register: Register, mondays: list[date]) -> dict[date, Plan]:
    """The plan in force of each week that has one; else the imported sessions of the week."""
    center = register.center.code
    versions = list_plans(session, center)
    found: dict[date, Plan] = {}
    for monday in mondays:
        version = plan_in_force(versions, monday)
        if version is not None:
            found[monday] = load_plan(session, center, version.first_day, version.number).plan
        else:
            rows = [row for row in register.sessions if monday <= row.day < monday + WEEK]
            if rows:
                found[monday] = Plan.of(monday, 1, rows)
    return found


def _before(session: Session, center: str, first_day: date) -> NurseRoster | None:
    """The fortnight before the first day, from whichever rosters hold in it."""
    versions = list_rosters(session, center)
    weeks = []
    for ago in (2, 1):
        monday = first_day - WEEK * ago
        version = roster_on(versions, monday)
        if version is not None:
            stored = load_roster(session, center, version.first_day, version.number)
            weeks.append(_week(stored.roster, monday))
        else:
            weeks.clear()  # what is known must reach to the first day without a hole
    if not weeks:
        return None
    return NurseRoster.of(
        weeks[0].first_day,
        len(weeks),
        (one for week in weeks for one in week.duties),
        (one for week in weeks for one in week.away),
    )
