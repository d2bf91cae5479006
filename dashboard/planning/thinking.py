"""Questions that take many seconds, worked at beside the screen so that it stays at hand.

One at a time in the whole process: a second one waits, and the live board keeps its share of
the machine. Nothing is stored; a server that ends forgets the question.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic, TypeVar

from scheduler.planner import Onlooker

Answer = TypeVar("Answer")
_ONE = threading.Lock()


@dataclass(slots=True)
class Thought(Generic[Answer]):
    """A question under way or answered. `key` says what it was asked about."""

    key: tuple[object, ...]
    work: Callable[[Onlooker], Answer]
    onlooker: Onlooker = field(default_factory=lambda: Onlooker(monotonic))
    answer: Answer | None = None
    began: float = field(default_factory=monotonic)
    _thread: threading.Thread | None = None

    @property
    def open(self) -> bool:
        """True while it is worked at, or waits for its turn."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def failed(self) -> bool:
        """True if it ended without an answer: stopped before its turn, or a fault of ours that
        the log tells."""
        return not self.open and self.answer is None

    @property
    def seconds(self) -> int:
        """Since it was asked."""
        return int(monotonic() - self.began)

    def begin(self) -> Thought[Answer]:
        """Set to work. A daemon, so that a server that ends does not wait for an answer."""
        self._thread = threading.Thread(target=self._think, name="what-if", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Answer with what is known so far."""
        self.onlooker.stop.interrupt()

    def _think(self) -> None:
        with _ONE:
            if not self.onlooker.stop.interrupted:
                self.answer = self.work(self.onlooker)
