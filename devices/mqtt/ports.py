"""Ports of this computer."""

from __future__ import annotations

import socket
from random import SystemRandom

HERE = "127.0.0.1"
FROM, BELOW = 20_000, 32_000
"""Under the ports that outgoing connections are given, so that none of them takes ours between
the choice and the listening."""


def free_port() -> int:
    """A port that nothing listens on now. Raises OSError if none is found."""
    for _ in range(100):
        port = SystemRandom().randrange(FROM, BELOW)
        with socket.socket() as probe:
            if probe.connect_ex((HERE, port)) != 0:
                return port
    raise OSError("no free port")


def listens(port: int) -> bool:
    """Whether something on this computer accepts connections at the port."""
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((HERE, port)) == 0
