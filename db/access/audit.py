"""Who did what: entries that are only added, each with a digest that covers the one before.

The chain shows that an entry was changed or taken out. It cannot show that its end was cut off
or that all of it was written anew; against that its head is kept elsewhere, such as on the
printed day sheet, and `verify` is asked whether that head is still in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.access.documents import canonical, document
from db.load import require_center
from db.tables import metadata
from domain.account import AuditEntry

_ENTRIES = metadata.tables["audit_entries"]
_NAMES = tuple(field.name for field in fields(AuditEntry))
_COLUMNS = tuple(_ENTRIES.c[name] for name in _NAMES)
_AT_ONCE = 2000


class ChainFault(StrEnum):
    """What is wrong with the chain."""

    CHANGED = "changed"
    MISSING = "missing"
    CUT = "cut"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Chain:
    """What a verification found: how many entries there are, the newest one's number and
    digest, and the number at which the first fault shows."""

    entries: int
    number: int
    digest: str
    fault: ChainFault | None = None
    broken_at: int | None = None

    @property
    def whole(self) -> bool:
        """True if nothing is wrong with it."""
        return self.fault is None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which entries are wanted; what is empty does not matter. `first` and `last` are days."""

    who: str = ""
    act: str = ""
    subject: str = ""
    first: date | None = None
    last: date | None = None


def append(
    session: Session,
    center: str,
    at: datetime,
    who: str,
    role: str,
    act: str,
    subject: str,
    before: object,
    after: object,
) -> AuditEntry:
    """Adds an entry in the transaction of what it tells of.

    `before` and `after` are anything that `db.access.documents.document` takes; never a
    secret. Raises TypeError for what cannot be told.
    """
    require_center(session, center)
    number, previous = head(session, center)
    entry = AuditEntry(
        number + 1, at.astimezone(UTC), who, role, act, subject,
        document(before), document(after), previous, "",
    )  # fmt: skip
    values = {name: getattr(entry, name) for name in _NAMES} | {"digest": _digest(center, entry)}
    session.execute(sa.insert(_ENTRIES).values(center=center, **values))
    return AuditEntry(**values)


def head(session: Session, center: str) -> tuple[int, str]:
    """Number and digest of the newest entry; (0, "") before the first."""
    query = sa.select(_ENTRIES.c.number, _ENTRIES.c.digest).where(_ENTRIES.c.center == center)
    row = session.execute(query.order_by(_ENTRIES.c.number.desc()).limit(1)).first()
    return (0, "") if row is None else (row[0], row[1])


def verify(session: Session, center: str, known: tuple[int, str] | None = None) -> Chain:
    """Computes every digest anew. `known` is a head that was kept elsewhere; of its digest the
    beginning is enough."""
    number, digest, count = 0, "", 0
    reached = ""
    for entry in _all(session, center):
        fault = _fault(center, entry, number, digest)
        if fault is not None:
            return Chain(count, number, digest, fault, entry.number)
        number, digest, count = entry.number, entry.digest, count + 1
        if known is not None and number == known[0]:
            reached = digest
    if known is None or (known[0] == 0) or (reached and reached.startswith(known[1].lower())):
        return Chain(count, number, digest)
    missing = ChainFault.REWRITTEN if reached else ChainFault.CUT
    return Chain(count, number, digest, missing, known[0] if reached else number + 1)


def list_entries(
    session: Session, center: str, asked: Asked, zone: tzinfo, limit: int = 500
) -> tuple[AuditEntry, ...]:
    """The entries that were asked for, newest first; days are those of the time zone."""
    query = sa.select(*_COLUMNS).where(_ENTRIES.c.center == center)
    for name in ("who", "act", "subject"):
        if wanted := getattr(asked, name):
            query = query.where(_ENTRIES.c[name] == wanted)
    if asked.first is not None:
        query = query.where(_ENTRIES.c.at >= _midnight(asked.first, zone))
    if asked.last is not None:
        query = query.where(_ENTRIES.c.at < _midnight(asked.last + timedelta(days=1), zone))
    query = query.order_by(_ENTRIES.c.number.desc()).limit(limit)
    return tuple(AuditEntry(**row) for row in session.execute(query).mappings())


def named(session: Session, center: str, column: str) -> tuple[str, ...]:
    """What occurs as `who`, `act` or `subject`, in alphabetical order."""
    query = sa.select(_ENTRIES.c[column]).where(_ENTRIES.c.center == center).distinct()
    return tuple(sorted(session.execute(query).scalars()))


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _all(session: Session, center: str) -> Iterator[AuditEntry]:
    """In order, a part at a time: an audit of years does not have to fit into memory."""
    reached = 0
    while True:
        part = sa.select(*_COLUMNS).where(_ENTRIES.c.center == center, _ENTRIES.c.number > reached)
        rows = session.execute(part.order_by(_ENTRIES.c.number).limit(_AT_ONCE)).mappings().all()
        if not rows:
            return
        yield from (AuditEntry(**row) for row in rows)
        reached = rows[-1]["number"]


def _fault(center: str, entry: AuditEntry, number: int, digest: str) -> ChainFault | None:
    if entry.number != number + 1:
        return ChainFault.MISSING
    if entry.previous != digest or entry.digest != _digest(center, entry):
        return ChainFault.CHANGED
    return None


def _digest(center: str, entry: AuditEntry) -> str:
    told = [center, entry.number, entry.at.astimezone(UTC).isoformat(timespec="microseconds")]
    told += [entry.who, entry.role, entry.act, entry.subject, entry.before, entry.after]
    return hashlib.sha256(canonical([*told, entry.previous]).encode()).hexdigest()
