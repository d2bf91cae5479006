"""`clearshift db`: where the center's data is, and its tables."""

from __future__ import annotations

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from db import migrations
from db.connection import known_revisions
from db.opening import masked, open_database
from domain.words import words


def upgrade(context: typer.Context) -> None:
    """Creates the tables, or changes them to what this program needs."""
    call = call_of(context)
    engine = open_database(settings_of(call).database.url)
    before, place = migrations.current(engine), masked(engine.url)
    migrations.upgrade(engine)
    after = migrations.current(engine)
    done = words("The database {place} is ready.", place=place)
    already = words("The database {place} was ready; nothing had to be done.", place=place)
    call.output.result(
        {"database": place, "before": before, "after": after}, already if before == after else done
    )


def status(context: typer.Context) -> int:
    """Says whether the database is ready; the exit code is 1 if it is not."""
    call = call_of(context)
    engine = open_database(settings_of(call).database.url)
    found, needed, place = migrations.current(engine), known_revisions()[-1], masked(engine.url)
    differences = migrations.check(engine) if found == needed else ()
    ready = found == needed and not differences
    call.output.result(
        {
            "database": place,
            "found": found,
            "needed": needed,
            "differences": differences,
            "ready": ready,
        },
        words("Database: {place}", place=place),
        words("Structure: {found}, needed: {needed}", found=found or words("none"), needed=needed),
        *(words("Different from this program: {what}", what=what) for what in differences),
        words("Ready.") if ready else words("Not ready. Run clearshift db upgrade."),
    )
    return 0 if ready else 1
