"""What ingest needs of the database; the shape of it is asked for by `devices.ingest.store`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from db.telemetry.codes import milliseconds
from db.telemetry.noted import note_gateways, note_links
from db.telemetry.numbering import Numbering
from db.telemetry.readmitting import readmit, waiting
from db.telemetry.settle import settle
from db.telemetry.spools import note_spools
from db.telemetry.tables import boot, machine, pulse
from db.telemetry.upkeep import Upkeep
from db.telemetry.upsert import replacing
from domain.telemetry import (
    Arrival,
    GatewayLife,
    LinkState,
    Quarantined,
    Settled,
    SpoolReport,
    StoreDown,
    Unstorable,
    Watermark,
)

_BEAT = replacing(pulse)


class TelemetryStore:
    """One ingest's hold on a migrated database. `known` tells the center's machines whenever it
    is asked; `keep_days` is how long samples are kept in full."""

    def __init__(
        self, database: sa.Engine, known: Callable[[], frozenset[str]], keep_days: int = 90
    ) -> None:
        self._database = database
        self._known = known
        self._numbering = Numbering()
        self._upkeep = Upkeep(keep_days)

    def known(self) -> frozenset[str]:
        """Codes of the center's machines."""
        return self._known()

    def settle(self, arrivals: Sequence[Arrival], quarantined: Sequence[Quarantined]) -> Settled:
        """In one transaction, durable on return. Raises StoreDown, Unstorable."""
        with self._writing() as connection:
            settled, machines, origins = settle(connection, self._numbering, arrivals, quarantined)
        self._numbering.committed(machines, origins)
        return settled

    def note(
        self,
        now: datetime,
        links: Sequence[LinkState],
        spools: Sequence[SpoolReport],
        gateways: Sequence[GatewayLife] = (),
    ) -> None:
        """Keeps the newest state of each link and gateway, and what they say to have given and
        to hold. Raises StoreDown."""
        known = self._known()
        codes = {link.machine for link in links} | {one.machine for one in spools}
        with self._writing() as connection:
            machines = self._numbering.machines_of(connection, codes)
            note_links(connection, machines, [one for one in links if one.machine in known], now)
            note_spools(connection, machines, spools, now)
            note_gateways(connection, gateways)
        self._numbering.committed(machines, self._numbering.origins)

    def watermarks(self) -> tuple[Watermark, ...]:
        """What is settled of every machine and boot. Raises StoreDown."""
        with self._writing() as connection:
            rows = connection.execute(
                sa.select(machine.c.code, boot.c.boot, boot.c.settled)
                .join(machine, machine.c.no == boot.c.machine_no)
                .where(boot.c.settled > 0)
                .order_by(machine.c.code, boot.c.boot)
            ).all()
        return tuple(Watermark(*row) for row in rows)

    def waiting(self, machine: str, most: int) -> tuple[Quarantined, ...]:
        """The oldest messages that were put aside because this machine was not registered.
        Raises StoreDown."""
        with self._working(self._database.execution_options(clearshift_reading=True)) as still:
            return waiting(still, machine, most)

    def readmit(self, arrivals: Sequence[Arrival], refused: Sequence[Quarantined]) -> int:
        """Stores what was put aside, under its own keys, and gives the refused their reasons.
        How many were stored. Raises StoreDown, Unstorable."""
        with self._writing() as connection:
            count, machines, origins = readmit(connection, self._numbering, arrivals, refused)
        self._numbering.committed(machines, origins)
        return count

    def tend(self, now: datetime) -> bool:
        """One piece of what can wait. Raises StoreDown."""
        with self._writing() as connection:
            return self._upkeep.step(connection, now)

    def beat(self, ingest: str, now: datetime) -> None:
        """Leaves word that this ingest lives and can write. Raises StoreDown."""
        with self._writing() as connection:
            connection.execute(_BEAT, {"ingest": ingest, "at": milliseconds(now)})

    def _writing(self) -> AbstractContextManager[sa.Connection]:
        return self._working(self._database)

    @contextmanager
    def _working(self, database: sa.Engine) -> Iterator[sa.Connection]:
        try:
            with database.begin() as connection:
                yield connection
        except (DataError, IntegrityError, OverflowError) as refused:
            raise Unstorable(_reason(refused)) from refused
        except DBAPIError as error:
            raise StoreDown(_reason(error)) from error


def _reason(error: Exception) -> str:
    """The database's own first line; never the statement, whose values may be anything."""
    told = error.orig if isinstance(error, DBAPIError) else error
    lines = str(told).strip().splitlines()
    return lines[0] if lines else type(told).__name__
