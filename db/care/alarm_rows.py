"""Alarms as rows, and back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.tables import metadata
from domain.alarm_book import AlarmBook, BootKey, EventKey, LifeKey
from domain.alarm_life import AlarmLife, AlarmRecord, Told

ALARMS = metadata.tables["alarms"]
RECORDS = metadata.tables["alarm_records"]
_BOOTS = metadata.tables["heard_boots"]
_LINKS = metadata.tables["heard_links"]
_PLAIN = tuple(f.name for f in fields(AlarmLife) if f.name not in ("heard", "records"))

Row = Mapping[str, Any]


def load_lives(
    session: Session, center: str, which: sa.ColumnElement[bool]
) -> tuple[AlarmLife, ...]:
    """The alarms of a center that fit, with all their records, by machine and number."""
    mine = sa.and_(ALARMS.c.center == center, which)
    rows = session.execute(
        sa.select(ALARMS).where(mine).order_by(ALARMS.c.machine, ALARMS.c.number)
    ).mappings()
    heads = list(rows)
    told = sa.select(RECORDS).join(
        ALARMS, sa.and_(*(RECORDS.c[name] == ALARMS.c[name] for name in _KEY))
    )
    records: dict[tuple[str, int], list[AlarmRecord]] = {}
    for row in session.execute(told.where(mine).order_by(RECORDS.c.position)).mappings():
        records.setdefault((row["machine"], row["number"]), []).append(_record(row))
    return tuple(_life(row, records.get((row["machine"], row["number"]), ())) for row in heads)


_KEY = ("center", "machine", "number")


def save_lives(
    session: Session, center: str, before: Mapping[tuple[str, int], AlarmLife],
    lives: Iterable[AlarmLife],
) -> None:  # fmt: skip
    """Stores alarms as they are now; `before` are those among them that were stored already,
    as they were. Records are added, never changed."""
    for life in lives:
        old = before.get((life.machine, life.number))
        if old is None:
            session.execute(sa.insert(ALARMS).values(center=center, **_head(life)))
        elif old != life:
            own = sa.and_(
                ALARMS.c.center == center,
                ALARMS.c.machine == life.machine,
                ALARMS.c.number == life.number,
            )
            session.execute(sa.update(ALARMS).where(own).values(**_head(life)))
        _add_records(session, center, life, 0 if old is None else len(old.records))


def load_book(
    session: Session, center: str, machines: Collection[str], keys: Collection[EventKey] = ()
) -> AlarmBook:
    """The book as far as some machines go; `keys` are the events that will be put to it."""
    newest = (
        sa.select(ALARMS.c.machine, sa.func.max(ALARMS.c.number).label("number"))
        .where(ALARMS.c.center == center, ALARMS.c.machine.in_(machines))
        .group_by(ALARMS.c.machine, ALARMS.c.code)
        .subquery()
    )
    latest = sa.exists().where(
        newest.c.machine == ALARMS.c.machine, newest.c.number == ALARMS.c.number
    )
    lives: dict[LifeKey, AlarmLife] = {
        (life.machine, life.code): life for life in load_lives(session, center, latest)
    }
    numbers: dict[str, int] = {}
    for (machine, _), life in lives.items():
        numbers[machine] = max(life.number, numbers.get(machine, 0))
    return AlarmBook(
        lives,
        numbers,
        _load_reached(session, center, machines),
        _load_linked(session, center, machines),
        _load_known(session, center, keys),
    )


def save_heard(session: Session, center: str, before: AlarmBook, after: AlarmBook) -> None:
    """Stores how far events have been taken, and the newest words on wires."""
    for (machine, boot), reached in after.reached.items():
        if before.reached.get((machine, boot)) != reached:
            key = {"center": center, "machine": machine, "boot": boot}
            put(session, _BOOTS, key, {"reached": reached})
    for machine, told in after.linked.items():
        if before.linked.get(machine) != told:
            values = {"at": told.at, "boot": told.boot, "seq": told.seq}
            put(session, _LINKS, {"center": center, "machine": machine}, values)


def put(session: Session, table: sa.Table, key: Row, values: Row) -> None:
    """One row, whether it was there or not; the caller holds the center's lock."""
    own = sa.and_(*(table.c[name] == value for name, value in key.items()))
    there = session.execute(sa.select(sa.literal(1)).select_from(table).where(own)).first()
    if there is None:
        session.execute(sa.insert(table).values(**key, **values))
    else:
        session.execute(sa.update(table).where(own).values(**values))


def _load_reached(session: Session, center: str, machines: Collection[str]) -> dict[BootKey, int]:
    rows = session.execute(
        sa.select(_BOOTS.c.machine, _BOOTS.c.boot, _BOOTS.c.reached).where(
            _BOOTS.c.center == center, _BOOTS.c.machine.in_(machines)
        )
    )
    return {(machine, boot): reached for machine, boot, reached in rows}


def _load_linked(session: Session, center: str, machines: Collection[str]) -> dict[str, Told]:
    rows = session.execute(
        sa.select(_LINKS.c.machine, _LINKS.c.at, _LINKS.c.boot, _LINKS.c.seq).where(
            _LINKS.c.center == center, _LINKS.c.machine.in_(machines)
        )
    )
    return {machine: Told(at, boot, seq) for machine, at, boot, seq in rows}


def _load_known(session: Session, center: str, keys: Collection[EventKey]) -> frozenset[EventKey]:
    boots, numbers = {boot for _, boot, _ in keys}, [seq for _, _, seq in keys]
    if not numbers:
        return frozenset()
    rows = session.execute(
        sa.select(RECORDS.c.machine, RECORDS.c.told_boot, RECORDS.c.told_seq).where(
            RECORDS.c.center == center,
            RECORDS.c.told_boot.in_(boots),
            RECORDS.c.told_seq.between(min(numbers), max(numbers)),
        )
    )
    return frozenset((machine, boot, seq) for machine, boot, seq in rows)


def _head(life: AlarmLife) -> dict[str, Any]:
    told = life.heard
    return {name: getattr(life, name) for name in _PLAIN} | {
        "heard_at": told.at, "heard_boot": told.boot, "heard_seq": told.seq,
    }  # fmt: skip


def _life(row: sa.RowMapping, records: Iterable[AlarmRecord]) -> AlarmLife:
    heard = Told(row["heard_at"], row["heard_boot"], row["heard_seq"])
    return AlarmLife(**{n: row[n] for n in _PLAIN}, heard=heard, records=tuple(records))


def _record(row: sa.RowMapping) -> AlarmRecord:
    told = None
    if row["told_at"] is not None:
        told = Told(row["told_at"], row["told_boot"], row["told_seq"])
    return AlarmRecord(
        row["at"], row["act"], row["who"], row["text"], row["state"], row["inactivation"], told
    )


def _add_records(session: Session, center: str, life: AlarmLife, stored: int) -> None:
    rows = [
        {
            "center": center, "machine": life.machine, "number": life.number,
            "position": position, "at": one.at, "act": one.act, "who": one.who,
            "text": one.text, "state": one.state, "inactivation": one.inactivation,
            "told_at": one.told.at if one.told else None,
            "told_boot": one.told.boot if one.told else None,
            "told_seq": one.told.seq if one.told else None,
        }
        for position, one in enumerate(life.records[stored:], stored + 1)
    ]  # fmt: skip
    if rows:
        session.execute(sa.insert(RECORDS), rows)
