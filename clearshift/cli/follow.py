"""`clearshift follow`: from what machines said to alarms and care events in the center's
database, for as long as it runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.escalation import escalation_times
from clearshift.cli.given import require_database
from clearshift.cli.refusal import Refusal
from clearshift.settings import Settings
from db.care.follow import Followed
from db.care.follow import follow as step
from db.care.present import Sources, open_sources
from domain.alarm_life import AlarmLife
from domain.words import Words, words

PAUSE = 1.0
"""Seconds between two looks, where there was nothing more to take at once."""


def follow(
    context: typer.Context,
    once: Annotated[
        bool, typer.Option("--once", help=str(words("Take what there is and end.")))
    ] = False,
) -> None:
    """Takes events into the center's database until Ctrl-C; may run twice, may be killed."""
    call = call_of(context)
    settings = settings_of(call)
    taken = changed = 0
    for found in _steps(settings, *_sources(settings), once=once):
        taken, changed = taken + found.events, changed + found.changed
        for life in found.escalated:
            call.output.note(_waiting(life))
        if found.events and not once:
            call.output.note(_summary(found.events, found.changed))
    call.output.result({"events": taken, "changed": changed}, _summary(taken, changed))


def _steps(settings: Settings, here: Sources, center: str, *, once: bool) -> Iterator[Followed]:
    times = escalation_times(settings.alarms)
    while True:
        found = step(here.telemetry, here.database, center, datetime.now(UTC), times)
        yield found
        if not found.more:
            if once:
                return
            time.sleep(PAUSE)


def _sources(settings: Settings) -> tuple[Sources, str]:
    require_database(settings.database.url)
    name = settings.gateway.center
    here = open_sources(settings.telemetry.url, settings.database.url, name)
    if here.center is None:
        raise Refusal(
            words(
                "The database holds several centers and none is called {name}; set center of"
                " [gateway] to the code of this one.",
                name=name,
            )
        )
    return here, here.center


def _summary(events: int, changed: int) -> Words:
    return words("{events} events taken, {changed} alarms changed.", events=events, changed=changed)


def _waiting(life: AlarmLife) -> Words:
    return words(
        "{machine}: {what} has been waiting for somebody to see it.",
        machine=life.machine,
        what=life.title,
    )
