"""What the library, the protocol and the brokers do in silence; each trap has its test."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from devices.mqtt.broker import Broker
from devices.mqtt.client import Message
from devices.mqtt.embedded import EmbeddedBroker
from devices.mqtt.mosquitto_process import Mosquitto
from devices.mqtt.ports import free_port
from tests.devices.mqtt.ear import Ear, connected, until
from tests.devices.mqtt.mute_broker import BROKEN, mute_broker


@pytest.fixture
def mosquitto(tmp_path: Path) -> Iterator[Mosquitto]:
    with Mosquitto(tmp_path) as process:
        yield process


def test_what_was_not_acknowledged_comes_again_and_what_was_does_not(mosquitto: Mosquitto) -> None:
    broker = Broker.of(mosquitto.url)
    with Ear(broker, "ingest", "a", durable=True) as first, Ear(broker, "mouth") as mouth:
        connected(first)
        for payload in (b"1", b"2", b"3"):
            mouth.say("a", payload)
        until(lambda: len(first.messages) == 3, "all three")
        first.client.acknowledge(first.messages[0])
    with Ear(broker, "ingest", "a", durable=True) as second:
        until(lambda: len(second.messages) == 2, "the rest")
    assert second.payloads == [b"2", b"3"]


def test_what_comes_while_a_durable_client_is_away_waits_for_it(mosquitto: Mosquitto) -> None:
    """The library's default throws the session away at the first connection."""
    broker = Broker.of(mosquitto.url)
    with Ear(broker, "ingest", "a", durable=True) as ingest:
        connected(ingest)
    with Ear(broker, "mouth") as mouth:
        mouth.say("a", b"kept")
        until(lambda: mouth.client.in_flight == 0, "the confirmation")
    with Ear(broker, "ingest", "a", durable=True) as again:
        until(lambda: bool(again.messages), "the message")
    assert again.payloads == [b"kept"]


def test_an_old_connections_message_is_not_acknowledged_over_a_new_one(
    mosquitto: Mosquitto,
) -> None:
    """Its number may mean another message by then, which would be lost."""
    broker = Broker.of(mosquitto.url)
    with Ear(broker, "ingest", "a", durable=True) as ear, Ear(broker, "mouth") as mouth:
        connected(ear)
        mouth.say("a", b"1")
        until(lambda: len(ear.messages) == 1, "the message")
        cut(ear)
        until(lambda: len(ear.messages) == 2, "it again")
        ear.client.acknowledge(ear.messages[0])
        cut(ear)
        until(lambda: len(ear.messages) == 3, "it a third time")
        ear.client.acknowledge(ear.messages[2])
    assert ear.payloads == [b"1"] * 3


def test_a_broker_that_died_and_forgot_us_is_found_again_and_told_again(
    mosquitto: Mosquitto,
) -> None:
    broker = Broker.of(mosquitto.url)
    with Ear(broker, "ingest", "a", durable=True) as ear, Ear(broker, "mouth") as mouth:
        connected(ear)
        connected(mouth)
        mosquitto.kill()
        until(lambda: not mouth.client.connected and not ear.client.connected, "the loss seen")
        assert not mouth.client.publish(Message("a", b"lost if it were taken"))
        mosquitto.start()
        until(lambda: mouth.client.connected and ear.client.connected, "both again")
        mouth.say("a", b"after")
        until(lambda: bool(ear.messages), "the message")
    assert (ear.payloads, ear.ups) == ([b"after"], 2)


def test_a_broker_that_is_not_there_yet_is_waited_for() -> None:
    port = free_port()
    with Ear(Broker("127.0.0.1", port, mqtt5=False), "early") as ear:
        until(lambda: bool(ear.downs), "the reason")
        assert "refused" in ear.downs[0]
        with EmbeddedBroker(port):
            connected(ear)
            assert ear.downs == ear.downs[:1]


def test_a_refused_connection_is_no_connection() -> None:
    """The library calls `on_connect` for it all the same."""
    with EmbeddedBroker() as embedded:
        broker = Broker("127.0.0.1", embedded.port, mqtt5=True)
        with Ear(broker, "five") as ear:
            until(lambda: bool(ear.downs), "the refusal")
            assert ear.ups == 0
            assert not ear.client.connected


def test_two_clients_with_one_id_are_told_so_and_do_not_storm(mosquitto: Mosquitto) -> None:
    broker = Broker.of(mosquitto.url)
    with Ear(broker, "same") as first:
        connected(first)
        with Ear(broker, "same") as second:
            connected(second)
            until(lambda: bool(first.complaints), "the eviction")
            assert "another client seems to have the id same" in first.complaints[0]
            time.sleep(1.5)  # the usual wait is 1 s: by now it would have thrown the other out
            assert second.client.connected


