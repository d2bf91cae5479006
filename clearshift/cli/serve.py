"""`clearshift serve`: screens, patients' pages and the live stream, on one port."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

import sqlalchemy as sa
import typer
from rich.text import Text

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.escalation import escalation_times
from clearshift.cli.given import center_code, require_database
from clearshift.cli.pages import good
from clearshift.cli.refusal import Refusal
from clearshift.cli.times import pace_of
from clearshift.i18n import speaker
from clearshift.plan_jobs import starter
from clearshift.settings import Settings, WebSettings
from dashboard.gate.provider import login_faults
from dashboard.server import serve as run
from dashboard.site import Site
from db.access.accounts import list_accounts
from db.access.first_accounts import demo_accounts, first_admin
from db.care.present import open_sources
from db.connection import reading, writing
from db.load import load_centers
from domain.words import words

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    context: typer.Context,
    center: Annotated[
        str | None,
        typer.Option(
            metavar=str(words("CODE")), help=str(words("Which center, where there are several."))
        ),
    ] = None,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo", help=str(words("With ready accounts; listens on this machine only."))
        ),
    ] = False,
) -> None:
    """Serves the center's screens until it is stopped."""
    call = call_of(context)
    settings = settings_of(call)
    if demo and settings.web.host not in _LOOPBACK:
        raise Refusal(
            words(
                "The demo has accounts that everybody knows and listens on this machine only;"
                " host of [web] is {host}.",
                host=settings.web.host,
            )
        )
    require_database(settings.database.url)
    _serve(call, settings, center, demo=demo)


def _serve(call: Call, settings: Settings, asked: str | None, *, demo: bool) -> None:
    here = open_sources(settings.telemetry.url, settings.database.url, settings.gateway.center)
    with reading(here.database) as session:
        code = center_code(tuple(one.code for one in load_centers(session)), asked)
    web = settings.web
    address = web.address or f"http://{web.host}:{web.port}"
    if web.single_sign_on and (found := login_faults(address)):
        raise Refusal(*found)
    call.output.note(*_ways_in(call, here.database, code, demo=demo))
    call.output.note(good(call.say, words("Open {address}", address=address)))
    site = Site(
        center=code,
        name=settings.gateway.center,
        here=here,
        speak=speaker,
        clock=lambda: datetime.now(UTC),
        escalation=escalation_times(settings.alarms),
        history_weeks=settings.plan.history_weeks,
        plan_seconds=settings.plan.seconds,
        papers=settings.output.folder,
        start_job=starter(settings, code),
        secure=address.startswith("https:"),
        single_sign_on=web.single_sign_on,
        demo=demo,
        pace=pace_of(settings.flow),
    )
    run(site, web.host, web.port, _names(web))


def _names(web: WebSettings) -> tuple[str, ...]:
    """By which names browsers may ask for this server: that of the address if one is set, only
    this machine's own if it listens to nobody else, otherwise any. Bare addresses always do."""
    if web.address:
        return (urlsplit(web.address).hostname or "",)
    return ("localhost",) if web.host in _LOOPBACK else ()


def _ways_in(call: Call, database: sa.Engine, center: str, *, demo: bool) -> Iterator[Text]:
    """Passwords that are said here and nowhere else."""
    now = datetime.now(UTC)
    with writing(database) as session:
        anybody = bool(list_accounts(session, center))
        ready = demo_accounts(session, center, now) if demo and not anybody else ()
        first = None if demo else first_admin(session, center, now)
    if ready:
        yield Text(call.say(words("Ready accounts, all with the password {password}:",
                                  password=ready[0].password)))  # fmt: skip
        yield from (Text(f"  {one.name}", style="bold") for one in ready)
    if demo and not ready:
        yield Text(
            call.say(
                words("Its accounts are those of the last time; clearshift account reset NAME gives"
                      " another password.")
            )
        )  # fmt: skip
    if first is not None:
        name, password = first
        yield Text(call.say(words("The first start. Sign in once with this account and password:")))
        yield Text(f"  {name}    {password}", style="bold")
        yield Text(call.say(words("The password is not stored and not shown again.")))
