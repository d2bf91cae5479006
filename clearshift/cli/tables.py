"""A database without tables gets them when somebody first stores something."""

from __future__ import annotations

from clearshift.cli.call import Call
from db import migrations
from db.opening import masked, open_database
from domain.words import words


def ensure_tables(call: Call, url: str) -> None:
    """Makes the tables where there are none, and says so. An older structure is left alone:
    bringing it up to date is `clearshift db upgrade`'s, after a backup."""
    engine = open_database(url)
    if migrations.current(engine) is None:
        migrations.upgrade(engine)
        call.output.note(words("The database {place} was made.", place=masked(engine.url)))
