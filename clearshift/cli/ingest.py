"""`clearshift ingest`: what gateways publish into the telemetry database."""

from __future__ import annotations

from typing import Annotated

import typer

from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.given import require_database
from clearshift.cli.refusal import Refusal
from clearshift.ingest_process import Job, become
from clearshift.settings import Settings
from db.opening import masked, open_database
from db.telemetry.connection import OLDER, open_telemetry, require_telemetry, structure
from db.telemetry.migrations import upgrade
from db.telemetry.registered import center_of
from devices.mqtt.broker import Broker, BrokerRefusal
from devices.wire.topics import NAME
from domain.words import words

Named = Annotated[
    str,
    typer.Option(
        metavar=str(words("NAME")),
        help=str(words("What this ingest is called; a second one needs a name of its own.")),
    ),
]
Every = Annotated[
    float, typer.Option(min=0.2, help=str(words("Seconds between two lines on how it is.")))
]
Seconds = Annotated[
    float, typer.Option(min=0, help=str(words("How long to run; 0 is until it is stopped.")))
]


def ingest(
    context: typer.Context, name: Named = "main", every: Every = 10.0, seconds: Seconds = 0.0
) -> None:
    """Stores what machines said, until it is stopped."""
    call = call_of(context)
    settings = settings_of(call)
    if not NAME.fullmatch(name):
        raise Refusal(words("{name} is no name for an ingest; use letters and digits.", name=name))
    require_database(settings.database.url)
    database = open_database(settings.database.url)
    register = center_of(database, settings.gateway.center)
    if register is None:
        raise Refusal(
            words(
                "The database holds several centers and none is called {name}; set center of"
                " [gateway] to the code of this one.",
                name=settings.gateway.center,
            )
        )
    _prepare(call, settings.telemetry.url)
    become(_job(call, settings, register, name, every, seconds))


def _prepare(call: Call, url: str) -> None:
    telemetry = open_telemetry(url)
    found = structure(telemetry)
    if found is None:
        upgrade(telemetry)
        call.output.note(words("The database {place} was made.", place=masked(telemetry.url)))
    elif found in OLDER:
        upgrade(telemetry)
        place = masked(telemetry.url)
        call.output.note(words("The database {place} was brought up to date.", place=place))
    require_telemetry(telemetry)


def _job(
    call: Call, settings: Settings, register: str, name: str, every: float, seconds: float
) -> Job:
    return Job(
        settings.database.url,
        settings.telemetry.url,
        settings.telemetry.keep_days,
        settings.gateway.center,
        register,
        name,
        _broker(settings),
        every,
        seconds,
        call.output.json,
        call.language,
        settings.log.level.upper(),
        settings.log.file,
    )


def _broker(settings: Settings) -> Broker:
    asked = settings.broker
    try:
        return Broker.of(
            asked.url,
            user=asked.user,
            password=asked.password,
            authority=asked.authority,
            certificate=asked.certificate,
            private_key=asked.private_key,
        )
    except BrokerRefusal as refused:
        raise Refusal(*refused.reasons) from refused
