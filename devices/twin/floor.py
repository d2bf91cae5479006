"""Which simulated machines stand where and how each is reached, and the `lines.toml` by which
a gateway finds them."""

from __future__ import annotations

import json
import selectors
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from itertools import cycle
from pathlib import Path
from random import Random

from devices.links.port_server import PortServer
from devices.protocols.protocol import Carrier, Protocol
from devices.twin.connection import bare
from devices.twin.ends import Ears, PtyEnd
from devices.twin.lines import Wiring
from devices.twin.manners import POLITE, USUAL, WELL_CARRIED
from devices.twin.post import Maker
from devices.twin.tcp_ends import BoxEnd, CallerEnd

HERE = "127.0.0.1"
BAUD = 9600
HEADER = "# Written by clearshift simulate: machines that are not real.\n"


class Via(StrEnum):
    """How a machine is reached."""

    PTY = "pty"
    RAW = "socket"
    TELNET = "rfc2217"
    CALL = "call"


@dataclass(frozen=True, slots=True)
class Seat:
    """One machine: its code, what it is, what it speaks and over what."""

    machine: str
    serial: str
    model: str
    protocol: Protocol
    via: Via

    @property
    def baud(self) -> int | None:
        """The speed of its line; none for one that calls over the network."""
        return None if self.via is Via.CALL else BAUD


_MIX = (
    ("jsdt3", Via.PTY), ("jsdt4", Via.PTY), ("hl7", Via.CALL), ("jsdt3", Via.RAW),
    ("jsdt3", Via.PTY), ("hl7", Via.CALL), ("jsdt4", Via.PTY), ("jsdt3", Via.TELNET),
)  # fmt: skip
"""What stands side by side in a center that has bought for twenty years."""

_DISPENSABLE = (
    "anticoag_volume_ml", "dialysate_pressure_mmhg", "inlet_pressure_mmhg", "pulse_bpm",
    "hct_pct", "rbv_pct", "ktv_sp", "clearance_ml_min", "uf_rate_set_ml_h",
)  # fmt: skip
"""What older firmware may not send, or a machine without the option."""
_OLDER = 0.15
_WRONG_CLOCK = 0.1


def seated(
    machines: Iterable[tuple[str, str, str]], protocols: Mapping[str, Protocol], only: str = ""
) -> tuple[Seat, ...]:
    """Seats for machines (code, serial number, model), with every protocol mixed or `only`
    one. Raises KeyError for a protocol that there is not."""
    mix = ((only, _usual(protocols[only])),) if only else _MIX
    return tuple(
        Seat(code, serial, model, protocols[name], via)
        for (code, serial, model), (name, via) in zip(machines, cycle(mix), strict=False)
    )


def _usual(protocol: Protocol) -> Via:
    return Via.CALL if protocol.carrier is Carrier.TCP_SERVER else Via.PTY


def maker(seat: Seat, chance: Random, polite: bool = False) -> Maker:
    """How the machine at a seat is built: some are older and send less."""
    older = chance.random() < _OLDER
    unsaid = frozenset(chance.sample(_DISPENSABLE, chance.randint(1, 3)) if older else ())
    usual = WELL_CARRIED if seat.via is Via.CALL else USUAL
    return Maker(
        seat.machine, seat.serial, seat.protocol, seat.baud, POLITE if polite else usual, unsaid
    )


def clock_error(chance: Random) -> timedelta:
    """By how much a machine's clock is wrong: minutes, or a time zone that nobody set."""
    if chance.random() < _WRONG_CLOCK:
        return timedelta(hours=chance.choice((-8, -1, 1)))
    return timedelta(seconds=round(chance.gauss(0, 150)))


def machine_clock(now: datetime, past: float, chance: Random) -> datetime:
    """What a machine's clock shows at its second 0, `past` seconds before now."""
    return now - timedelta(seconds=past) + clock_error(chance)


def wiring(seat: Seat, folder: Path, gateway: tuple[str, int]) -> Wiring:
    """The machine's end of its line: a name in the folder, a port, or calls to the gateway."""
    match seat.via:
        case Via.PTY:
            return partial(_pty, folder / seat.machine)
        case Via.CALL:
            return partial(CallerEnd, *gateway)
        case Via.RAW:
            return partial(BoxEnd, "socket", (HERE, 0), wrapped=bare)
        case Via.TELNET:
            return partial(BoxEnd, "rfc2217", (HERE, 0), wrapped=partial(PortServer, baud=BAUD))


def _pty(path: Path, watch: selectors.BaseSelector, ears: Ears) -> PtyEnd:
    return PtyEnd(path, BAUD, watch, ears)


def link_for_gateway(seat: Seat, link: str) -> str:
    """Where the gateway has to look: whom machines call, it must listen for."""
    return link.replace("tcp://", "listen://", 1) if seat.via is Via.CALL else link


def lines_toml(seats: Sequence[Seat], links: Mapping[str, str]) -> str:
    """The file that a gateway reads."""
    return HEADER + "".join(_entry(seat, links[seat.machine]) for seat in seats)


def _entry(seat: Seat, link: str) -> str:
    rows: dict[str, object] = {
        "machine": seat.machine,
        "protocol": seat.protocol.name,
        "link": link_for_gateway(seat, link),
        "serial": seat.serial,
        "generation": "Demo",
    }
    if seat.baud:
        rows["baud"] = seat.baud
    # A JSON string or number is one of TOML too.
    said = (f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in rows.items())
    return "\n[[line]]\n" + "".join(said)
