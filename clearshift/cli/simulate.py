"""`clearshift simulate`: machines that are not there, on lines that are."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from random import Random
from typing import Annotated

import typer

from clearshift.cli.alone import alone
from clearshift.cli.call import Call, call_of
from clearshift.cli.clock import now_at
from clearshift.cli.configured import settings_of
from clearshift.cli.options import CenterCode, Week
from clearshift.cli.pages import table
from clearshift.cli.refusal import Refusal
from clearshift.cli.simulated_center import (
    Sitting,
    sittings,
    sittings_at,
    stored_center,
    to_come,
)
from clearshift.cli.simulated_room import Order, room, wanted
from clearshift.cli.weeks import asked_week
from clearshift.settings import Settings
from devices.protocols.listed import PROTOCOL
from devices.twin.fleet import Fleet
from devices.twin.floor import (
    Seat,
    lines_toml,
    link_for_gateway,
    maker,
    seated,
    wiring,
)
from devices.twin.lines import Lines
from devices.twin.orders import obeyed
from devices.twin.side_channel import SideChannel
from domain.register import Register
from domain.words import words

_FOLDER = Path("simulator")
_LOOK = 0.5


class Spoken(StrEnum):
    """What the machines speak."""

    MIXED = "mixed"
    JSDT3 = "jsdt3"
    JSDT4 = "jsdt4"
    HL7 = "hl7"


def simulate(
    context: typer.Context,
    machines: Annotated[
        int | None,
        typer.Option(min=1, max=500, help=str(words("How many machines; otherwise all, or 32."))),
    ] = None,
    protocol: Annotated[Spoken, typer.Option(help=str(words("What they speak.")))] = Spoken.MIXED,
    speed: Annotated[
        float,
        typer.Option(
            min=0.1, max=1000, help=str(words("Seconds that pass for a machine in one of ours."))
        ),
    ] = 1.0,
    seed: Annotated[
        int, typer.Option(help=str(words("Another number gives other people and troubles.")))
    ] = 1,
    folder: Annotated[
        Path,
        typer.Option(
            metavar=str(words("FOLDER")),
            help=str(words("Where the lines, lines.toml and the door for faults are.")),
        ),
    ] = _FOLDER,
    gateway: Annotated[
        str,
        typer.Option(
            metavar=str(words("HOST:PORT")), help=str(words("Whom machines call that call."))
        ),
    ] = "127.0.0.1:2575",
    plan: Annotated[
        bool,
        typer.Option("--plan", help=str(words("The stored plan says who lies where and when."))),
    ] = False,
    week: Week = None,
    moment: Annotated[
        str | None,
        typer.Option(
            metavar=str(words("TIME")),
            help=str(words("The moment of the plan that is now, such as 2026-03-02T09:30.")),
        ),
    ] = None,
    center: CenterCode = None,
    polite: Annotated[
        bool, typer.Option("--polite", help=str(words("No answer is late, wrong or missing.")))
    ] = False,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help=str(words("End by itself after so long.")))
    ] = None,
) -> None:
    """Simulated machines on real pseudo-terminals and ports, until interrupted. They need no
    database; if there is one, they are the center's."""
    call = call_of(context)
    settings = settings_of(call)
    register = stored_center(settings, center)
    order = Order(folder.resolve(), _address(gateway), speed, seed, polite, _now(register))
    seats = seated(wanted(register, machines), PROTOCOL, _only(protocol))
    planned = None
    if plan or week or moment:
        played = _played(settings, center, asked_week(week), _moment(moment), order.now)
        planned = to_come(played, order.now)
    order.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    taken = words("{folder}: another simulator runs there.", folder=str(order.folder))
    with alone(order.folder, taken), _termination() as ended:
        call.output.note(words("What has happened so far today is simulated first ..."))
        _run(call, seats, room(seats, planned, order), order, ended, seconds)


def _run(
    call: Call,
    seats: tuple[Seat, ...],
    fleet: Fleet,
    order: Order,
    ended: list[int],
    seconds: float | None,
) -> None:
    """Puts the machines on their lines, says where, and keeps them going."""
    with closing(Lines(fleet, time.monotonic, order.speed)) as lines:
        for seat in seats:
            chance = Random(f"{order.seed}/{seat.machine}/line")
            made = maker(seat, chance, order.polite)
            lines.add(made, wiring(seat, order.folder, order.gateway), chance)
        file = order.folder / "lines.toml"
        file.write_text(lines_toml(seats, lines.links), encoding="utf-8")
        with closing(SideChannel(order.folder, lines.watch, partial(obeyed, lines))) as door:
            _tell(call, seats, lines, order, file, door.path)
            until = time.monotonic() + seconds if seconds else float("inf")
            while not ended and time.monotonic() < until:
                lines.step(_LOOK)


def _played(
    settings: Settings,
    center: str | None,
    week: date | None,
    moment: datetime | None,
    now: datetime,
) -> tuple[Sitting, ...]:
    """What the plan says, by the clock of now. Raises Refusal if there is no plan."""
    if moment is None:
        return sittings(settings, center, week, now.date())
    if week is not None:
        raise Refusal(words("--week and --moment exclude each other."))
    return sittings_at(settings, center, moment, now)


def _moment(text: str | None) -> datetime | None:
    """By the center's clock. Raises Refusal."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise Refusal(
            words("{value} is no time; expected 2026-03-02 or 2026-03-02T14:30.", value=text)
        ) from error


def _now(register: Register | None) -> datetime:
    """Local time without a zone, as machines' clocks are: the center's, else this computer's."""
    now = now_at(register.center) if register else datetime.now(UTC).astimezone()
    return now.replace(tzinfo=None)


def _only(protocol: Spoken) -> str:
    return "" if protocol is Spoken.MIXED else str(protocol)


def _address(text: str) -> tuple[str, int]:
    """Whom to call, with the name looked up once: later nothing may wait for that. Raises
    Refusal."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 < int(port) < 65_536:
        raise Refusal(
            words("--gateway: {value} is not HOST:PORT, such as 127.0.0.1:2575.", value=text)
        )
    try:
        return socket.gethostbyname(host), int(port)
    except OSError as error:
        raise Refusal(words("--gateway: nobody knows where {host} is.", host=host)) from error


def _tell(
    call: Call, seats: tuple[Seat, ...], lines: Lines, order: Order, file: Path, door: Path
) -> None:
    links = {seat.machine: link_for_gateway(seat, lines.links[seat.machine]) for seat in seats}
    call.output.result(
        {
            "folder": order.folder,
            "lines": file,
            "faults": door,
            "seed": order.seed,
            "speed": order.speed,
            "machines": [
                {
                    "machine": seat.machine,
                    "serial": seat.serial,
                    "protocol": seat.protocol.name,
                    "link": links[seat.machine],
                    "phase": lines.posts[seat.machine].truth.phase,
                }
                for seat in seats
            ],
        },
        table(
            call.say,
            (words("Machine"), words("Protocol"), words("Link")),
            ((one.machine, one.protocol.title, links[one.machine]) for one in seats),
        ),
        words("Next: clearshift gateway --lines {file}", file=str(file)),
        words("{machines} machines run, seed {seed}; Ctrl+C ends it.", machines=len(seats),
              seed=order.seed),
    )  # fmt: skip
    call.output.out.file.flush()  # whoever reads us through a pipe waits for exactly this


@contextmanager
def _termination() -> Iterator[list[int]]:
    """Not empty once a service manager asks us to end."""
    ended: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: ended.append(number))
    try:
        yield ended
    finally:
        signal.signal(signal.SIGTERM, before)
