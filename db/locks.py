"""Promises that planning must keep, made and taken back one by one."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.load import require_center
from db.tables import metadata
from domain.plan import Assignment, Lock

_LOCKS = metadata.tables["locks"]


def lock_session(session: Session, center: str, row: Assignment | Lock) -> bool:
    """Promises a session, at its station if it has one; false if it is promised already.

    Raises DatabaseRefusal for an unknown center.
    """
    require_center(session, center)
    if session.execute(sa.select(_LOCKS.c["number"]).where(_of(center, row))).first():
        return False
    highest = sa.select(sa.func.max(_LOCKS.c["number"])).where(_LOCKS.c["center"] == center)
    session.execute(
        sa.insert(_LOCKS).values(
            center=center,
            number=(session.scalar(highest) or 0) + 1,
            patient=row.patient,
            day=row.day,
            shift=row.shift,
            station=row.station,
        )
    )
    return True


def unlock_session(session: Session, center: str, row: Assignment | Lock) -> bool:
    """Takes the promise of a session back, also one of any station; false if there is none."""
    require_center(session, center)
    found = session.execute(sa.delete(_LOCKS).where(_of(center, row)))
    return bool(getattr(found, "rowcount", 0))


def _of(center: str, row: Assignment | Lock) -> sa.ColumnElement[bool]:
    station = _LOCKS.c["station"]
    return sa.and_(
        _LOCKS.c["center"] == center,
        _LOCKS.c["patient"] == row.patient,
        _LOCKS.c["day"] == row.day,
        _LOCKS.c["shift"] == row.shift,
        sa.or_(station.is_(None), station == row.station),
    )
