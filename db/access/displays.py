"""Screens on walls that are seen without signing in, each by an address of its own."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.access.tokens import digest, fresh
from db.load import require_center
from db.refusal import DatabaseRefusal
from db.tables import metadata
from domain.account import Display, DisplayKind
from domain.words import words

_DISPLAYS = metadata.tables["displays"]
_NAMES = tuple(field.name for field in fields(Display))


def add_display(
    session: Session,
    center: str,
    title: str,
    kind: DisplayKind,
    by: str,
    now: datetime,
    expires_at: datetime | None = None,
) -> str:
    """Makes a display and returns the secret of its address, which cannot be had again."""
    require_center(session, center)
    if not title.strip():
        raise DatabaseRefusal(words("A display needs a title: say where it hangs."))
    secret = fresh()
    row = Display(
        title.strip(), kind, by, now.astimezone(UTC),
        None if expires_at is None else expires_at.astimezone(UTC), None,
    )  # fmt: skip
    values = {name: getattr(row, name) for name in _NAMES}
    session.execute(sa.insert(_DISPLAYS).values(center=center, digest=digest(secret), **values))
    return secret


def find_display(session: Session, center: str, secret: str, now: datetime) -> Display | None:
    """The display that a secret opens, unless it is revoked or over."""
    columns = [_DISPLAYS.c[name] for name in _NAMES]
    query = sa.select(*columns).where(
        _own(center, digest(secret)),
        _DISPLAYS.c.revoked_at.is_(None),
        sa.or_(_DISPLAYS.c.expires_at.is_(None), _DISPLAYS.c.expires_at > now),
    )
    row = session.execute(query).mappings().first()
    return None if row is None else Display(**row)


def list_displays(session: Session, center: str) -> tuple[tuple[str, Display], ...]:
    """Every display with the key that `revoke_display` takes, newest first."""
    columns = [_DISPLAYS.c[name] for name in _NAMES]
    query = sa.select(_DISPLAYS.c.digest.label("key"), *columns)
    query = query.where(_DISPLAYS.c.center == center)
    query = query.order_by(_DISPLAYS.c.created_at.desc(), _DISPLAYS.c.digest)
    return tuple(
        (row["key"], Display(**{name: row[name] for name in _NAMES}))
        for row in session.execute(query).mappings()
    )


def revoke_display(session: Session, center: str, key: str, now: datetime) -> None:
    """Closes a display's address for good. Raises DatabaseRefusal if there is no such one."""
    require_center(session, center)
    running = sa.and_(_own(center, key), _DISPLAYS.c.revoked_at.is_(None))
    if session.execute(sa.select(_DISPLAYS.c.digest).where(running)).first() is None:
        raise DatabaseRefusal(words("There is no such display, or it is revoked already."))
    session.execute(sa.update(_DISPLAYS).where(running).values(revoked_at=now.astimezone(UTC)))


def _own(center: str, key: str) -> sa.ColumnElement[bool]:
    return sa.and_(_DISPLAYS.c.center == center, _DISPLAYS.c.digest == key)
