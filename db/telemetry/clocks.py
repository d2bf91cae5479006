"""How far gateways' clocks are from ours, so that the age of a sample is told by one clock."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa

from db.telemetry.tables import boot, machine


def clock_offsets(connection: sa.Connection) -> dict[tuple[str, str], timedelta]:
    """By machine and boot, what is to be added to its gateway's clock to have ours; nothing
    shorter was ever seen between the two."""
    rows = connection.execute(
        sa.select(machine.c.code, boot.c.boot, boot.c.offset_ms)
        .join(machine, machine.c.no == boot.c.machine_no)
        .where(boot.c.offset_ms.is_not(None))
    )
    return {(code, name): timedelta(milliseconds=offset) for code, name, offset in rows}
