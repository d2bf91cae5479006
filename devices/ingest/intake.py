"""Between the network thread and the writer: a bounded queue with a lane for events.

The writer is woken when there is something to do, not for every message; a short wait lets a
batch gather, as a commit costs as much for one message as for a hundred.
"""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime
from typing import NamedTuple

from devices.mqtt.message import Message

CAPACITY = 2_000
MOST = 500
QUIET = 0.015
"""Seconds without anything new after which a batch is taken."""
FEW, LINGER, LONGEST = 20, 0.06, 0.15
"""Seconds that a batch gathers at most, and with more than a few messages: they come from so many
machines that the price of a commit matters more."""


class Heard(NamedTuple):
    """A message and when it came."""

    message: Message
    received: datetime


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

    def put(self, heard: Heard, patience: float) -> bool:
        """False if there is no room for so many seconds, or nobody takes any more."""
        urgent = heard.message.topic.endswith("/event")
        with self._changed:
            if not self._has_room() and not self._changed.wait_for(self._has_room, patience):
                return False
            if self._closed:
                return False
            (self._events if urgent else self._others).append(heard)
            if self._idle or urgent or len(self) >= MOST:
                self._changed.notify_all()
            return True

    def take(self, idle: float) -> list[Heard]:
        """The next batch, events first; empty if nothing came for `idle` seconds."""
        with self._changed:
            if not len(self) and not self._closed:
                self._idle = True
                self._changed.wait_for(lambda: bool(len(self)) or self._closed, idle)
                self._idle = False
            self._gather()
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

    def _gather(self) -> None:
        """Waits while messages keep coming, a little."""
        waited, before = 0.0, 0
        while before < len(self) < MOST and not self._events and not self._closed:
            if waited >= (LINGER if len(self) < FEW else LONGEST):
                return
            before = len(self)
            self._changed.wait(QUIET)
            waited += QUIET

    def _has_room(self) -> bool:
        return self._closed or len(self) < self._capacity
