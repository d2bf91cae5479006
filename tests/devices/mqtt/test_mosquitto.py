"""A center's own mosquitto: who may say and hear what, over which encryption."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from devices.ingest.reader import filters
from devices.mqtt import mosquitto
from devices.mqtt.broker import Broker, BrokerRefusal
from devices.mqtt.message import Message
from devices.mqtt.mosquitto import Identities, Secured
from devices.mqtt.mosquitto_process import Mosquitto
from devices.mqtt.ports import free_port
from tests.devices.mqtt.certificates import Pair, authority, signed
from tests.devices.mqtt.ear import Ear, connected, until

OURS = Identities("north", {"gw-a": ("HD-01", "HD-02"), "gw-b": ()}, readers=("wall",))
PASSWORDS = {user: f"secret of {user}" for user in OURS.users}
SALTS = {user: user.ljust(12).encode() for user in OURS.users}


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Mosquitto]:
    with running(tmp_path, None) as process:
        yield process


def running(folder: Path, secured: Secured | None) -> Mosquitto:
    (folder / "passwords").write_text(mosquitto.password_file(PASSWORDS, SALTS))
    (folder / "access").write_text(mosquitto.access_list(OURS))
    port = free_port()
    text = mosquitto.configuration(folder, port=port, secured=secured)
    return Mosquitto(folder, port=port, configuration=text)


def known(process: Mosquitto, user: str) -> Broker:
    return Broker.of(process.url, user=user, password=PASSWORDS[user])


@pytest.mark.parametrize(
    ("user", "topic", "allowed"),
    [
        ("gw-a", "hd/v1/north/m/HD-01/telemetry", True),
        ("gw-a", "hd/v1/north/m/HD-02/event", True),
        ("gw-a", "hd/v1/north/gw/gw-a/status", True),
        ("gw-a", "hd/v1/north/m/HD-03/telemetry", False),
        ("gw-a", "hd/v1/north/m/HD-01/command", False),
        ("gw-a", "hd/v1/north/gw/gw-b/status", False),
        ("gw-a", "hd/v1/north/gw/gw-a/stored", False),
        ("gw-a", "hd/v1/south/m/HD-01/telemetry", False),
        ("gw-b", "hd/v1/north/m/HD-77/telemetry", True),
        ("gw-b", "hd/v1/south/m/HD-77/telemetry", False),
        ("ingest", "hd/v1/north/gw/gw-a/stored", True),
        ("ingest", "hd/v1/north/m/HD-01/telemetry", False),
        ("wall", "hd/v1/north/m/HD-01/telemetry", False),
        ("wall", "hd/v1/north/gw/gw-a/stored", False),
    ],
)
def test_each_identity_publishes_what_is_its_own_and_a_refusal_is_said(
    center: Mosquitto, user: str, topic: str, allowed: bool
) -> None:
    with Ear(known(center, user), user) as mouth:
        mouth.say(topic, b"x")
        until(lambda: mouth.client.in_flight == 0, "the answer")
        until(lambda: allowed or bool(mouth.complaints), "the complaint")
        assert mouth.complaints == ([] if allowed else [complaint(mouth, center, topic)])


def complaint(mouth: Ear, center: Mosquitto, topic: str) -> str:
    del mouth
    return f"{center.url} does not take {topic}: Not authorized"


@pytest.mark.parametrize(
    ("user", "heard"),
    [
        ("wall", [b"sample", b"stored"]),
        ("ingest", [b"sample"]),
        ("gw-a", [b"stored"]),
        ("gw-b", []),
    ],
)
def test_each_identity_hears_what_it_may(center: Mosquitto, user: str, heard: list[bytes]) -> None:
    with (
        Ear(known(center, user), "ear", "hd/#") as ear,
        Ear(known(center, "gw-a"), "gw-a") as gateway,
        Ear(known(center, "ingest"), "ingest") as ingest,
        Ear(known(center, "wall"), "all", "hd/v1/north/#") as everything,
    ):
        for one in (ear, everything):
            connected(one)
        gateway.say("hd/v1/north/m/HD-01/telemetry", b"sample")
        until(lambda: len(everything.messages) == 1, "the sample")
        ingest.say("hd/v1/north/gw/gw-a/stored", b"stored")
        until(lambda: len(everything.messages) == 2, "the watermark")
        until(lambda: len(ear.messages) >= len(heard), "what it may hear")
        assert ear.payloads == heard


@pytest.mark.parametrize("password", ["", "wrong", PASSWORDS["gw-b"]])
def test_a_wrong_password_is_refused_and_said(center: Mosquitto, password: str) -> None:
    broker = Broker.of(center.url, user="gw-a", password=password)
    with Ear(broker, "gw-a") as gateway:
        until(lambda: bool(gateway.downs), "the refusal")
    assert gateway.downs == [f"{center.url} refuses: Not authorized"]


def test_nobody_without_a_name_is_let_in(center: Mosquitto) -> None:
    with Ear(Broker.of(center.url), "anyone") as ear:
        until(lambda: bool(ear.downs), "the refusal")
    assert ear.ups == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("certificates")


@pytest.fixture(scope="module")
def ours(folder: Path) -> Pair:
    return authority(folder, "ours")


def secured(
    folder: Path, ours: Pair, *, host: str = "127.0.0.1", required: bool = False
) -> Secured:
    server = signed(folder, f"server-{host}", ours, host=host)
    return Secured(ours.certificate, server.certificate, server.private_key, free_port(), required)


def over_tls(how: Secured, ca: Pair, client: Pair | None = None) -> Broker:
    return Broker.of(
        f"mqtts://127.0.0.1:{how.port}",
        user="gw-a",
        password=PASSWORDS["gw-a"],
        authority=str(ca.certificate),
        certificate="" if client is None else str(client.certificate),
        private_key="" if client is None else str(client.private_key),
    )


def test_the_authority_that_signed_the_broker_is_believed(
    tmp_path: Path, folder: Path, ours: Pair
) -> None:
    how = secured(folder, ours)
    with running(tmp_path, how), Ear(over_tls(how, ours), "gw-a") as gateway:
        connected(gateway)
        gateway.say("hd/v1/north/gw/gw-a/status", b"online")
        until(lambda: gateway.client.in_flight == 0, "the confirmation")
    assert gateway.complaints == []


def test_a_broker_of_another_authority_is_not(tmp_path: Path, folder: Path, ours: Pair) -> None:
    how, strangers = secured(folder, ours), authority(tmp_path, "strangers")
    with running(tmp_path, how), Ear(over_tls(how, strangers), "gw-a") as gateway:
        until(lambda: bool(gateway.downs), "the refusal")
    assert "CERTIFICATE_VERIFY_FAILED" in gateway.downs[0]


def test_a_broker_of_another_name_is_not(tmp_path: Path, folder: Path, ours: Pair) -> None:
    how = secured(folder, ours, host="elsewhere.example")
    with running(tmp_path, how), Ear(over_tls(how, ours), "gw-a") as gateway:
        until(lambda: bool(gateway.downs), "the refusal")
    assert "127.0.0.1" in gateway.downs[0]


def test_where_certificates_are_required_a_password_alone_is_not_enough(
    tmp_path: Path, folder: Path, ours: Pair
) -> None:
    how = secured(folder, ours, required=True)
    with running(tmp_path, how):
        with Ear(over_tls(how, ours), "gw-a") as without:
            until(lambda: bool(without.downs), "the refusal")
        with Ear(over_tls(how, ours, signed(folder, "gw-a", ours)), "gw-a") as having:
            connected(having)
    assert without.ups == 0


def test_over_tls_nobody_throws_out_another_by_taking_its_client_id(
    tmp_path: Path, folder: Path, ours: Pair
) -> None:
    how = secured(folder, ours)
    with running(tmp_path, how) as process, Ear(over_tls(how, ours), "any") as gateway:
        connected(gateway)
        other = Broker.of(
            f"mqtts://127.0.0.1:{how.port}", user="gw-b", password=PASSWORDS["gw-b"],
            authority=str(ours.certificate),
        )  # fmt: skip
        with Ear(other, "gw-a") as thief:
            connected(thief)
            gateway.say("hd/v1/north/gw/gw-a/status", b"still here")
            until(lambda: gateway.client.in_flight == 0, "the confirmation")
        assert process.pid
    assert (gateway.ups, gateway.downs) == (1, [])


def test_a_burst_over_tls_waits_once_and_not_for_every_piece_that_is_decrypted(
    tmp_path: Path, folder: Path, ours: Pair
) -> None:
    """Else this takes half a minute."""
    how, topic = secured(folder, ours), "hd/v1/north/m/HD-01/telemetry"
    broker = replace(over_tls(how, ours), user="ingest", password=PASSWORDS["ingest"], mqtt5=False)
    with (
        running(tmp_path, how),
        Ear(broker, "ingest", *filters("north"), durable=True) as ingest,
        Ear(over_tls(how, ours), "gw-a") as gateway,
    ):
        connected(ingest)
        taken: list[Message] = []

        def all_taken() -> bool:
            fresh = ingest.messages[len(taken) :]
            ingest.client.acknowledge(*fresh)
            taken.extend(fresh)
            return len(taken) == 2_000

        for _ in range(2_000):
            gateway.say(topic, bytes(900))
        until(all_taken, "all of them")


def test_names_that_would_open_more_than_they_say_are_refused() -> None:
    odd = Identities("north", {"gw a": ("+",), "gw-a": ()}, ingests=("gw-a",), readers=())
    with pytest.raises(BrokerRefusal) as caught:
        mosquitto.access_list(odd)
    assert [str(reason) for reason in caught.value.reasons] == [
        "gw a cannot be the name of a center, machine or user of the broker",
        "+ cannot be the name of a center, machine or user of the broker",
        "Two users of the broker are called gw-a",
    ]


def test_passwords_come_from_the_environment_and_each_missing_one_is_named() -> None:
    two = Identities("north", {"gw-a": ()}, ingests=("ingest",), readers=())
    assert mosquitto.passwords_of(
        two, {"CLEARSHIFT_MOSQUITTO__GW_A": "x", "CLEARSHIFT_MOSQUITTO__INGEST": "y"}
    ) == {"gw-a": "x", "ingest": "y"}
    with pytest.raises(BrokerRefusal, match="set CLEARSHIFT_MOSQUITTO__INGEST"):
        mosquitto.passwords_of(two, {"CLEARSHIFT_MOSQUITTO__GW_A": "x"})


def test_an_absent_or_broken_mosquitto_is_refused_with_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        pytest.raises(BrokerRefusal, match="nonsense"),
        Mosquitto(tmp_path, configuration="nonsense 3\n"),
    ):
        pass
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(BrokerRefusal, match="apt-get install mosquitto"), Mosquitto(tmp_path):
        pass
