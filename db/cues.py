"""Stored choreographies: who of a plan's version begins when within the turn.

They belong to a version and, like it, only ever grow: a session that has a cue keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.tables import metadata
from domain.choreography import Choreography, Cue

Plan = tuple[str, date]
"""A center and the Monday on which its plan begins."""

_CUES = metadata.tables["plan_cues"]
_ASSIGNMENTS = metadata.tables["plan_assignments"]
_VERSION = ("center", "first_day", "number")
_SESSION = ("day", "shift", "patient")
_CUE = (*_SESSION, "delay", "nurse")


def load_cues(
    session: Session, plan: Plan, number: int, patient: str | None = None
) -> Choreography:
    """The cues of a version, or only a patient's; none where nobody has set any."""
    query = sa.select(*(_CUES.c[name] for name in _CUE)).where(_is(_CUES, plan, number))
    if patient is not None:
        query = query.where(_CUES.c["patient"] == patient)
    return Choreography.of(Cue(*row) for row in session.execute(query))


def store_cues(session: Session, plan: Plan, number: int, cues: Iterable[Cue]) -> int:
    """Adds the cues of sessions that have none yet; returns how many that were."""
    there = load_cues(session, plan, number).by_session
    key = dict(zip(_VERSION, (*plan, number), strict=True))
    rows = [
        key | {name: getattr(cue, name) for name in _CUE}
        for cue in cues
        if (cue.patient, cue.turn) not in there
    ]
    if rows:
        session.execute(sa.insert(_CUES), rows)
    return len(rows)


def hand_on(session: Session, plan: Plan, before: int, after: int) -> int:
    """Gives the sessions of a version that are also in another, at the same station, the cues
    that they had there, where they have none yet; returns how many that were."""
    old, new = _ASSIGNMENTS.alias("old"), _ASSIGNMENTS.alias("new")
    same = sa.and_(*(old.c[name] == new.c[name] for name in (*_SESSION, "station")))
    cued = sa.and_(_is(_CUES, plan, before), *(_CUES.c[name] == old.c[name] for name in _SESSION))
    query = (
        sa.select(*(_CUES.c[name] for name in _CUE))
        .join(old, cued)
        .join(new, same)
        .where(_is(old, plan, before), _is(new, plan, after))
    )
    return store_cues(session, plan, after, [Cue(*row) for row in session.execute(query)])


def _is(table: sa.FromClause, plan: Plan, number: int) -> sa.ColumnElement[bool]:
    pairs = zip(_VERSION, (*plan, number), strict=True)
    return sa.and_(*(table.c[name] == value for name, value in pairs))
