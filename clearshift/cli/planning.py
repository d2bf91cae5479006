"""The search as a worker beside the program: it tells how it goes, and Ctrl-C ends it early.

The first Ctrl-C asks the search for its best plan so far; a second one leaves at once.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from queue import Empty, SimpleQueue
from time import monotonic
from types import FrameType
from typing import Protocol, TypeVar

from domain.problem import Problem
from scheduler.effort import Effort
from scheduler.planner import Onlooker, Planned, Progress, make_plan

Found = TypeVar("Found")

_TICK = 0.1
_INTERRUPTED = 130


class Board(Protocol):
    """Where the search's progress is shown."""

    def show(self, progress: Progress) -> None:
        """Something has changed."""

    def tick(self, seconds: float) -> None:
        """Time has passed since the search began, in seconds."""

    def stopping(self) -> None:
        """Somebody asked for the best plan so far."""

    def leave(self) -> None:
        """The program ends at once."""


def search_plan(problem: Problem, effort: Effort, board: Board) -> Planned:
    """The best plan within the effort, or so far when Ctrl-C is pressed. A second Ctrl-C ends
    the process without a plan."""
    return searched(partial(make_plan, problem, effort), board)


def searched(search: Callable[[Onlooker], Found], board: Board) -> Found:
    """What any search finds that tells an onlooker how it goes, with Ctrl-C as above."""
    told: SimpleQueue[Progress] = SimpleQueue()
    onlooker = Onlooker(monotonic, tell=told.put)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="planner") as pool:
        try:
            with _on_interrupt(onlooker.stop.interrupt):
                running = pool.submit(search, onlooker)
                _look_on(running, told, onlooker, board)
        except KeyboardInterrupt:
            board.leave()
            os._exit(_INTERRUPTED)  # the solver would first want to finish its turn
        finally:
            onlooker.stop.interrupt()  # whatever happened, nobody waits for this search any more
        return running.result()


def _look_on(
    running: Future[Found], told: SimpleQueue[Progress], onlooker: Onlooker, board: Board
) -> None:
    began = monotonic()
    stopping = False
    while not running.done() or not told.empty():
        if onlooker.stop.interrupted and not stopping:
            stopping = True
            board.stopping()
        try:
            board.show(told.get(timeout=_TICK))
        except Empty:
            board.tick(monotonic() - began)


@contextmanager
def _on_interrupt(first: Callable[[], None]) -> Iterator[None]:
    """Calls `first` at the first Ctrl-C; the second one raises KeyboardInterrupt as usual."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def handle(_signal: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        first()

    before = signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
