"""Reading a center's register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.refusal import DatabaseRefusal
from db.rows import KINDS, Kind
from domain.center import Center
from domain.register import Register
from domain.words import words

Key = tuple[Any, ...]
_CENTERS = KINDS[0]
_LAYOUT = ("zones", "stations", "machines", "placements")


def load_centers(session: Session) -> tuple[Center, ...]:
    """Every center of the database, by code."""
    table = _CENTERS.table
    columns = (table.c[name] for name in _CENTERS.columns)
    found = session.execute(sa.select(*columns).order_by(table.c.code))
    return tuple(map(_CENTERS.build, found))


def load_center(session: Session, center: str) -> Center:
    """One center without its register. Raises DatabaseRefusal if it is not there."""
    found = next((one for one in load_centers(session) if one.code == center), None)
    if found is None:
        raise _unknown(session, center)
    return found


def load_register(session: Session, center: str) -> Register:
    """Everything stored of a center but its plans, in order.

    Raises DatabaseRefusal if the database does not hold the center.
    """
    rows = {kind.name: tuple(row for _, row in load_rows(session, kind, center)) for kind in KINDS}
    found = rows.pop(_CENTERS.name)
    if not found:
        raise _unknown(session, center)
    return Register(center=found[0], **rows).in_order()


def load_layout(session: Session, center: str) -> Register:
    """The center with its zones, stations and machines, and nobody in it: for what is looked
    at every minute, and for what must not know anybody.

    Raises DatabaseRefusal if the database does not hold the center.
    """
    rows = {
        kind.name: tuple(row for _, row in load_rows(session, kind, center))
        for kind in KINDS
        if kind.name in (_CENTERS.name, *_LAYOUT)
    }
    found = rows.pop(_CENTERS.name)
    if not found:
        raise _unknown(session, center)
    return Register(center=found[0], **rows).in_order()


def require_center(session: Session, center: str) -> None:
    """Lets one writer at a time work on a center; DatabaseRefusal if there is no such center."""
    if not lock_center(session, center):
        raise _unknown(session, center)


def lock_center(session: Session, center: str) -> bool:
    """Lets one writer at a time work on a center, until its transaction ends; true if the
    center exists.

    PostgreSQL locks the center's row; SQLite has one writer in all and needs no more.
    """
    code = _CENTERS.table.c["code"]
    own = session.execute(sa.select(code).where(code == center).with_for_update())
    return own.first() is not None


def load_rows(session: Session, kind: Kind, center: str) -> Iterator[tuple[Key, Any]]:
    """A center's rows of one table with their keys, in the order of the keys."""
    names = (*kind.key, *kind.columns)
    width = len(kind.key)
    columns = (kind.table.c[name].label(f"column_{i}") for i, name in enumerate(names))
    query = sa.select(*columns).where(kind.table.c[kind.center_column] == center)
    query = query.order_by(*(kind.table.c[name] for name in kind.key))
    for values in session.execute(query):
        yield tuple(values[:width]), kind.build(values[width:])


def _unknown(session: Session, center: str) -> DatabaseRefusal:
    known = tuple(center.code for center in load_centers(session))
    if not known:
        return DatabaseRefusal(
            words("There is no center {center} in the database, nor any other.", center=center)
        )
    return DatabaseRefusal(
        words(
            "There is no center {center} in the database; there are: {known}.",
            center=center,
            known=known,
        )
    )
