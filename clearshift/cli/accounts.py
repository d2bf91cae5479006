"""`clearshift accounts`: what became of everything that gateways accepted, machine by machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import require_database
from clearshift.settings import Settings
from db.connection import open_database
from db.telemetry.accounts import QuarantinedGroup, conflicts, miscounted, quarantined
from db.telemetry.accounts import accounts as read_accounts
from db.telemetry.connection import open_telemetry
from db.telemetry.read import reading
from db.telemetry.registered import center_of, machine_codes
from domain.telemetry import Account
from domain.words import Words, words

Audit = Annotated[
    bool,
    typer.Option(
        "--audit", help=str(words("Count the stored rows themselves and compare; takes long."))
    ),
]


def accounts(context: typer.Context, audit: Audit = False) -> int:
    """The books; the exit code is 1 if they do not add up."""
    call = call_of(context)
    settings = settings_of(call)
    known = _known(settings)
    since = datetime.now(UTC) - timedelta(days=settings.telemetry.keep_days)
    with reading(open_telemetry(settings.telemetry.url)) as connection:
        books, aside = read_accounts(connection), quarantined(connection)
        sides = conflicts(connection)
        wrong = {one.machine for one in books if not one.adds_up}
        wrong |= set(miscounted(connection, since)) if audit else set()
    strangers = _strangers(books, aside, known)
    call.output.result(
        {
            "accounts": books,
            "unknown": strangers,
            "quarantined": aside,
            "conflicts": [
                {"key": one.key, "was": one.was, "received": one.received} for one in sides
            ],
            "wrong": sorted(wrong),
        },
        *_page(call, books, aside, strangers, sorted(wrong)),
    )
    return 1 if wrong else 0


def _known(settings: Settings) -> frozenset[str]:
    require_database(settings.database.url)
    database = open_database(settings.database.url)
    center = center_of(database, settings.gateway.center)
    return frozenset() if center is None else machine_codes(database, center)


def _strangers(
    books: Sequence[Account], aside: Sequence[QuarantinedGroup], known: frozenset[str]
) -> tuple[str, ...]:
    """Who spoke and is not registered."""
    spoke = {one.machine for one in books} | {one.machine for one in aside if one.machine}
    return tuple(sorted(spoke - known))


def _page(
    call: Call,
    books: Sequence[Account],
    aside: Sequence[QuarantinedGroup],
    strangers: tuple[str, ...],
    wrong: Sequence[str],
) -> Iterator[Words | RenderableType]:
    if not books and not aside:
        yield words("Nothing has arrived yet.")
        return
    yield call.output.table(
        (
            words("machine"),
            words("accepted"),
            words("in the database"),
            words("in the spool"),
            words("put aside"),
            words("in conflict"),
        ),
        (
            (one.machine, one.accepted, one.stored, one.in_spool, one.quarantined, one.conflicts)
            for one in books
        ),
    )
    if aside:
        yield words("Put aside:")
        yield call.output.table(
            (words("machine"), words("messages"), words("reason")),
            ((one.machine or "-", one.keyed + one.strays, one.reason) for one in aside),
        )
    for machine in strangers:
        yield words(
            "{machine} speaks but is not registered; what it says is kept aside.", machine=machine
        )
    for machine in wrong:
        yield words("The books of {machine} do not add up.", machine=machine)
    if not wrong:
        yield words("Whatever was accepted is stored, in a spool, put aside or in conflict.")
