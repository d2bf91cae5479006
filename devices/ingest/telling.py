"""Telling each gateway up to where it may forget: after the commit, and not more often than
it helps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from devices.mqtt.message import Message
from devices.wire import topics
from devices.wire.states import encode_stored
from domain.telemetry import Arrival, Quarantined, Watermark

PAUSE, MANY = 0.25, 200
"""Seconds between two words while messages keep coming, unless so many have been settled: a gateway
sends only so many ahead of our word."""
AT_ONCE = 150
EXPIRY = 60
"""Seconds after which a word is no longer worth delivering: it is repeated anyway."""


class Publisher(Protocol):
    """What a client does for us here."""

    def publish(self, message: Message) -> bool:
        """False: not handed over, try again later."""
        ...


class Teller:
    """State over time: what each gateway has not been told yet."""

    def __init__(self, center: str) -> None:
        self._center = center
        self._news: dict[str, dict[tuple[str, str], Watermark]] = {}
        self._told, self._count = float("-inf"), 0

    def learn(
        self,
        watermarks: Iterable[Watermark],
        arrivals: Sequence[Arrival],
        quarantined: Sequence[Quarantined],
    ) -> None:
        """What a batch settled, and whose it was."""
        self._count += len(arrivals) + len(quarantined)
        owners = {one.entry.key[:2]: one.entry.origin.gateway for one in arrivals}
        owners |= {one.key[:2]: one.gateway for one in quarantined if one.key}
        for mark in watermarks:
            pair = (mark.machine, mark.boot)
            self._news.setdefault(owners[pair], {})[pair] = mark

    def tell(self, publisher: Publisher, now: float, *, at_once: bool) -> None:
        """Says what there is to say; what cannot be handed over is kept for the next time."""
        due = at_once or self._count >= MANY or now - self._told >= PAUSE
        if not self._news or not due:
            return
        self._told, self._count = now, 0
        for gateway in list(self._news):
            news = self._news[gateway]
            for part in _parts(list(news)):
                payload = encode_stored(tuple(news[pair] for pair in part))
                topic = topics.stored(self._center, gateway)
                if not publisher.publish(Message(topic, payload, expiry=EXPIRY)):
                    return
                for pair in part:
                    del news[pair]
            del self._news[gateway]


def _parts(pairs: list[tuple[str, str]]) -> Iterable[list[tuple[str, str]]]:
    return (pairs[at : at + AT_ONCE] for at in range(0, len(pairs), AT_ONCE))
