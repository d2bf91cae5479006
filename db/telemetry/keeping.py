"""Storing entries that are new, with what follows from them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from db.telemetry.present import move_present
from db.telemetry.rollups import mark_dirty
from db.telemetry.rows import SAMPLE_COLUMNS, Placed, event_row, sample_rows
from db.telemetry.tables import event, sample
from db.telemetry.upsert import inserting_many, many
from domain.telemetry import Event, Sample

_SAMPLES = inserting_many(sample, SAMPLE_COLUMNS)


def keep_entries(
    connection: sa.Connection, samples: Sequence[Placed[Sample]], events: Sequence[Placed[Event]]
) -> None:
    """The minutes of the samples are to be computed again, and the newest of them may be their
    machine's present."""
    if samples:
        many(connection, _SAMPLES, sample_rows(samples))
        places = [place for place, _, _, _ in samples]
        mark_dirty(connection, places)
        move_present(connection, places)
    if events:
        connection.execute(sa.insert(event), list(map(event_row, events)))
