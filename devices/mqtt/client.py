"""A connection to a broker that mends itself and never loses anything in silence.

What the broker confirms is confirmed from hop to hop and says nothing about a disk: whoever
must not lose a message keeps it until the other end says that it is stored. The client
therefore queues nothing: `publish` hands over now or returns False.
"""

from __future__ import annotations

import logging
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence

from paho.mqtt.client import Client as Paho
from paho.mqtt.client import MQTTMessage
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from devices.mqtt import library
from devices.mqtt.broker import Broker, BrokerRefusal
from devices.mqtt.flight import Flight
from devices.mqtt.message import Message, text_of
from devices.mqtt.sieve import Sieve, Taken

__all__ = ["Broker", "BrokerRefusal", "Client", "Message"]

WINDOW = 200
QUIET_CONNECTED = 3
"""Keepalives without a sign of life from our own network thread until it counts as dead."""
QUIET_CONNECTING = library.LONGEST_WAIT + library.EVICTED_WAIT
TAKEN_OVER = 0x8E
BRIEF, BRIEF_OFTEN = 3.0, 3
"""Seconds; and how often in a row a connection so brief makes us think of a second client
with our id: MQTT 3.1.1 does not say it."""

_log = logging.getLogger(__name__)


def _nothing() -> None:
    """For whoever does not care that the connection is up."""


def _unheard(reason: str) -> None:
    """For whoever does not care that it is down."""
    del reason


