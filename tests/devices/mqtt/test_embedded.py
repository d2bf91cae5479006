"""The broker inside our own process: where it listens, how it ends, what it refuses."""

from __future__ import annotations

import socket
import threading

import pytest

from devices.mqtt.broker import Broker, BrokerRefusal
from devices.mqtt.embedded import EmbeddedBroker
from devices.mqtt.ports import listens
from tests.devices.mqtt.ear import Ear, connected, until


def test_it_listens_on_this_computer_and_no_longer_after_its_block() -> None:
    with EmbeddedBroker() as running:
        assert Broker.of(running.url).port == running.port
        assert listens(running.port)
    assert not listens(running.port)


def test_it_leaves_no_thread_behind_even_with_clients_connected() -> None:
    before = set(threading.enumerate())
    running = EmbeddedBroker().__enter__()
    with Ear(Broker.of(running.url), "ear", "a") as ear:
        connected(ear)
        running.__exit__(None, None, None)
        until(lambda: not ear.client.connected, "the end noticed")
    assert [one.name for one in set(threading.enumerate()) - before] == []


def test_a_taken_port_is_refused_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with (
            pytest.raises(BrokerRefusal, match=f"cannot listen on port {port}"),
            EmbeddedBroker(port),
        ):
            pass


def test_two_may_run_in_one_process() -> None:
    with EmbeddedBroker() as one, EmbeddedBroker() as other:
        assert one.port != other.port
        with Ear(Broker.of(one.url), "a", "t") as ear, Ear(Broker.of(other.url), "a") as mouth:
            connected(ear)
            mouth.say("t", b"to the other")
            until(lambda: mouth.client.in_flight == 0, "the confirmation")
    assert ear.messages == []
