"""Ending in time: a server that is told to stop waits for the answers that it has begun, and a
stream's answer would never be done."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)
Handler = Callable[[int, FrameType | None], Any]


@contextmanager
def told_to_end(close: Callable[[], None]) -> Iterator[None]:
    """While inside, `close` is called in the running loop as soon as the process is told to
    end; whatever was to happen then happens too. Only a process's main thread hears signals:
    in any other nothing is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in SIGNALS}
    for number, handler in before.items():
        if callable(handler):
            signal.signal(number, _both(loop, close, handler))
    try:
        yield
    finally:
        for number, handler in before.items():
            if callable(handler):
                signal.signal(number, handler)


def _both(loop: asyncio.AbstractEventLoop, close: Callable[[], None], then: Handler) -> Handler:
    def handle(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(close)
        then(number, frame)

    return handle
