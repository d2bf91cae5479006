"""A broker inside our own process, for a demo and a small center without mosquitto.

It speaks MQTT 3.1.1 only, listens on this computer only, knows no users and keeps nothing when
it stops. Nothing is lost by that: gateways keep what is not confirmed stored.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from types import TracebackType

from amqtt.broker import Broker as Amqtt
from amqtt.contexts import BrokerConfig, ListenerConfig
from amqtt.errors import BrokerError

from devices.mqtt.broker import BrokerRefusal
from devices.mqtt.ports import HERE, free_port
from domain.words import words

SECONDS = 10.0
"""To start or to stop."""


class EmbeddedBroker:
    """Runs from `with` to the end of its block, on a thread and an event loop of its own.
    Port 0 takes a free one; see `port`. Raises BrokerRefusal if the port is taken."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="embedded-broker", daemon=True)
        self._broker: Amqtt | None = None

    @property
    def url(self) -> str:
        """What `Broker.of` takes."""
        return f"embedded://{HERE}:{self.port}"

    def __enter__(self) -> EmbeddedBroker:
        logging.getLogger("amqtt").setLevel(logging.ERROR)
        logging.getLogger("transitions").setLevel(logging.ERROR)
        self.port = self.port or free_port()
        self._thread.start()
        begun = asyncio.run_coroutine_threadsafe(self._start(), self._loop)
        try:
            begun.result(SECONDS)
        except BrokerError as error:
            self._end()
            raise BrokerRefusal(
                words(
                    "The embedded broker cannot listen on port {port}: {reason}",
                    port=self.port,
                    reason=str(error),
                )
            ) from None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._broker is not None:
            ended = asyncio.run_coroutine_threadsafe(self._broker.shutdown(), self._loop)
            ended.result(SECONDS)
        self._end()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _start(self) -> None:
        listener = ListenerConfig(bind=f"{HERE}:{self.port}")
        anyone = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
        broker = Amqtt(BrokerConfig(listeners={"default": listener}, plugins=anyone))
        await broker.start()
        self._broker = broker

    def _end(self) -> None:
        """Ends what the broker left running, then the loop and its thread."""
        asyncio.run_coroutine_threadsafe(_cancel_the_rest(), self._loop).result(SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(SECONDS)
        self._loop.close()


async def _cancel_the_rest() -> None:
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)
