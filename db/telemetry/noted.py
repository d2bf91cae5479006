"""What gateways say of themselves: their links, and whether they live."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple
from datetime import datetime

import sqlalchemy as sa

from db.telemetry.codes import milliseconds
from db.telemetry.tables import gateway, link
from db.telemetry.upsert import replacing
from domain.telemetry import GatewayLife, LinkState

_REPLACE_LINK, _REPLACE_GATEWAY = replacing(link), replacing(gateway)


def note_links(
    connection: sa.Connection,
    machines: Mapping[str, int],
    links: Sequence[LinkState],
    now: datetime,
) -> None:
    """The newest state of each. Within a boot the counters only grow, which tells a state that
    was overtaken on its way; a gateway's clock may jump."""
    last = {(machines[one.machine], one.gateway): one for one in links}
    if not last:
        return
    before = connection.execute(
        sa.select(link.c.machine_no, link.c.gateway, link.c.boot, link.c.counted).where(
            link.c.machine_no.in_({machine_no for machine_no, _ in last})
        )
    )
    for machine_no, name, boot, counted in before:
        one = last.get((machine_no, name))
        if one is not None and one.boot == boot and _counted(one) < counted:
            del last[machine_no, name]
    rows = [_row(machine_no, one, now) for (machine_no, _), one in sorted(last.items(), key=_place)]
    if rows:
        connection.execute(_REPLACE_LINK, rows)


def note_gateways(connection: sa.Connection, gateways: Sequence[GatewayLife]) -> None:
    """Whether each lives. A death that belongs to another boot than the one last seen alive is a
    will that comes late and means nothing."""
    for one in gateways:
        there = connection.execute(sa.select(gateway).where(gateway.c.name == one.gateway)).first()
        if there is not None and there.boot != one.boot and not one.online:
            continue
        row = {
            "name": one.gateway,
            "boot": one.boot,
            "online": int(one.online),
            "ts": milliseconds(one.ts),
        }
        connection.execute(_REPLACE_GATEWAY, row)


def _place(item: tuple[tuple[int, str], LinkState]) -> tuple[int, str]:
    return item[0]


def _counted(one: LinkState) -> int:
    return sum(astuple(one.counters))


def _row(machine_no: int, one: LinkState, now: datetime) -> dict[str, object]:
    last = one.last_good
    return {
        "machine_no": machine_no,
        "gateway": one.gateway,
        "boot": one.boot,
        "status": one.status.value,
        "since": milliseconds(one.since),
        "last_good": None if last is None else milliseconds(last),
        "counters": json.dumps(asdict(one.counters)),
        "counted": _counted(one),
        "noted": milliseconds(now),
    }
