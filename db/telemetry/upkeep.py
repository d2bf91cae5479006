"""What can wait, one small piece at a time: months ahead, minute values, what is too old."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import sqlalchemy as sa

from db.telemetry.codes import milliseconds
from db.telemetry.partitions import drop_month, make_month
from db.telemetry.quarantining import drop_old
from db.telemetry.retention import REST, drop_samples, machine_numbers
from db.telemetry.rollups import roll_up
from db.telemetry.tables import sample

ROUND = timedelta(minutes=10)
"""How often it is looked for what is too old."""

Piece = Callable[[sa.Connection], int]


class Upkeep:
    """State over time: what is left to do of this round."""

    def __init__(self, keep_days: int) -> None:
        self._keep = timedelta(days=keep_days)
        self._left: list[Piece] = []
        self._next: datetime | None = None

    def step(self, connection: sa.Connection, now: datetime) -> bool:
        """One piece, in the caller's transaction. True if there is more to do at once."""
        horizon = milliseconds(now - self._keep)
        if roll_up(connection, milliseconds(now), horizon):
            return True
        if self._next is None or now >= self._next or now < self._next - ROUND:
            self._left = self._round(connection, now, horizon)
            self._next = now + ROUND
        if not self._left:
            return False
        piece = self._left.pop()
        if piece(connection):
            self._left.append(piece)
        return bool(self._left)

    def _round(self, connection: sa.Connection, now: datetime, horizon: int) -> list[Piece]:
        pieces: list[Piece] = [partial(drop_old, before=horizon)]
        table = sample
        if connection.dialect.name == "postgresql":
            table = REST
            pieces += [partial(make_month, now=now, ahead=months) for months in (1, 0)]
            pieces.append(partial(drop_month, before=horizon))
        for number in machine_numbers(connection):
            pieces.append(partial(drop_samples, table=table, number=number, before=horizon))
        return pieces
