"""Storing a center's register, and saying what that changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.load import Key, load_rows, lock_center
from db.refusal import DatabaseRefusal
from db.rows import KINDS, Kind, Row
from domain.register import Register
from domain.words import words


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that storing added, removed (no `after`) or changed (both)."""

    table: str
    before: Row | None
    after: Row | None

    @property
    def kind(self) -> Literal["added", "changed", "removed"]:
        """What happened to the row."""
        if self.before is None:
            return "added"
        return "removed" if self.after is None else "changed"


@dataclass(frozen=True, slots=True)
class _Difference:
    """What turns the stored rows of one table into the wanted ones."""

    kind: Kind
    added: list[Any]
    changed: list[tuple[Key, Any, Any]]
    removed: list[tuple[Key, Any]]
    next_number: int

    def changes(self) -> Iterable[RowChange]:
        name = self.kind.name
        yield from (RowChange(name, None, row) for row in self.added)
        yield from (RowChange(name, before, after) for _, before, after in self.changed)
        yield from (RowChange(name, row, None) for _, row in self.removed)


def save_register(session: Session, register: Register) -> tuple[RowChange, ...]:
    """Makes the stored register of a center exactly this one; other centers stay untouched.

    Returns what changed, table by table in the register's order; nothing if it was equal.
    Raises DatabaseRefusal if the rows contradict each other, which an import has ruled out.
    """
    center = register.center.code
    lock_center(session, center)
    found = [_difference(session, center, kind, kind.of(register)) for kind in KINDS]
    try:
        with session.begin_nested():
            for difference in found:
                _insert(session, center, difference)
                _update(session, center, difference)
            for difference in reversed(found):
                _delete(session, center, difference)
    except IntegrityError as error:
        reason = str(error.orig).splitlines()[0]
        raise DatabaseRefusal(
            words("The center's tables contradict each other: {reason}.", reason=reason)
        ) from error
    return tuple(change for difference in found for change in difference.changes())


def differences(before: Register, after: Register) -> tuple[RowChange, ...]:
    """What `save_register` would change, had the one been stored and were the other saved."""
    found = (_compared(kind, _numbered(kind.of(before)), kind.of(after)) for kind in KINDS)
    return tuple(change for difference in found for change in difference.changes())


def _numbered(rows: Iterable[Any]) -> Iterator[tuple[Key, Any]]:
    return (((number,), row) for number, row in enumerate(rows, start=1))


def _difference(session: Session, center: str, kind: Kind, wanted: Iterable[Any]) -> _Difference:
    return _compared(kind, load_rows(session, kind, center), wanted)


def _compared(kind: Kind, stored: Iterable[tuple[Key, Any]], wanted: Iterable[Any]) -> _Difference:
    missing = Counter(wanted)
    spare: dict[Key, list[tuple[Key, Any]]] = defaultdict(list)
    highest = 0
    for key, row in stored:
        highest = highest if kind.keyed else max(highest, key[0])
        if missing[row] > 0:
            missing[row] -= 1
        else:
            spare[kind.subject(row)].append((key, row))
    added, changed = [], []
    for row in missing.elements():
        before = spare.get(kind.subject(row))
        if before:
            changed.append((*before.pop(0), row))
        else:
            added.append(row)
    removed = [one for rows in spare.values() for one in rows]
    return _Difference(kind, added, changed, removed, highest + 1)


def _insert(session: Session, center: str, difference: _Difference) -> None:
    kind = difference.kind
    rows = []
    for number, row in enumerate(difference.added, difference.next_number):
        values = dict(zip(kind.columns, kind.values(row), strict=True))
        values[kind.center_column] = center
        if not kind.keyed:
            values["number"] = number
        rows.append(values)
    if rows:
        session.execute(sa.insert(kind.table), rows)


def _update(session: Session, center: str, difference: _Difference) -> None:
    kind = difference.kind
    rows = [
        _where(kind, center, key)
        | {
            name: value
            for name, value in zip(kind.columns, kind.values(row), strict=True)
            if name not in kind.key
        }
        for key, _, row in difference.changed
    ]
    if rows:
        session.execute(sa.update(kind.table).where(_own(kind)), rows)


def _delete(session: Session, center: str, difference: _Difference) -> None:
    kind = difference.kind
    rows = [_where(kind, center, key) for key, _ in difference.removed]
    if rows:
        session.execute(sa.delete(kind.table).where(_own(kind)), rows)


def _own(kind: Kind) -> sa.ColumnElement[bool]:
    """One row by its whole key; the parameters are those of `_where`."""
    names = dict.fromkeys((kind.center_column, *kind.key))
    return sa.and_(*(kind.table.c[name] == sa.bindparam(f"own_{name}") for name in names))


def _where(kind: Kind, center: str, key: Key) -> dict[str, Any]:
    named = {kind.center_column: center, **dict(zip(kind.key, key, strict=True))}
    return {f"own_{name}": value for name, value in named.items()}
