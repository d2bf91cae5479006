"""`clearshift accounts`: what became of everything that gateways accepted, machine by machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import require_database
from clearshift.cli.refusal import Refusal
from clearshift.settings import Settings
from db.opening import open_database
from db.telemetry.accounts import QuarantinedGroup, Side, conflicts, miscounted, quarantined
from db.telemetry.accounts import accounts as read_accounts
from db.telemetry.connection import open_telemetry, require_telemetry
from db.telemetry.quarantining import dropped
from db.telemetry.read import reading
from db.telemetry.registered import center_of, machine_codes
from db.telemetry.spools import give_up
from domain.telemetry import Account
from domain.words import Words, words

Audit = Annotated[
    bool,
    typer.Option(
        "--audit", help=str(words("Count the stored rows themselves and compare; takes long."))
    ),
]
Gone = Annotated[
    str,
    typer.Option(
        "--gone",
        metavar=str(words("GATEWAY")),
        help=str(words("This gateway will never come back: count what it still held as lost.")),
    ),
]


@dataclass(frozen=True, slots=True)
class _Found:
    """What is in the database. `unknown` spoke and are not registered; `wrong` are machines
    whose books do not add up; `dropped` was put aside and is no longer kept."""

    accounts: tuple[Account, ...]
    unknown: tuple[str, ...]
    quarantined: tuple[QuarantinedGroup, ...]
    dropped: Mapping[str, int]
    conflicts: tuple[Side, ...]
    wrong: tuple[str, ...]


def accounts(context: typer.Context, audit: Audit = False, gone: Gone = "") -> int:
    """The books; the exit code is 1 if they do not add up."""
    call = call_of(context)
    settings = settings_of(call)
    known, url = _known(settings), settings.telemetry.url
    if gone:
        _give_up(url, gone)
    found = _found(url, known, settings.telemetry.keep_days if audit else None)
    sides = [{"key": one.key, "was": one.was, "received": one.received} for one in found.conflicts]
    call.output.result(
        {
            "accounts": found.accounts,
            "unknown": found.unknown,
            "quarantined": found.quarantined,
            "dropped": found.dropped,
            "conflicts": sides,
            "wrong": found.wrong,
        },
        *_page(call, found),
    )
    return 1 if found.wrong else 0


def _give_up(url: str, gateway: str) -> None:
    telemetry = open_telemetry(url)
    require_telemetry(telemetry)
    with telemetry.begin() as connection:
        ended = give_up(connection, gateway, datetime.now(UTC))
    if not ended:
        raise Refusal(words("No gateway called {name} holds anything.", name=gateway))


def _found(url: str, known: frozenset[str], audit: int | None) -> _Found:
    """With `audit`, the number of days for which rows are kept, they are counted."""
    with reading(open_telemetry(url)) as connection:
        books, aside = read_accounts(connection), quarantined(connection)
        wrong = {one.machine for one in books if not one.adds_up}
        if audit is not None:
            wrong |= set(miscounted(connection, datetime.now(UTC) - timedelta(days=audit)))
        spoke = {one.machine for one in books} | {one.machine for one in aside if one.machine}
        return _Found(
            books,
            tuple(sorted(spoke - known)),
            aside,
            dropped(connection),
            conflicts(connection),
            tuple(sorted(wrong)),
        )


def _known(settings: Settings) -> frozenset[str]:
    require_database(settings.database.url)
    database = open_database(settings.database.url)
    center = center_of(database, settings.gateway.center)
    return frozenset() if center is None else machine_codes(database, center)


def _page(call: Call, found: _Found) -> Iterator[Words | RenderableType]:
    if not found.accounts and not found.quarantined:
        yield words("Nothing has arrived yet.")
        return
    yield _table(call, found.accounts)
    yield from _aside(call, found)
    for machine in found.unknown:
        yield words(
            "{machine} speaks but is not registered; what it says is kept aside and stored once"
            " it is.",
            machine=machine,
        )
    lost = [one for one in found.accounts if one.lost]
    for one in lost:
        yield words(
            "{count} of {machine} are lost: a gateway gave these numbers, holds them no more, and"
            " they never arrived.",
            count=one.lost,
            machine=one.machine,
        )
    for machine in found.wrong:
        yield words("The books of {machine} do not add up.", machine=machine)
    if not found.wrong and not lost:
        yield words("Whatever was accepted is stored, in a spool, put aside or in conflict.")


def _table(call: Call, books: Sequence[Account]) -> RenderableType:
    return call.output.table(
        (
            words("machine"),
            words("accepted"),
            words("in the database"),
            words("in the spool"),
            words("put aside"),
            words("in conflict"),
            words("lost"),
        ),
        (
            (
                one.machine,
                one.accepted,
                one.stored,
                one.in_spool,
                one.quarantined,
                one.conflicts,
                one.lost,
            )
            for one in books
        ),
    )


def _aside(call: Call, found: _Found) -> Iterator[Words | RenderableType]:
    if found.quarantined:
        yield words("Put aside:")
        yield call.output.table(
            (words("machine"), words("messages"), words("reason")),
            ((one.machine or "-", one.keyed + one.strays, one.reason) for one in found.quarantined),
        )
    for machine, count in found.dropped.items():
        yield words(
            "{count} messages of {machine} that were put aside are no longer kept.",
            count=count,
            machine=machine or "-",
        )
