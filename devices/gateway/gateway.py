"""A gateway: many lines, one spool, one connection. Wires the parts; decides nothing itself."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from devices.gateway.announcer import Announcer, Publisher
from devices.gateway.belief import Speaker
from devices.gateway.clock import Clock
from devices.gateway.desk import Desk
from devices.gateway.hall import Hall
from devices.gateway.keeper import LIMIT, Keeper
from devices.gateway.lines import LineSetting
from devices.gateway.port import Open, Port
from devices.gateway.remembered import recalled
from devices.gateway.spool import Spool
from devices.links.link import Way
from devices.links.serial_link import open_serial
from devices.mqtt.message import Message
from devices.wire.topics import stored

JOIN = 3.0
"""Seconds that a line gets to close its port."""

_log = logging.getLogger(__name__)


class Connection(Publisher, Protocol):
    """The MQTT client as it is needed here."""

    def start(self) -> None:
        """Begins to connect, and goes on trying."""
        ...

    def stop(self) -> None:
        """Says goodbye."""
        ...


@dataclass(frozen=True, slots=True)
class Ears:
    """What a connection calls on its own thread, what it listens to, and its will."""

    client_id: str
    filters: tuple[str, ...]
    will: Message
    hear: Callable[[Sequence[Message]], None]
    up: Callable[[], None]
    down: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Identity:
    """What a gateway is called; `boot` is made anew, at random, at each start."""

    center: str
    gateway: str
    boot: str
    version: str = ""


Connect = Callable[[Ears], Connection]


class Gateway:
    """Made stopped. `start` it once, `stop` it once."""

    def __init__(
        self,
        identity: Identity,
        settings: Sequence[LineSetting],
        spool: Spool,
        connect: Connect,
        *,
        clock: Clock | None = None,
        open_link: Open = open_serial,
        limit: int = LIMIT,
    ) -> None:
        self._clock = clock or Clock()
        self._spool = spool
        center, name = identity.center, identity.gateway
        announcer = Announcer(center, name, identity.boot, identity.version, self._clock)
        self.keeper = Keeper(identity.boot, spool, announcer, self._clock, limit)
        self.desks = tuple(self._desk(identity, setting) for setting in settings)
        for desk in self.desks:
            announcer.join(desk)
        ears = Ears(
            f"{center}-{name}",
            (stored(center, name),),
            announcer.will,
            self._hear,
            self.keeper.up,
            self.keeper.down,
        )
        self._connection = connect(ears)
        announcer.attach(self._connection)
        ports = tuple(Port(desk, open_link) for desk in self.desks if not _called(desk))
        self.halls = tuple(Hall(desks) for desks in _by_port(self.desks))
        self._threads: tuple[Port | Hall, ...] = (*ports, *self.halls)

    def start(self) -> None:
        """Everything begins; nothing is waited for."""
        self.keeper.start()
        self._connection.start()
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Closes the lines, keeps what they brought, says goodbye."""
        for thread in self._threads:
            thread.stop()
        for thread in self._threads:
            thread.join(JOIN)
        self.keeper.stop()
        self._connection.stop()
        self._spool.close()

    @property
    def alive(self) -> bool:
        """False if one of our threads has ended by a fault of ours: better begun anew."""
        lines = all(thread.alive for thread in self._threads)
        return lines and self.keeper.alive

    def _hear(self, messages: Sequence[Message]) -> None:
        for message in messages:
            self.keeper.heard(message.payload)

    def _desk(self, identity: Identity, setting: LineSetting) -> Desk:
        speaker = Speaker(
            setting.machine,
            identity.gateway,
            identity.boot,
            setting.protocol.name,
            setting.generation,
        )
        memory = recalled(self._spool.memory(setting.machine))
        return Desk(setting, speaker, self.keeper, self._clock, memory, identity.version)


def _called(desk: Desk) -> bool:
    return desk.setting.there.way is Way.LISTEN


def _by_port(desks: Sequence[Desk]) -> list[list[Desk]]:
    called = sorted((desk for desk in desks if _called(desk)), key=_place)
    return [list(group) for _, group in groupby(called, key=_place)]


def _place(desk: Desk) -> str:
    return desk.setting.link