def test_a_narrower_broker_is_not_sent_more_at_once_than_it_takes(tmp_path: Path) -> None:
    """mosquitto hangs up on a client that goes over its receive maximum."""
    port = free_port()
    text = f"allow_anonymous true\nmax_inflight_messages 3\nlistener {port} 127.0.0.1\n"
    with Mosquitto(tmp_path, port=port, configuration=text) as process:
        broker = Broker.of(process.url)
        with Ear(broker, "ear", "a") as ear, Ear(broker, "mouth", window=200) as mouth:
            connected(ear)
            for number in range(200):
                mouth.say("a", b"%d" % number)
            until(lambda: len(ear.messages) == 200, "all of them")
        assert (mouth.ups, mouth.downs) == (1, [])


def test_a_reconnection_soon_after_a_cut_does_not_speak_the_will(mosquitto: Mosquitto) -> None:
    broker = Broker.of(mosquitto.url)
    will = Message("status", b"offline", retain=True)
    with Ear(broker, "ear", "status") as ear, Ear(broker, "gateway", will=will) as gateway:
        connected(ear)
        connected(gateway)
        cut(gateway)
        until(lambda: gateway.ups == 2, "the second connection")
        gateway.say("status", b"online")
        until(lambda: bool(ear.messages), "the message")
        assert ear.payloads == [b"online"]


def test_a_message_past_its_time_is_not_delivered_late(mosquitto: Mosquitto) -> None:
    broker = Broker.of(mosquitto.url)
    with Ear(broker, "ingest", "a", durable=True) as ingest:
        connected(ingest)
    with Ear(broker, "mouth") as mouth:
        connected(mouth)
        mouth.client.publish(Message("a", b"short", expiry=1))
        mouth.client.publish(Message("a", b"long", expiry=600))
        until(lambda: mouth.client.in_flight == 0, "the confirmations")
    time.sleep(2.1)  # what is waited for is that time passes
    with Ear(broker, "ingest", "a", durable=True) as again:
        until(lambda: bool(again.messages), "the message")
    assert again.payloads == [b"long"]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_network_thread_that_died_is_begun_anew_and_said(mosquitto: Mosquitto) -> None:
    """The library goes on to say that it is connected. What ends its thread is anything that
    is no `Exception`."""

    def deadly(messages: Sequence[Message]) -> None:
        ear.client._hear = ear.hear
        raise SystemExit(messages[0].topic)

    broker = Broker.of(mosquitto.url)
    with Ear(broker, "ear", "a", durable=True) as ear, Ear(broker, "mouth") as mouth:
        ear.client._hear = deadly
        connected(ear)
        mouth.say("a", b"deadly")
        until(lambda: bool(ear.messages), "the message, again, on another thread")
        assert ear.client.alive
    assert (ear.payloads, ear.ups, ear.downs) == ([b"deadly"], 2, ["the network thread died"])
    assert any("the network thread died" in one for one in ear.complaints)


def test_nonsense_from_a_broker_ends_the_connection_and_not_the_client() -> None:
    with mute_broker(BROKEN) as mute, Ear(Broker("127.0.0.1", mute.port, mqtt5=False), "a") as ear:
        until(lambda: mute.connections == 2, "a second connection")
        connected(ear)
        assert ear.client.alive


def test_a_half_open_connection_is_found() -> None:
    with mute_broker() as mute:
        broker = Broker("127.0.0.1", mute.port, mqtt5=False)
        with Ear(broker, "a", keepalive=1) as ear:
            until(lambda: bool(ear.downs), "the loss seen", 5.0)
            until(lambda: mute.connections == 2, "another try")


def test_stopping_does_not_wait_for_a_broker_that_never_confirms() -> None:
    with mute_broker() as mute:
        ear = Ear(Broker("127.0.0.1", mute.port, mqtt5=False), "a", keepalive=1)
        ear.client.start()
        connected(ear)
        ear.say("a", b"unconfirmed")
        begun = time.monotonic()
        ear.client.stop(seconds=0.2)
        assert time.monotonic() - begun < 5.0


def test_a_thread_held_up_by_its_listener_does_not_count_as_alive(mosquitto: Mosquitto) -> None:
    broker, release = Broker.of(mosquitto.url), threading.Event()
    with Ear(broker, "ear", "a", keepalive=1) as ear, Ear(broker, "mouth") as mouth:
        ear.client._hear = lambda _: waits(release)
        connected(ear)
        assert ear.client.alive
        mouth.say("a", b"1")
        until(lambda: not ear.client.alive, "the standstill seen")
        release.set()
        until(lambda: ear.client.alive, "life again")


def cut(ear: Ear) -> None:
    """The connection breaks under the library's hands."""
    ear.client._paho._sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]  # connected


def waits(release: threading.Event) -> None:
    release.wait(30)
