"""Questions that take many seconds, worked at beside the screen so that it stays at hand.

Nothing is stored; a server that ends forgets the question.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from time import monotonic
from typing import Generic

from dashboard.planning.aside import Answer, Broken, Work, aside
from scheduler.planner import Onlooker

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Thought(Generic[Answer]):
    """A question under way or answered. `key` says what it was asked about."""

    key: tuple[object, ...]
    work: Work[Answer]
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
        """True if it ended without an answer: stopped before its turn, or a fault that the log
        tells."""
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
        try:
            self.answer = aside(self.work, self.onlooker)
        except (Broken, ValueError) as broken:
            _log.error("there is no answer: %s", broken)
