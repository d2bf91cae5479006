"""The books as people read them: what became of everything that gateways accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from db.telemetry.codes import milliseconds, moment
from db.telemetry.lost import lost_of
from db.telemetry.tables import boot, conflict, event, machine, quarantine, sample
from db.telemetry.tally import Tally
from domain.telemetry import Account, Key


@dataclass(frozen=True, slots=True)
class QuarantinedGroup:
    """Messages of one machine that were put aside for one reason. `keyed` are in the books;
    `machine` is empty where not even the topic was one of a machine."""

    machine: str
    reason: str
    keyed: int
    strays: int
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """One content of a key that was met with several. `was` is empty for those that came later;
    the first stands as it was stored, in JSON."""

    key: Key
    was: str
    content: bytes
    received: datetime


def accounts(connection: sa.Connection) -> tuple[Account, ...]:
    """Every machine that ever spoke, registered or not, in the order of their codes."""
    rows = connection.execute(
        sa.select(boot, machine.c.code)
        .join(machine, machine.c.no == boot.c.machine_no)
        .order_by(machine.c.code)
    )
    totals: dict[str, Account] = {}
    for row in rows:
        one = _of_boot(row)
        totals[row.code] = _sum(totals[row.code], one) if row.code in totals else one
    return tuple(totals.values())


def account(connection: sa.Connection, code: str) -> Account:
    """One machine's; all nothing if it never spoke."""
    found = (one for one in accounts(connection) if one.machine == code)
    return next(found, Account(code, 0, 0, 0, 0, 0))


def miscounted(connection: sa.Connection, since: datetime) -> tuple[str, ...]:
    """Machines of which the rows themselves do not agree with the books, over the boots begun
    after a moment from which nothing has been dropped. Reads all their rows: for an audit."""
    rows = connection.execute(
        sa.select(boot, machine.c.code)
        .join(machine, machine.c.no == boot.c.machine_no)
        .where(boot.c.first_seen >= milliseconds(since))
    ).all()
    wrong = {row.code for row in rows if _rows_of(connection, row) != _booked(row)}
    return tuple(sorted(wrong))


def quarantined(connection: sa.Connection) -> tuple[QuarantinedGroup, ...]:
    """What was put aside, by machine and reason."""
    rows = connection.execute(
        sa.select(
            quarantine.c.machine,
            quarantine.c.reason,
            sa.func.count(quarantine.c.boot_no).label("keyed"),
            (sa.func.count() - sa.func.count(quarantine.c.boot_no)).label("strays"),
            sa.func.max(quarantine.c.last_seen).label("last"),
        )
        .group_by(quarantine.c.machine, quarantine.c.reason)
        .order_by(quarantine.c.machine, quarantine.c.reason)
    )
    return tuple(
        QuarantinedGroup(row.machine, row.reason, row.keyed, row.strays, moment(row.last))
        for row in rows
    )


def conflicts(connection: sa.Connection) -> tuple[Side, ...]:
    """Every side of every conflict, those of one key together, the first one first."""
    rows = connection.execute(
        sa.select(conflict, boot.c.boot.label("boot"), machine.c.code)
        .join(boot, boot.c.no == conflict.c.boot_no)
        .join(machine, machine.c.no == boot.c.machine_no)
        .order_by(machine.c.code, conflict.c.boot_no, conflict.c.seq, conflict.c.was == "")
    )
    return tuple(
        Side(Key(row.code, row.boot, row.seq), row.was, row.payload, moment(row.received))
        for row in rows
    )


def _of_boot(row: sa.Row[Any]) -> Account:
    settled = Tally.read(row.settled, row.islands)
    given = max(row.given, settled.highest)
    lost = lost_of(settled, given, row.held_from, gone=row.gone is not None)
    return Account(
        row.code,
        given,
        settled.count - row.quarantined - row.conflicts,
        given - settled.count - lost,
        row.quarantined,
        row.conflicts,
        lost,
    )


def _sum(one: Account, other: Account) -> Account:
    return Account(
        one.machine,
        one.accepted + other.accepted,
        one.stored + other.stored,
        one.in_spool + other.in_spool,
        one.quarantined + other.quarantined,
        one.conflicts + other.conflicts,
        one.lost + other.lost,
    )


def _booked(row: sa.Row[Any]) -> tuple[int, int]:
    """Stored and quarantined, as the tables hold them: a key in conflict stays where it was."""
    one = _of_boot(row)
    return one.stored + one.conflicts, one.quarantined


def _rows_of(connection: sa.Connection, row: sa.Row[Any]) -> tuple[int, int]:
    stored = sum(_count(connection, table, row.no) for table in (sample, event))
    aside = _count(connection, quarantine, row.no) + row.dropped
    was_aside = _firsts(connection, row.no, ("quarantine",))
    return stored + was_aside, aside - was_aside


def _count(connection: sa.Connection, table: sa.Table, boot_no: int) -> int:
    found = connection.scalar(
        sa.select(sa.func.count()).select_from(table).where(table.c.boot_no == boot_no)
    )
    return found or 0


def _firsts(connection: sa.Connection, boot_no: int, places: Iterable[str]) -> int:
    found = connection.scalar(
        sa.select(sa.func.count())
        .select_from(conflict)
        .where(conflict.c.boot_no == boot_no, conflict.c.was.in_(list(places)))
    )
    return found or 0
