"""A gateway as a process of its own, to be killed: `gateway_process.py FOLDER BOOT`. Prints the
port that machines call; nobody ever confirms that anything is stored."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from devices.gateway.gateway import Gateway, Identity
from devices.gateway.lines import read_lines
from devices.gateway.spool import Spool
from tests.devices.gateway.world import PUSHED, Connection

LINE = '[[line]]\nmachine = "A"\nprotocol = "pushed"\nlink = "listen://127.0.0.1:0"\n'


def main(folder: Path, boot: str) -> None:
    """Until killed."""
    gateway = Gateway(
        Identity("c", "gw", boot),
        read_lines(LINE, {"pushed": PUSHED}),
        Spool(folder / "s.db"),
        Connection,
    )
    gateway.start()
    while not gateway.halls[0].port:
        time.sleep(0.005)
    print(gateway.halls[0].port, flush=True)
    while True:
        time.sleep(60)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
