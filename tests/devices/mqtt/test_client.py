"""The client on both real brokers: what holds for MQTT 5 to mosquitto and 3.1.1 to amqtt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from devices.mqtt.broker import Broker
from devices.mqtt.client import Message
from devices.mqtt.embedded import EmbeddedBroker
from devices.mqtt.mosquitto_process import Mosquitto
from tests.devices.mqtt.ear import Ear, connected, until


@pytest.fixture(params=["mosquitto", "mosquitto, 3.1.1", "embedded"])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Broker]:
    if request.param == "embedded":
        with EmbeddedBroker() as running:
            yield Broker.of(running.url)
        return
    older = "?version=3.1.1" if request.param.endswith("3.1.1") else ""
    with Mosquitto(tmp_path) as process:
        yield Broker.of(process.url + older)


def test_what_is_published_is_heard_in_order_and_as_it_was(broker: Broker) -> None:
    with Ear(broker, "ear", "a/+") as ear, Ear(broker, "mouth") as mouth:
        connected(ear)
        for number in range(300):
            mouth.say("a/b", b"%d" % number)
        until(lambda: len(ear.messages) == 300, "300 messages")
        until(lambda: mouth.client.in_flight == 0, "the confirmations")
    assert ear.payloads == [b"%d" % number for number in range(300)]
    assert {message.topic for message in ear.messages} == {"a/b"}
    assert ear.complaints + mouth.complaints == []


def test_a_topic_outside_the_filters_is_not_heard(broker: Broker) -> None:
    with Ear(broker, "ear", "a/+") as ear, Ear(broker, "mouth") as mouth:
        connected(ear)
        mouth.say("b/b", b"no")
        mouth.say("a/b", b"yes")
        until(lambda: bool(ear.messages), "the message")
    assert ear.payloads == [b"yes"]


def test_a_retained_message_reaches_who_comes_later_marked_as_retained(broker: Broker) -> None:
    with Ear(broker, "mouth") as mouth:
        mouth.say("state", b"on", retain=True)
        until(lambda: mouth.client.in_flight == 0, "the confirmation")
        with Ear(broker, "ear", "state") as ear:
            until(lambda: bool(ear.messages), "the retained message")
    assert (ear.payloads, ear.messages[0].retain) == ([b"on"], True)


def test_a_clean_stop_tells_the_will(broker: Broker) -> None:
    will = Message("status", b"offline", retain=True)
    with Ear(broker, "ear", "status") as ear:
        connected(ear)
        with Ear(broker, "gateway", will=will) as gateway:
            connected(gateway)
            gateway.say("status", b"online", retain=True)
        until(lambda: len(ear.messages) == 2, "both")
    assert ear.payloads == [b"online", b"offline"]


def test_nothing_is_handed_over_before_the_connection(broker: Broker) -> None:
    mouth = Ear(broker, "mouth")
    assert not mouth.client.publish(Message("a", b"1"))
    assert mouth.client.in_flight == 0


def test_an_exception_in_hear_neither_ends_the_thread_nor_goes_unseen(broker: Broker) -> None:
    """The library's own default: the thread ends in silence and it says it is connected."""
    ear = Ear(broker, "ear", "a")
    heard = ear.hear

    def choosy(messages: Sequence[Message]) -> None:
        if b"2" in (message.payload for message in messages):
            raise ValueError("no twos")
        heard(messages)

    ear.client._hear = choosy
    with ear, Ear(broker, "mouth") as mouth:
        connected(ear)
        for payload in (b"1", b"2", b"3"):
            mouth.say("a", payload)
        until(lambda: len(ear.messages) == 2, "the message after the exception")
        assert ear.client.alive
    assert ear.payloads == [b"1", b"3"]
    assert any("no twos" in complaint for complaint in ear.complaints)


def test_the_window_is_ours_and_has_an_end(broker: Broker) -> None:
    with Ear(broker, "mouth", window=5) as mouth:
        connected(mouth)
        with mouth.client._paho._out_message_mutex:  # type: ignore[union-attr]  # holds answers
            given = [mouth.client.publish(Message("a", b"x")) for _ in range(8)]
        assert given.count(True) == 5
        until(lambda: mouth.client.in_flight == 0, "the confirmations")
        assert mouth.client.publish(Message("a", b"x"))


def test_it_is_started_once(broker: Broker) -> None:
    with Ear(broker, "a") as ear, pytest.raises(RuntimeError, match="started already"):
        ear.client.start()


def test_stopping_twice_or_before_the_start_does_nothing(broker: Broker) -> None:
    never = Ear(broker, "never")
    never.client.stop()
    with Ear(broker, "once") as once:
        connected(once)
        once.client.stop()
    assert not once.client.connected
