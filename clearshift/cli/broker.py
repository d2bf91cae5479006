"""`clearshift broker`: the embedded broker, for a small center without mosquitto."""

from __future__ import annotations

import typer

from clearshift.cli.call import call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.ending import asked_to_end
from clearshift.cli.gateway import broker_of
from clearshift.cli.refusal import Refusal
from devices.mqtt.embedded import EmbeddedBroker
from domain.words import words

LOST = words(
    "It speaks MQTT 3.1.1 only, to this computer only: no users, no encryption, no message kept "
    "for who is away. Nothing accepted is lost by that; docs/mqtt.md says what mosquitto adds."
)


def broker(context: typer.Context) -> None:
    """Runs on the port that the settings name, until Ctrl-C."""
    call = call_of(context)
    there = broker_of(settings_of(call).broker)
    if not there.embedded:
        raise Refusal(
            words(
                "The settings name the broker {broker}, which runs by itself; set url of [broker] "
                'to "embedded" to run this one.',
                broker=there.address,
            )
        )
    with asked_to_end() as ended, EmbeddedBroker(there.port):
        call.output.note(
            words("The embedded broker runs on {broker}; Ctrl+C ends it.", broker=there.address),
            LOST,
        )
        ended.wait()
