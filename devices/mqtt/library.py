"""How a client of the MQTT library is set up, away from what we do with it.

Each line here answers a default that loses data silently: the library's queue has no end, its
first connection throws the session away, and an exception in a callback ends its thread.
"""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from paho.mqtt.client import Client as Paho
from paho.mqtt.client import MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode
from paho.mqtt.subscribeoptions import SubscribeOptions

from devices.mqtt.broker import Broker
from devices.mqtt.message import Message
from devices.mqtt.sieve import Sieve, Taken

if TYPE_CHECKING:
    from paho.mqtt.client import SocketLike

KEEPALIVE = 5
"""Seconds; a half-open connection is found in a little more than twice that."""
SESSION_KEPT = 86_400
"""Seconds that a broker keeps a durable session without us."""
WILL_DELAY = 5
"""Seconds before a broker speaks our will, so that a reconnection does not flap."""
FIRST_WAIT, LONGEST_WAIT, EVICTED_WAIT = 1, 30, 10
"""Seconds between attempts to connect, doubling; and after another took our client id, so that
two with one name do not throw each other out as fast as they can."""


class _Packed(Properties):
    """Properties that are bytes already: to make them again for every message is a quarter of
    the price of sending it."""

    def __init__(self, packed: bytes) -> None:
        super().__init__(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]  # the library leaves it bare
        object.__setattr__(self, "_bytes", packed)

    def pack(self) -> bytes:
        """What the library asks of them."""
        packed: bytes = object.__getattribute__(self, "_bytes")
        return packed


class _Behind(Paho):
    """The library's client with something between it and its socket, which it offers no way to
    put there: inheriting one method of it, and if that is not called any more, all is slower."""

    between: Callable[[socket.socket], Sieve]

    def _create_socket(self) -> SocketLike:
        made = super()._create_socket()
        if not isinstance(made, socket.socket):
            return made
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # small messages leave at once
        return self.between(made)


def built(
    broker: Broker,
    client_id: str,
    *,
    durable: bool,
    window: int,
    overheard: Callable[[logging.LogRecord], bool],
    between: Callable[[socket.socket], Sieve],
) -> Paho:
    """A client that is not connected yet. `overheard` gets what the library complains of,
    `between` every socket that it opens."""
    made = _Behind(
        CallbackAPIVersion.VERSION2,
        client_id,
        clean_session=None if broker.mqtt5 else not _kept(broker, durable=durable),
        protocol=MQTTProtocolVersion.MQTTv5 if broker.mqtt5 else MQTTProtocolVersion.MQTTv311,
        manual_ack=durable,
    )
    made.between = between
    made.suppress_exceptions = True
    ear = logging.Logger("paho", logging.ERROR)
    ear.addFilter(overheard)
    made.enable_logger(ear)
    made.max_inflight_messages_set(window)
    made.max_queued_messages_set(window)
    made.reconnect_delay_set(FIRST_WAIT, LONGEST_WAIT)
    if broker.user:
        made.username_pw_set(broker.user, broker.password or None)
    if broker.tls:
        made.tls_set_context(tls(broker))
    return made


def connect(
    made: Paho, broker: Broker, will: Message | None, keepalive: int, *, durable: bool
) -> None:
    """Begins to connect, in the thread that the library starts. With a will the session
    outlives the connection by a little, or the will could not wait."""
    if will is not None:
        made.will_set(will.topic, will.payload, 1, will.retain, _will_properties(broker))
    if not broker.mqtt5:
        made.connect_async(broker.host, broker.port, keepalive)
    else:
        kept = _properties(PacketTypes.CONNECT)
        kept.SessionExpiryInterval = SESSION_KEPT if durable else 2 * WILL_DELAY
        clean = not durable and will is None
        made.connect_async(broker.host, broker.port, keepalive, clean_start=clean, properties=kept)
    made.loop_start()


def _kept(broker: Broker, *, durable: bool) -> bool:
    """Whether an MQTT 3.1.1 session outlives its connection. The embedded broker gives back
    foreign messages for kept ones, so nothing is asked of it: gateways send again."""
    return durable and not broker.embedded


def tls(broker: Broker) -> ssl.SSLContext:
    """Only a broker whose certificate our authority signed, for the name we called. Raises
    OSError if a file is missing or no certificate."""
    context = ssl.create_default_context(cafile=broker.authority or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if broker.certificate:
        context.load_cert_chain(broker.certificate, broker.private_key)
    return context


def _will_properties(broker: Broker) -> Properties | None:
    if not broker.mqtt5:
        return None
    delayed = _properties(PacketTypes.WILLMESSAGE)
    delayed.WillDelayInterval = WILL_DELAY
    return delayed


def publish_properties(broker: Broker, message: Message) -> Properties | None:
    """The expiry of a message, where the broker knows of such."""
    return None if message.expiry is None or not broker.mqtt5 else _expiring(message.expiry)


@lru_cache(maxsize=16)
def _expiring(seconds: int) -> Properties:
    """Made once: the library only reads them."""
    expiring = _properties(PacketTypes.PUBLISH)
    expiring.MessageExpiryInterval = seconds
    return _Packed(expiring.pack())  # type: ignore[no-untyped-call]  # the library leaves it bare


def subscribe(made: Paho, broker: Broker, filters: tuple[str, ...]) -> None:
    """Asks for all filters at QoS 1 in one packet."""
    if broker.mqtt5:
        made.subscribe([(one, SubscribeOptions(qos=1)) for one in filters])
    else:
        made.subscribe([(one, 1) for one in filters])


def with_will() -> ReasonCode:
    """The goodbye after which a broker still speaks our will."""
    return ReasonCode(PacketTypes.DISCONNECT, identifier=0x04)


def taken(came: MQTTMessage) -> Taken:
    """What the library heard. Of a topic that is no text it does not give the bytes."""
    try:
        topic = came.topic.encode()
    except UnicodeDecodeError:
        topic = b"\xff"
    return topic, came.mid, bytes(came.payload), came.retain


def _properties(packet: int) -> Properties:
    return Properties(packet)  # type: ignore[no-untyped-call]  # the library leaves it bare
