"""Being asked to end: by Ctrl-C, by a program that supervises us, or by a terminal that is gone."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_ASKING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def asked_to_end() -> Iterator[threading.Event]:
    """Set once somebody asks; nothing is interrupted in its middle meanwhile."""
    ended = threading.Event()
    before = {number: signal.signal(number, lambda *_: ended.set()) for number in _ASKING}
    try:
        yield ended
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
