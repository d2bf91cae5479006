"""A message as the rest of the device layer sees it."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Message(NamedTuple):
    """Bytes on a topic, always at QoS 1. `expiry` in seconds, after which a broker may drop it
    (MQTT 5 only). `token` is the client's own mark on what it received; hand the message back
    unchanged to `Client.acknowledge`."""

    topic: str
    payload: bytes
    retain: bool = False
    expiry: int | None = None
    token: tuple[object, int] | None = None


@lru_cache(maxsize=4096)
def text_of(topic: bytes) -> str:
    """The same text for the same topic: there are few, and they are looked up by."""
    return topic.decode()
