"""What has been handed to the broker and not been confirmed: bounded, and counted by us."""

from __future__ import annotations

import threading


class Flight:
    """Places in the air. A confirmation may come before `publish` has returned, on the other
    thread; both sides therefore leave a note for the other. No lock is held over a call of the
    library, whose own locks would otherwise be taken in two orders."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._now = most
        self._count = 0
        self._topics: dict[int, str] = {}
        self._early: dict[int, str] = {}
        self._changed = threading.Condition()

    @property
    def count(self) -> int:
        """Handed over and not confirmed."""
        return self._count

    def narrow(self, broker_takes: int) -> None:
        """A broker that takes fewer at once hangs up on whoever sends more."""
        with self._changed:
            self._now = min(self.most, broker_takes)

    def take_off(self) -> bool:
        """Takes a place; False if there is none."""
        with self._changed:
            if self._count >= self._now:
                return False
            self._count += 1
            return True

    def abandon(self) -> None:
        """Gives a place back that nothing was sent in."""
        with self._changed:
            self._count -= 1
            self._changed.notify_all()

    def under_way(self, mid: int, topic: str) -> str:
        """The number given to a message. Returns why the broker has refused it meanwhile, or
        an empty text."""
        with self._changed:
            early = self._early.pop(mid, None)
            if early is None:
                self._topics[mid] = topic
            return early or ""

    def land(self, mid: int, refusal: str) -> str:
        """The broker's answer has come. Returns the topic if it was a refusal of a message
        known by now; one not known yet is told by `under_way`."""
        with self._changed:
            topic = self._topics.pop(mid, None)
            if topic is None:
                self._early[mid] = refusal
            self._count -= 1
            self._changed.notify_all()
            return topic if topic is not None and refusal else ""

    def landed(self, seconds: float) -> bool:
        """Waits until nothing is in flight, at most so long; whether that is so."""
        with self._changed:
            return self._changed.wait_for(lambda: self._count <= 0, seconds)

    def crash(self) -> None:
        """Everything in flight is forgotten, since the client that held it is gone."""
        with self._changed:
            self._count = 0
            self._topics.clear()
            self._early.clear()
            self._changed.notify_all()
