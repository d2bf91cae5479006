"""What a link is to the rest of the device layer, and how it is written in `lines.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit


class LinkLost(Exception):
    """The link cannot be opened, or is gone; says why. Open another one after a while."""


class Link(Protocol):
    """An open way to a machine, used by one thread."""

    def read(self, seconds: float) -> bytes:
        """What has arrived, waiting at most so long for the first byte; empty if nothing has.
        A silent machine is not an error. Raises LinkLost."""
        ...

    def write(self, data: bytes) -> None:
        """Hands bytes over; that this returns does not say that anybody got them. Raises
        LinkLost."""
        ...

    def close(self) -> None:
        """Lets go of it; never fails."""
        ...


class Parity(StrEnum):
    """The parity bit of a serial line."""

    NONE = "none"
    EVEN = "even"
    ODD = "odd"
    MARK = "mark"
    SPACE = "space"


class Handshake(StrEnum):
    """How the ends of a serial line stop each other."""

    NONE = "none"
    SOFTWARE = "xonxoff"
    HARDWARE = "rtscts"


@dataclass(frozen=True, slots=True)
class Wire:
    """How a serial line is set; a network link of raw bytes has no use for it."""

    baud: int = 9600
    bits: int = 8
    parity: Parity = Parity.NONE
    stop: float = 1
    handshake: Handshake = Handshake.NONE


class Way(StrEnum):
    """How a link is reached."""

    PORT = "port"
    RAW = "socket"
    TELNET = "rfc2217"
    LISTEN = "listen"


@dataclass(frozen=True, slots=True)
class Address:
    """A link taken apart: a device file, or host and port."""

    way: Way
    device: str = ""
    host: str = ""
    port: int = 0


def address(link: str) -> Address | None:
    """`/dev/serial/by-id/...`, `socket://host:port`, `rfc2217://host:port` or
    `listen://host:port`; `None` for anything else."""
    if link.startswith("/"):
        return Address(Way.PORT, device=link)
    parts = urlsplit(link)
    try:
        port = parts.port or 0
    except ValueError:
        return None
    ways = {Way.RAW: Way.RAW, Way.TELNET: Way.TELNET, Way.LISTEN: Way.LISTEN}
    way = ways.get(Way(parts.scheme)) if parts.scheme in set(Way) else None
    rest = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    free = way is Way.LISTEN and ":0" in parts.netloc
    if way is None or rest or not parts.hostname or not (port or free):
        return None
    return Address(way, host=parts.hostname, port=port)
