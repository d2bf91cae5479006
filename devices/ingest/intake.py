"""Between the network thread and the writer: a bounded queue with a lane for events.

Messages gather at the socket, and here while the writer is busy: a commit costs as much for one of
them as for a hundred.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from datetime import datetime

from devices.mqtt.message import Message

CAPACITY = 2_500
MOST = 1_500
"""Messages that wait, and of one batch."""

Heard = tuple[Message, datetime]
"""A message and when it came."""


class Intake:
    """Two lanes under one bound. State over time, shared by two threads."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._events: deque[Heard] = deque()
        self._others: deque[Heard] = deque()
        self._changed = threading.Condition()
        self._idle = False
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
            if self._idle:
                self._changed.notify_all()
            return True

    def take(self, idle: float) -> list[Heard]:
        """The next batch, events first; empty if nothing came for `idle` seconds."""
        with self._changed:
            if not len(self) and not self._closed:
                self._idle = True
                self._changed.wait_for(lambda: bool(len(self)) or self._closed, idle)
                self._idle = False
            batch = [self._events.popleft() for _ in range(min(len(self._events), MOST))]
            rest = min(len(self._others), MOST - len(batch))
            batch += [self._others.popleft() for _ in range(rest)]
            if len(self) + len(batch) >= self._capacity:
                self._changed.notify_all()
            return batch

    def close(self) -> None:
        """Nothing more is taken in; what is there can still be taken out."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _has_room(self) -> bool:
        return self._closed or len(self) < self._capacity
