"""One end of an MQTT conversation in a test: what it heard, with waits that have a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from devices.mqtt.broker import Broker
from devices.mqtt.client import Client, Message

SECONDS = 15.0


def until(condition: Callable[[], bool], what: str, seconds: float = SECONDS) -> None:
    """Waits for a condition; fails with what was waited for."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain for: {what}"
        time.sleep(0.005)


class Ear:
    """A client and everything that its callbacks were told."""

    def __init__(
        self,
        broker: Broker,
        client_id: str,
        *filters: str,
        durable: bool = False,
        will: Message | None = None,
        window: int = 200,
        keepalive: int = 5,
    ) -> None:
        self.messages: list[Message] = []
        self.downs: list[str] = []
        self.complaints: list[str] = []
        self.ups = 0
        self.client = Client(
            broker,
            client_id,
            hear=self.hear,
            filters=filters,
            will=will,
            durable=durable,
            up=self._up,
            down=self.downs.append,
            complain=self.complaints.append,
            window=window,
            keepalive=keepalive,
        )

    def hear(self, messages: Sequence[Message]) -> None:
        self.messages.extend(messages)

    def _up(self) -> None:
        self.ups += 1

    @property
    def payloads(self) -> list[bytes]:
        return [message.payload for message in self.messages]

    def say(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        until(lambda: self.client.publish(Message(topic, payload, retain)), f"{topic} handed over")

    def __enter__(self) -> Ear:
        self.client.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.client.stop()


def connected(ear: Ear) -> Ear:
    until(lambda: ear.client.connected, f"a connection; down because of {ear.downs}")
    return ear
