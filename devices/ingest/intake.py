"""Between the network thread and the writer: a bounded queue with a lane for events.

Messages gather at the socket, and here while the writer is busy or has just taken many: a commit
costs as much for one of them as for a hundred.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from datetime import datetime
from time import monotonic

from devices.mqtt.message import Message

CAPACITY = 2_500
MOST = 1_500
"""Messages that wait, and of one batch."""
MANY, APART = 250, 0.2
"""Messages of a batch after which the next one is taken no sooner than so many seconds later,
unless it is full by then."""

Heard = tuple[Message, datetime]
"""A message and when it came."""


class Intake:
    """Two lanes under one bound. State over time, shared by two threads."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._events: deque[Heard] = deque()
        self._others: deque[Heard] = deque()
        self._changed = threading.Condition()
        self._wanted = CAPACITY
        self._next = float("-inf")
        self._closed = False

    def __len__(self) -> int:
        return len(self._events) + len(self._others)

    def put(self, heard: Sequence[Heard], patience: float) -> bool:
        """All that came at once, though it may be a little more than there is room for. False if
        there is no room at all for so many seconds, or nobody takes any more."""
        with self._changed:
            if not self._has_room() and not self._changed.wait_for(self._has_room, patience):
                return False
            if self._closed:
                return False
            for one in heard:
                urgent = one[0].topic.endswith("/event")
                (self._events if urgent else self._others).append(one)
            if len(self) >= self._wanted:
                self._changed.notify_all()
            return True

    def take(self, idle: float) -> list[Heard]:
        """The next batch, events first; empty if nothing came for `idle` seconds."""
        with self._changed:
            self._wait(1, idle)
            if len(self):
                self._wait(MOST, self._next - monotonic())
            batch = [self._events.popleft() for _ in range(min(len(self._events), MOST))]
            rest = min(len(self._others), MOST - len(batch))
            batch += [self._others.popleft() for _ in range(rest)]
            if len(self) + len(batch) >= self._capacity:
                self._changed.notify_all()
            self._next = monotonic() + APART if len(batch) >= MANY else float("-inf")
            return batch

    def close(self) -> None:
        """Nothing more is taken in; what is there can still be taken out."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _wait(self, wanted: int, seconds: float) -> None:
        """Until so many messages are there."""
        self._wanted = wanted
        self._changed.wait_for(lambda: self._closed or len(self) >= wanted, max(0.0, seconds))
        self._wanted = CAPACITY

    def _has_room(self) -> bool:
        return self._closed or len(self) < self._capacity
