"""Patients' ways to their own sessions: an address each, which is revocable and ends."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.access.tokens import digest, fresh
from db.load import require_center
from db.refusal import DatabaseRefusal
from db.tables import metadata
from domain.account import PatientLink
from domain.words import words

LASTS = timedelta(days=365)
"""A link on a slip is good for a year, unless it is revoked."""

_LINKS = metadata.tables["patient_links"]
_NAMES = tuple(field.name for field in fields(PatientLink))


def add_link(
    session: Session,
    center: str,
    patient: str,
    by: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> str:
    """Makes a link and returns its secret, which cannot be had again; others of the same
    patient stay. Without another moment it ends after `LASTS`."""
    require_center(session, center)
    secret = fresh()
    until = (expires_at or now + LASTS).astimezone(UTC)
    row = PatientLink(patient, by, now.astimezone(UTC), until, None)
    values = {name: getattr(row, name) for name in _NAMES}
    session.execute(sa.insert(_LINKS).values(center=center, digest=digest(secret), **values))
    return secret


def find_link(session: Session, center: str, secret: str, now: datetime) -> PatientLink | None:
    """The link that a secret opens, unless it is revoked or over."""
    query = sa.select(*(_LINKS.c[name] for name in _NAMES)).where(
        _own(center, digest(secret)), _LINKS.c.revoked_at.is_(None), _LINKS.c.expires_at > now
    )
    row = session.execute(query).mappings().first()
    return None if row is None else PatientLink(**row)


def list_links(
    session: Session, center: str, patient: str = ""
) -> tuple[tuple[str, PatientLink], ...]:
    """Every link, or those of one patient, with the key that `revoke_link` takes; newest
    first."""
    query = sa.select(_LINKS.c.digest.label("key"), *(_LINKS.c[name] for name in _NAMES))
    query = query.where(_LINKS.c.center == center)
    if patient:
        query = query.where(_LINKS.c.patient == patient)
    query = query.order_by(_LINKS.c.created_at.desc(), _LINKS.c.digest)
    return tuple(
        (row["key"], PatientLink(**{name: row[name] for name in _NAMES}))
        for row in session.execute(query).mappings()
    )


def revoke_link(session: Session, center: str, key: str, now: datetime) -> None:
    """Closes a link for good. Raises DatabaseRefusal if there is no such one."""
    require_center(session, center)
    running = sa.and_(_own(center, key), _LINKS.c.revoked_at.is_(None))
    if session.execute(sa.select(_LINKS.c.digest).where(running)).first() is None:
        raise DatabaseRefusal(words("There is no such link, or it is revoked already."))
    session.execute(sa.update(_LINKS).where(running).values(revoked_at=now.astimezone(UTC)))


def _own(center: str, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(_LINKS.c.center == center, _LINKS.c.digest == key)
