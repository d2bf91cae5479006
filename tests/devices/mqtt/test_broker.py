"""What an address of a broker may look like, and what is refused with which words."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from devices.mqtt.broker import Broker, BrokerRefusal


def refusals(url: str, **given: str) -> list[str]:
    with pytest.raises(BrokerRefusal) as caught:
        Broker.of(url, **given)
    return [str(reason) for reason in caught.value.reasons]


def test_an_address_has_the_port_of_its_scheme() -> None:
    assert Broker.of("mqtt://127.0.0.1") == Broker("127.0.0.1", 1883)
    assert Broker.of("mqtts://broker.example") == Broker("broker.example", 8883, tls=True)
    assert Broker.of("mqtt://localhost:2000").port == 2000


def test_the_embedded_broker_is_spoken_to_in_the_older_mqtt() -> None:
    assert Broker.of("embedded") == Broker("127.0.0.1", 1883, mqtt5=False, embedded=True)
    assert Broker.of("embedded://127.0.0.1:2000").port == 2000


def test_the_version_can_be_asked_for() -> None:
    assert Broker.of("mqtt://h").mqtt5
    assert Broker.of("mqtt://h?version=5").mqtt5
    assert not Broker.of("mqtt://h?version=3.1.1").mqtt5


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://h", "The broker http://h is none: mqtt://, mqtts:// or embedded was expected"),
        ("", "The broker  is none: mqtt://, mqtts:// or embedded was expected"),
        ("mqtt://", "The broker mqtt:// has no host"),
        ("mqtt://h:99999", "The broker mqtt://h:99999 has a port that is none"),
        ("mqtt://h:x", "The broker mqtt://h:x has a port that is none"),
        ("mqtt://h/topic", "The broker mqtt://h/topic has something behind its port"),
        ("mqtt://h?qos=1", "The broker mqtt://h?qos=1 has something behind its port"),
        (
            "mqtt://h?version=4",
            "The broker mqtt://h?version=4 asks for an MQTT version that is neither 5 nor 3.1.1",
        ),
        (
            "embedded://10.0.0.1",
            "The embedded broker is for this computer only, not for 10.0.0.1",
        ),
    ],
)
def test_an_address_that_is_none_is_refused_with_the_reason(url: str, expected: str) -> None:
    assert refusals(url) == [expected]


def test_secrets_in_the_address_are_refused_and_not_repeated() -> None:
    (said,) = refusals("mqtt://nurse:hunter2@127.0.0.1")
    assert "settings of their own" in said
    assert "hunter2" not in said


def test_the_password_shows_nowhere() -> None:
    broker = Broker.of("mqtts://h", user="gw-a", password="hunter2")
    assert "hunter2" not in repr(broker) + broker.address


def test_every_reason_is_given_at_once(tmp_path: Path) -> None:
    there = tmp_path / "ca.pem"
    there.touch()
    assert refusals(
        "mqtt://h", authority=str(there), certificate=str(tmp_path / "no.pem"), password="x"
    ) == [
        f"The broker's certificate is not a file that can be read: {tmp_path / 'no.pem'}",
        "Certificates need an address with mqtts://",
        "A certificate needs its private key, and the key its certificate",
        "The broker has a password but no user",
        "The password would go to h for anyone to read: use mqtts://",
    ]


def test_a_password_may_go_to_this_computer_without_encryption() -> None:
    for host in ("127.0.0.1", "localhost", "[::1]"):
        assert Broker.of(f"mqtt://{host}", user="ingest", password="x").user == "ingest"


@given(st.text(max_size=40) | st.text("mqtts:/[]@%5?.0", max_size=20).map("mqtt://".__add__))
@example("mqtt://[")
def test_any_text_is_an_address_or_refused(text: str) -> None:
    with contextlib.suppress(BrokerRefusal):
        broker = Broker.of(text)
        assert broker.host
        assert 0 < broker.port < 65536
