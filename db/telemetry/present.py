"""Which sample is the present of each machine. History that is replayed never becomes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import sqlalchemy as sa

from db.telemetry.rows import Place
from db.telemetry.tables import boot, latest, link
from db.telemetry.upsert import found, many, replacing_many

_REPLACE = replacing_many(latest)
_MACHINES: sa.BindParameter[int] = sa.bindparam("machines", expanding=True)
_PRESENT = "SELECT machine_no, boot_no, seq, ts FROM latest WHERE machine_no IN ({})"
_CURRENT = (
    sa.select(boot.c.machine_no, boot.c.no)
    .join(link, (link.c.machine_no == boot.c.machine_no) & (link.c.boot == boot.c.boot))
    .where(boot.c.machine_no.in_(_MACHINES))
)


class Present(NamedTuple):
    """Where a sample stands: boot, number, the gateway's clock in milliseconds."""

    boot_no: int
    seq: int
    ts: int


def move_present(connection: sa.Connection, places: Iterable[Place]) -> None:
    """New samples have been stored in these places."""
    newest = _newest(places)
    before = _before(connection, {machine_no for machine_no, _ in newest})
    current: Mapping[int, Collection[int]] | None = None
    after = dict(before)
    for (machine_no, _), place in newest.items():
        there = after.get(machine_no)
        if there is not None and there.boot_no != place.boot_no and current is None:
            current = _current_boots(connection, {number for number, _ in newest})
        if there is None or _is_later(place, there, (current or {}).get(machine_no, ())):
            after[machine_no] = place
    moved = [(no, *place) for no, place in after.items() if before.get(no) != place]
    many(connection, _REPLACE, moved)


def _newest(places: Iterable[Place]) -> dict[tuple[int, int], Present]:
    """The last place of each machine and boot."""
    last: dict[tuple[int, int], Place] = {}
    for place in places:
        boot_no, seq, _, machine_no, _ = place
        there = last.get((machine_no, boot_no))
        if there is None or seq > there[1]:
            last[machine_no, boot_no] = place
    return {pair: Present(*place[:3]) for pair, place in last.items()}


def _is_later(one: Present, other: Present, current: Collection[int]) -> bool:
    """Within a boot the number decides, whatever the clock says. Of two boots, the one that its
    gateway says to be in; where that is not known, the gateways' clocks."""
    if one.boot_no == other.boot_no:
        return one.seq > other.seq
    return (one.boot_no in current, one.ts) > (other.boot_no in current, other.ts)


def _before(connection: sa.Connection, machines: set[int]) -> dict[int, Present]:
    rows = found(connection, _PRESENT, sorted(machines))
    return {machine_no: Present(*place) for machine_no, *place in rows}


def _current_boots(connection: sa.Connection, machines: set[int]) -> dict[int, set[int]]:
    rows = connection.execute(_CURRENT, {"machines": sorted(machines)})
    boots: dict[int, set[int]] = {}
    for machine_no, boot_no in rows:
        boots.setdefault(machine_no, set()).add(boot_no)
    return boots
