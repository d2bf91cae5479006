"""`clearshift gateway`: machines' lines on one side, the broker on the other."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from clearshift import __version__
from clearshift.cli.call import Call, call_of
from clearshift.cli.configured import settings_of
from clearshift.cli.pages import table
from clearshift.cli.refusal import Refusal
from clearshift.settings import BrokerSettings, Settings
from devices.gateway.gateway import Ears, Gateway, Identity
from devices.gateway.lines import LineSetting, LinesRefused, read_lines
from devices.gateway.numbering import BOOT_BYTES, boot_of
from devices.gateway.spool import Spool, SpoolDown
from devices.mqtt.broker import Broker
from devices.mqtt.client import Client
from devices.protocols.listed import PROTOCOL
from domain.words import words

_LOOK = 1.0


def gateway(
    context: typer.Context,
    lines: Annotated[
        Path | None,
        typer.Option(
            metavar=str(words("FILE")),
            help=str(words("Which machine is at which line; otherwise as the settings say.")),
        ),
    ] = None,
    spool: Annotated[
        Path | None,
        typer.Option(
            metavar=str(words("FILE")),
            help=str(words("Where entries wait until they are stored; otherwise as set.")),
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help=str(words("Only read the lines; open nothing.")))
    ] = False,
) -> int:
    """Reads machines and never sends them anything but polls and acknowledgements. Ends on
    an interrupt or a termination signal, with everything accepted kept."""
    call = call_of(context)
    settings = settings_of(call)
    rows = lines_of(lines or settings.gateway.lines)
    if check:
        call.output.result([_row(row) for row in rows], _table(call, rows))
        return 0
    call.output.note(_table(call, rows))
    return _run(call, settings, rows, spool or settings.gateway.spool)


def lines_of(file: Path) -> tuple[LineSetting, ...]:
    """The lines of a file. Raises Refusal with every fault in it, OSError."""
    try:
        return read_lines(file.read_text(encoding="utf-8"), PROTOCOL)
    except LinesRefused as refused:
        raise Refusal(
            *(words("{file}: {reason}", file=str(file), reason=one) for one in refused.reasons)
        ) from refused
    except UnicodeDecodeError as error:
        raise Refusal(
            words("{file}: no valid TOML: {reason}", file=str(file), reason=str(error))
        ) from error


def _run(call: Call, settings: Settings, rows: tuple[LineSetting, ...], spool: Path) -> int:
    center, name = settings.gateway.center, settings.gateway.name
    identity = Identity(center, name, boot_of(os.urandom(BOOT_BYTES)), __version__)
    broker = broker_of(settings.broker)
    address = broker.address
    try:
        running = Gateway(identity, rows, Spool(spool), lambda ears: _connect(broker, ears))
    except SpoolDown as down:
        raise Refusal(words("The spool cannot be used: {reason}", reason=str(down))) from down
    with _termination() as ended:
        running.start()
        call.output.note(
            words("{gateway} runs, broker {broker}; Ctrl+C ends it.", gateway=name, broker=address)
        )
        try:
            while running.alive and not ended.wait(_LOOK):
                pass
            return 0 if ended.is_set() else _fallen(call)
        finally:
            running.stop()


def _fallen(call: Call) -> int:
    call.output.error(words("A part of the gateway has failed; the log says why."))
    return 1


def broker_of(there: BrokerSettings) -> Broker:
    """The broker of the settings. Raises BrokerRefusal with every reason."""
    return Broker.of(
        there.url,
        user=there.user,
        password=there.password,
        authority=there.authority,
        certificate=there.certificate,
        private_key=there.private_key,
    )


def _connect(broker: Broker, ears: Ears) -> Client:
    return Client(
        broker,
        ears.client_id,
        hear=ears.hear,
        filters=ears.filters,
        will=ears.will,
        up=ears.up,
        down=ears.down,
    )


@contextmanager
def _termination() -> Iterator[threading.Event]:
    """Set once a service manager asks us to end."""
    ended = threading.Event()
    before = signal.signal(signal.SIGTERM, lambda *_: ended.set())
    try:
        yield ended
    finally:
        signal.signal(signal.SIGTERM, before)


def _row(row: LineSetting) -> dict[str, object]:
    return {
        "machine": row.machine,
        "protocol": row.protocol.name,
        "link": row.link,
        "serial": row.serial,
        "generation": row.generation.value,
        "pace": row.pace,
        "baud": row.wire.baud,
    }


def _table(call: Call, rows: tuple[LineSetting, ...]) -> RenderableType:
    return table(
        call.say,
        (words("Machine"), words("Protocol"), words("Link"), words("Serial")),
        ((row.machine, row.protocol.title, row.link, row.serial) for row in rows),
    )