class Client:
    """One connection under one client id.

    `hear`, `up` and `down` are called on the network thread: they only put what they get into
    a queue. `hear` gets messages in their order, as many as came at once. `up` comes after the
    broker has confirmed the subscriptions, `down` once for each reason. `durable`: the broker
    keeps the session over our absence and a message counts as taken only after `acknowledge`.
    `complain` gets everything else that must not stay unseen.
    """

    def __init__(
        self,
        broker: Broker,
        client_id: str,
        *,
        hear: Callable[[Sequence[Message]], None],
        filters: tuple[str, ...] = (),
        will: Message | None = None,
        durable: bool = False,
        up: Callable[[], None] = _nothing,
        down: Callable[[str], None] = _unheard,
        complain: Callable[[str], None] = _log.warning,
        window: int = WINDOW,
        keepalive: int = library.KEEPALIVE,
    ) -> None:
        self._broker, self._id, self._filters = broker, client_id, filters
        self._will, self._durable, self._keepalive = will, durable, keepalive
        self._hear, self._rose, self._fell, self._complain = hear, up, down, complain
        self._flight = Flight(window)
        self._paho: Paho | None = None
        self._sieve: Sieve | None = None
        self._thread: threading.Thread | None = None
        self._watcher: threading.Thread | None = None
        self._stopping = threading.Event()
        self._up = False
        self._beat = self._since = time.monotonic()
        self._busy: float | None = None
        self._brief, self._reason = 0, ""

    def start(self) -> None:
        """Returns at once; connects, and connects again, on threads of its own. Raises OSError
        if a certificate cannot be read."""
        if self._watcher is not None:
            raise RuntimeError("started already")
        self._begin()
        self._watcher = threading.Thread(
            target=self._watch, name=f"mqtt-watch-{self._id}", daemon=True
        )
        self._watcher.start()

    def stop(self, seconds: float = 2.0) -> None:
        """Waits at most so long for what is in flight, publishes the will, since a clean
        goodbye keeps the broker from doing it, and disconnects."""
        if self._paho is None or self._stopping.is_set():
            return
        told = self._will is None or self.publish(self._will)
        told = self._flight.landed(seconds) and told
        self._stopping.set()
        if told or not self._broker.mqtt5:
            self._paho.disconnect()
        else:
            self._paho.disconnect(reasoncode=library.with_will())
        self._paho.loop_stop()
        self._up = False

    def publish(self, message: Message) -> bool:
        """Hands a message over; False if not connected or too much is in flight. True promises
        nothing more than that: it may still be lost with this process or the broker."""
        paho, flight = self._paho, self._flight
        if paho is None or not self._up or not flight.take_off():
            return False
        properties = library.publish_properties(self._broker, message)
        given = paho.publish(message.topic, message.payload, 1, message.retain, properties)
        if given.rc is MQTTErrorCode.MQTT_ERR_QUEUE_SIZE:
            flight.abandon()
            return False
        self._refused(message.topic, flight.under_way(given.mid, message.topic))
        return True

    def acknowledge(self, *messages: Message) -> None:
        """The messages are stored. One that came over an earlier connection is left alone: its
        number now means another message, and the broker sends it again anyway."""
        sieve = self._sieve
        tokens = [message.token for message in messages]
        mids = [token[1] for token in tokens if token is not None and token[0] is sieve]
        if mids and sieve is not None and self._paho is not None:
            sieve.acknowledge(mids[:-1])
            self._paho.ack(mids[-1], 1)  # which wakes the network thread

    @property
    def alive(self) -> bool:
        """The network thread lives, is not held up in `hear`, and traffic or an attempt to
        connect is recent. Says nothing about being connected: see `connected`."""
        now, quiet = time.monotonic(), QUIET_CONNECTED * self._keepalive
        if self._thread is not None and not self._thread.is_alive():
            return False
        if self._busy is not None and now - self._busy > quiet:
            return False
        return now - self._beat < (quiet if self._up else QUIET_CONNECTING)

    @property
    def connected(self) -> bool:
        """Connected, and subscribed to what was asked for."""
        return self._up

    @property
    def in_flight(self) -> int:
        """Handed over and not confirmed by the broker."""
        return self._flight.count

    def _begin(self) -> None:
        paho = library.built(
            self._broker,
            self._id,
            durable=self._durable,
            window=self._flight.most,
            overheard=self._overheard,
            between=self._between,
        )
        paho.on_pre_connect = self._on_attempt
        paho.on_connect, paho.on_connect_fail = self._on_connect, self._on_connect_fail
        paho.on_subscribe, paho.on_disconnect = self._on_subscribe, self._on_disconnect
        paho.on_message, paho.on_publish = self._on_message, self._on_publish
        paho.on_socket_unregister_write = self._on_written
        self._thread, self._beat, self._busy = None, time.monotonic(), None
        self._paho = paho
        library.connect(paho, self._broker, self._will, self._keepalive, durable=self._durable)

    def _between(self, opened: socket.socket) -> Sieve:
        takes = self._durable and not self._broker.mqtt5
        self._sieve = Sieve(opened, self._take if takes else None)
        return self._sieve

    def _watch(self) -> None:
        """Begins anew when the network thread has died: the library would go on saying that
        it is connected."""
        while not self._stopping.wait(1.0):
            if self._thread is None or self._thread.is_alive():
                continue
            self._fall("the network thread died")
            self._complain(f"{self._id}: the network thread died and is begun anew")
            self._flight.crash()
            self._begin()

    def _rise(self) -> None:
        self._reason, self._up = "", True
        self._rose()

    def _fall(self, reason: str) -> None:
        self._up = False
        if reason != self._reason:
            self._reason = reason
            self._fell(reason)

    def _refused(self, topic: str, reason: str) -> None:
        if reason:
            self._complain(f"{self._broker.address} does not take {topic}: {reason}")

    def _overheard(self, record: logging.LogRecord) -> bool:
        """What the library says of a lost connection is known from `down`."""
        said = record.getMessage()
        if not self._stopping.is_set() and not said.startswith("Client is not connected"):
            self._complain(f"{self._id}: {said}")
        return False

    def _on_attempt(self, _client: Paho, _userdata: object) -> None:
        self._thread, self._beat = threading.current_thread(), time.monotonic()

    def _on_written(self, *_: object) -> None:
        """At least a ping each few seconds: the library's loop goes round."""
        self._beat = time.monotonic()

    def _on_connect_fail(self, _client: Paho, _userdata: object) -> None:
        self._fall(str(sys.exc_info()[1] or "no connection"))

    def _on_connect(
        self,
        client: Paho,
        _userdata: object,
        _flags: object,
        reason: ReasonCode,
        properties: Properties | None,
    ) -> None:
        """Called for refusals too."""
        self._beat = self._since = time.monotonic()
        if reason.is_failure:
            self._fall(f"{self._broker.address} refuses: {reason}")
            return
        self._flight.narrow(getattr(properties, "ReceiveMaximum", self._flight.most))
        if self._filters:
            library.subscribe(client, self._broker, self._filters)
        else:
            self._rise()

    def _on_subscribe(
        self, _client: Paho, _userdata: object, _mid: int, reasons: list[ReasonCode], *_: object
    ) -> None:
        refused = [
            f"{one}: {reason}"
            for one, reason in zip(self._filters, reasons, strict=False)
            if reason.is_failure
        ]
        if refused:
            self._fall(f"{self._broker.address} refuses to send {', '.join(refused)}")
        else:
            self._rise()

    def _on_disconnect(
        self, client: Paho, _userdata: object, _flags: object, reason: ReasonCode, *_: object
    ) -> None:
        brief = self._up and time.monotonic() - self._since < BRIEF
        self._brief = self._brief + 1 if brief else 0
        evicted = reason.value == TAKEN_OVER or self._brief >= BRIEF_OFTEN
        wait = library.EVICTED_WAIT if evicted else library.FIRST_WAIT
        client.reconnect_delay_set(wait, library.LONGEST_WAIT)
        if evicted:
            self._complain(f"another client seems to have the id {self._id}: {reason}")
        if (self._up or not self._reason) and not self._stopping.is_set():
            self._fall(f"{self._broker.address}: {reason}")

    def _on_message(self, _client: Paho, _userdata: object, came: MQTTMessage) -> None:
        self._take([library.taken(came)])

    def _take(self, found: Sequence[Taken]) -> None:
        self._beat = self._busy = time.monotonic()
        try:
            self._hear([one for one in map(self._message, found) if one is not None])
        except Exception as error:  # whoever hears must not end the network thread
            self._complain(f"{self._id}: {error!r}")
        finally:
            self._busy = None

    def _message(self, found: Taken) -> Message | None:
        topic, mid, payload, retained = found
        try:
            return Message(text_of(topic), payload, retained, None, (self._sieve, mid))
        except UnicodeDecodeError:
            if mid and self._paho is not None:
                self._paho.ack(mid, 1)
            self._complain(f"{self._id}: a topic that is no text was dropped")
            return None

    def _on_publish(
        self, _client: Paho, _userdata: object, mid: int, reason: ReasonCode, *_: object
    ) -> None:
        self._beat = time.monotonic()
        topic = self._flight.land(mid, str(reason) if reason.is_failure else "")
        if topic:
            self._refused(topic, str(reason))
