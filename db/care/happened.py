"""What happened to machines: kept as it came by wire and as people typed it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.load import require_center
from db.tables import metadata
from domain.alarm_life import Told
from domain.care import CareEvent, CareKind, CareLimit

_EVENTS = metadata.tables["care_events"]
_LIMITS = metadata.tables["care_limits"]
_PLAIN = tuple(f.name for f in fields(CareEvent) if f.name != "told")


def keep_events(session: Session, center: str, events: Iterable[CareEvent]) -> int:
    """Adds what happened; what came by wire and is there already is left out. Returns how many
    were added. The caller holds the center's lock, or this takes it."""
    require_center(session, center)
    wanted = list(events)
    known = _known(session, center, [one.told for one in wanted if one.told is not None])
    rows, number = [], next_number(session, _EVENTS, center)
    for event in wanted:
        key = None if event.told is None else (event.machine, event.told.boot, event.told.seq)
        if key in known:
            continue
        known |= {key} if key is not None else set()
        rows.append({"center": center, "number": number, **_values(event)})
        number += 1
    if rows:
        session.execute(sa.insert(_EVENTS), rows)
    return len(rows)


def load_events(
    session: Session,
    center: str,
    machines: Collection[str] | None = None,
    since: datetime | None = None,
) -> tuple[CareEvent, ...]:
    """What happened to the machines, or to all, in the order in which it was stored. With
    `since`, of what came by wire only that and blood leaks: phases are many, and old ones say
    little; what people said holds until they say another."""
    query = sa.select(_EVENTS).where(_EVENTS.c.center == center).order_by(_EVENTS.c.number)
    if machines is not None:
        query = query.where(_EVENTS.c.machine.in_(machines))
    if since is not None:
        lasting = sa.or_(_EVENTS.c.told_boot.is_(None), _EVENTS.c.kind == CareKind.BLOOD_LEAK)
        query = query.where(sa.or_(lasting, _EVENTS.c.at >= since.astimezone(UTC)))
    return tuple(_event(row) for row in session.execute(query).mappings())


def keep_care_limit(session: Session, center: str, limit: CareLimit, entered: datetime) -> None:
    """Adds a limit of the center's own, from its day on; one of the same day takes its place and
    leaves it there."""
    require_center(session, center)
    row = {field.name: getattr(limit, field.name) for field in fields(CareLimit)}
    row |= {"number": next_number(session, _LIMITS, center), "entered": entered.astimezone(UTC)}
    session.execute(sa.insert(_LIMITS).values(center=center, **row))


def load_care_limits(session: Session, center: str) -> tuple[CareLimit, ...]:
    """The center's own limits in the order in which they were entered; the standard ones are in
    `domain.care`."""
    columns = (_LIMITS.c[field.name] for field in fields(CareLimit))
    query = sa.select(*columns).where(_LIMITS.c.center == center).order_by(_LIMITS.c.number)
    return tuple(CareLimit(*row) for row in session.execute(query))


def next_number(session: Session, table: sa.Table, center: str) -> int:
    """The number of the next row; the caller holds the center's lock."""
    query = sa.select(sa.func.max(table.c.number)).where(table.c.center == center)
    return int(session.execute(query).scalar() or 0) + 1


def _known(
    session: Session, center: str, told: Collection[Told]
) -> set[tuple[str, str, int] | None]:
    if not told:
        return set()
    numbers = [one.seq for one in told]
    rows = session.execute(
        sa.select(_EVENTS.c.machine, _EVENTS.c.told_boot, _EVENTS.c.told_seq).where(
            _EVENTS.c.center == center,
            _EVENTS.c.told_boot.in_({one.boot for one in told}),
            _EVENTS.c.told_seq.between(min(numbers), max(numbers)),
        )
    )
    return {(machine, boot, seq) for machine, boot, seq in rows}


def _values(event: CareEvent) -> dict[str, Any]:
    told = event.told
    values = {name: getattr(event, name) for name in _PLAIN}
    return values | {
        "at": event.at.astimezone(UTC),
        "told_boot": told.boot if told else None,
        "told_seq": told.seq if told else None,
    }


def _event(row: sa.RowMapping) -> CareEvent:
    told = None
    if row["told_boot"] is not None:
        told = Told(row["at"], row["told_boot"], row["told_seq"])
    return CareEvent(**{name: row[name] for name in _PLAIN}, told=told)
