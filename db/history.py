"""What the planner is handed: the register with what recent weeks' plans add to it.

Gaps and habits need the sessions of the weeks just before; fairness needs the unpleasant turns
of the last months. Both come from stored plans where there are any.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.ledger import SUNDAY, carried
from db.load import load_register
from db.plans import PlanVersion, list_plans
from db.refusal import DatabaseRefusal
from db.tables import metadata
from domain.calendar import WEEK, monday_of
from domain.plan import Assignment
from domain.problem import Problem
from domain.register import Register
from domain.words import words

HISTORY_WEEKS = 13
"""Weeks whose nights, early starts and Sundays count: a quarter."""
SESSION_WEEKS = 2
"""Weeks whose sessions matter one by one: a fortnight."""
_ASSIGNMENTS = metadata.tables["plan_assignments"]


def load_problem(
    session: Session,
    center: str,
    first_day: date,
    weeks: int = 1,
    history_weeks: int = HISTORY_WEEKS,
) -> Problem:
    """The center as the planner of these weeks must know it.

    Its sessions are those of the last fortnight: of the plan in force where a week has one,
    else the imported ones. Its ledger is the imported balances plus the burdens of the plans in
    force in the `history_weeks` before. Patients who left the register are left out. Raises
    DatabaseRefusal for an unknown center, and if last fortnight's plan has a shift that the
    center no longer has, as gaps and rests after it could not be judged.
    """
    register = load_register(session, center)
    plans = _in_force(session, center, first_day, max(history_weeks, SESSION_WEEKS))
    recent = _recent_sessions(session, register, plans, first_day)
    since = first_day - timedelta(weeks=history_weeks)
    counted = {monday: plan for monday, plan in plans.items() if monday >= since}
    borne = _burdensome_sessions(session, register, counted)
    shifts = {shift.code: shift for shift in register.shifts}
    known = {patient.code for patient in register.patients}
    ledger = carried(register.ledger, (row for row in borne if row.patient in known), shifts)
    past = Register(register.center, ledger=ledger, sessions=recent).in_order()
    whole = replace(register, ledger=past.ledger, sessions=past.sessions)
    return Problem(whole, first_day, weeks)


def plan_in_force(versions: Iterable[PlanVersion], day: date) -> PlanVersion | None:
    """The version that holds on a day: the last published, else the last drafted; `None` if no
    version covers the day."""
    covering = (version for version in versions if version.covers(day))
    return max(covering, key=_standing, default=None)


def borne_before(
    session: Session, center: str, first_day: date, weeks: int = HISTORY_WEEKS
) -> tuple[Assignment, ...]:
    """The sessions of the plans in force in so many weeks before that are nights, early starts
    or Sundays: what the ledger of `load_problem` counts beyond imported balances. Raises
    DatabaseRefusal for an unknown center."""
    register = load_register(session, center)
    plans = _in_force(session, center, first_day, weeks)
    return tuple(_burdensome_sessions(session, register, plans))


def _standing(version: PlanVersion) -> tuple[object, ...]:
    sequence = version.published.sequence if version.published else 0
    return (sequence, version.created_at, version.first_day, version.number)


def _in_force(
    session: Session, center: str, first_day: date, weeks: int
) -> dict[date, PlanVersion]:
    versions = list_plans(session, center)
    mondays = [first_day - WEEK * ago for ago in range(1, weeks + 1)]
    found = {monday: plan_in_force(versions, monday) for monday in mondays}
    return {monday: version for monday, version in found.items() if version is not None}


def _recent_sessions(
    session: Session, register: Register, plans: Mapping[date, PlanVersion], first_day: date
) -> tuple[Assignment, ...]:
    since = first_day - timedelta(weeks=SESSION_WEEKS)
    recent = {monday: plan for monday, plan in plans.items() if monday >= since}
    known = {patient.code for patient in register.patients}
    planned = [
        row
        for row in _sessions(session, register.center.code, recent, sa.true())
        if row.patient in known
    ]
    _require_shifts(register, planned)
    imported = (
        row
        for row in register.sessions
        if since <= row.day < first_day and monday_of(row.day) not in recent
    )
    return (*imported, *planned)


def _burdensome_sessions(
    session: Session, register: Register, plans: Mapping[date, PlanVersion]
) -> list[Assignment]:
    unpleasant = [shift.code for shift in register.shifts if shift.night or shift.early]
    sundays = [monday + timedelta(days=SUNDAY - 1) for monday in plans]
    wanted = sa.or_(_ASSIGNMENTS.c["shift"].in_(unpleasant), _ASSIGNMENTS.c["day"].in_(sundays))
    return _sessions(session, register.center.code, plans, wanted)


def _sessions(
    session: Session,
    center: str,
    plans: Mapping[date, PlanVersion],
    wanted: sa.ColumnElement[bool],
) -> list[Assignment]:
    """The wanted sessions of each Monday's plan in that Monday's week."""
    table = _ASSIGNMENTS
    weeks = [
        sa.and_(
            table.c["first_day"] == version.first_day,
            table.c["number"] == version.number,
            table.c["day"].between(monday, monday + timedelta(days=6)),
        )
        for monday, version in plans.items()
    ]
    query = sa.select(*(table.c[name] for name in ("day", "shift", "station", "patient"))).where(
        table.c["center"] == center, sa.or_(sa.false(), *weeks), wanted
    )
    return [Assignment(*row) for row in session.execute(query)]


def _require_shifts(register: Register, planned: Iterable[Assignment]) -> None:
    known = {shift.code for shift in register.shifts}
    gone = sorted({(monday_of(row.day), row.shift) for row in planned if row.shift not in known})
    if gone:
        raise DatabaseRefusal(
            *(
                words(
                    "The plan of the week of {week} uses shift {shift}, which the center no"
                    " longer has; keep the shift, closed, for a fortnight more.",
                    week=week,
                    shift=shift,
                )
                for week, shift in gone
            )
        )
