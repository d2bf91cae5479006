"""Numbers for machines and origins, made when they are first met.

They never change, so that each process remembers what it has seen committed: another ingest on
the same database may have made them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from db.telemetry.tables import machine, origin
from db.telemetry.upsert import if_absent
from domain.telemetry import Origin

OriginName = tuple[str, str, str]
_ORIGIN = ("gateway", "protocol", "generation")
_NEW_MACHINE = if_absent(machine, "code")
_NEW_ORIGIN = if_absent(origin, *_ORIGIN)


class Numbering:
    """What is known to be committed; `found` gives a transaction's own."""

    def __init__(self) -> None:
        self.machines: dict[str, int] = {}
        self.origins: dict[OriginName, int] = {}

    def machines_of(self, connection: sa.Connection, codes: Iterable[str]) -> Mapping[str, int]:
        """A number for every code."""
        missing = sorted(set(codes) - self.machines.keys())
        if not missing:
            return self.machines
        connection.execute(_NEW_MACHINE, [{"code": code} for code in missing])
        found = connection.execute(
            sa.select(machine.c.code, machine.c.no).where(machine.c.code.in_(missing))
        )
        return {**self.machines, **{row.code: row.no for row in found}}

    def origins_of(
        self, connection: sa.Connection, names: Iterable[OriginName]
    ) -> Mapping[OriginName, int]:
        """A number for every gateway, protocol and generation."""
        missing = sorted(set(names) - self.origins.keys())
        if not missing:
            return self.origins
        rows = [dict(zip(_ORIGIN, map(str, name), strict=True)) for name in missing]
        connection.execute(_NEW_ORIGIN, rows)
        found = connection.execute(
            sa.select(origin.c.gateway, origin.c.protocol, origin.c.generation, origin.c.no)
        )
        return {(row[0], row[1], row[2]): row[3] for row in found}

    def committed(self, machines: Mapping[str, int], origins: Mapping[OriginName, int]) -> None:
        """What a transaction found is there to stay."""
        self.machines, self.origins = dict(machines), dict(origins)


def origin_name(one: Origin) -> OriginName:
    """What an origin is told apart by."""
    return one[:3]
