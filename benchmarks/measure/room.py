"""Machines at the far end of pseudo-terminals, for the measurement of a gateway:
`python -m benchmarks.measure.room FOLDER COUNT BAUD`.

Each answers a poll with a whole frame of a treatment, at the speed of its line: in pieces, as
a serial adapter hands them over. Prints a line when the links in the folder can be opened.
"""

from __future__ import annotations

import heapq
import os
import selectors
import sys
import time
import tty
from pathlib import Path

from benchmarks.measure.publisher import machines
from devices.protocols.jsdt3.examples import FULL

PIECE = 0.016
"""Seconds after which an adapter hands over what it has."""
BITS = 10
"""Of a byte on the line: start, eight, stop."""


def main(folder: Path, count: int, baud: int) -> None:
    """Until its input ends."""
    chosen = selectors.DefaultSelector()
    for name in machines(count):
        ours, theirs = os.openpty()
        tty.setraw(theirs)
        os.set_blocking(ours, False)
        (folder / name).symlink_to(os.ttyname(theirs))
        chosen.register(ours, selectors.EVENT_READ)
    chosen.register(sys.stdin, selectors.EVENT_READ)
    print("ready", flush=True)
    due: list[tuple[float, int, bytes]] = []
    while True:
        wait = max(0.0, due[0][0] - time.monotonic()) if due else None
        for key, _ in chosen.select(wait):
            if key.fileobj is sys.stdin:
                return
            if b"K" in os.read(key.fd, 4096):
                _answer(due, key.fd, baud)
        while due and due[0][0] <= time.monotonic():
            _, line, piece = heapq.heappop(due)
            os.write(line, piece)


def _answer(due: list[tuple[float, int, bytes]], line: int, baud: int) -> None:
    """A frame, piece by piece, when each would have come."""
    now, size = time.monotonic(), max(1, int(PIECE * baud / BITS))
    for place in range(0, len(FULL.raw), size):
        piece = FULL.raw[place : place + size]
        heapq.heappush(due, (now + (place + len(piece)) * BITS / baud, line, piece))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
