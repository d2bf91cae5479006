"""Machines that call us, told apart by what they say."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.gateway.gateway import Ears, Gateway, Identity
from devices.gateway.lines import read_lines
from devices.gateway.spool import Spool
from devices.links.listener import Listener
from devices.wire.states import decode_link
from domain.telemetry import Event, LinkStatus, Sample
from tests.devices.gateway.world import BOOT, NO, PUSHED, YES, Connection, until

LISTEN = "listen://127.0.0.1:0"


@contextmanager
def hall(folder: Path, machines: dict[str, str]) -> Iterator[tuple[Connection, Gateway]]:
    """A gateway whose machines, by serial, all call one port."""
    text = "".join(
        f'[[line]]\nmachine = "{name}"\nprotocol = "pushed"\nlink = "{LISTEN}"\npace = 0.5\n'
        f"serial = {json.dumps(serial)}\n"
        for name, serial in machines.items()
    )
    made: list[Connection] = []

    def connect(ears: Ears) -> Connection:
        made.append(Connection(ears))
        return made[0]

    settings = read_lines(text, {"pushed": PUSHED})
    gateway = Gateway(Identity("c", "gw", BOOT), settings, Spool(folder / "s.db"), connect)
    gateway.start()
    try:
        until(lambda: gateway.halls[0].port > 0)
        yield made[0], gateway
        assert gateway.alive
    finally:
        gateway.stop()


def call(gateway: Gateway) -> socket.socket:
    made = socket.create_connection(("127.0.0.1", gateway.halls[0].port), timeout=10)
    made.settimeout(10)
    return made


def say(line: socket.socket, frame: bytes) -> bytes:
    line.sendall(frame)
    return line.recv(10)


def samples(connection: Connection, machine: str) -> int:
    entries = connection.entries()
    return sum(isinstance(one, Sample) and one.key.machine == machine for one in entries)


def status(connection: Connection, machine: str) -> LinkStatus:
    return decode_link(connection.last(f"{machine}/link")).state.status


def test_machines_on_one_port_are_told_apart_by_their_serial(tmp_path: Path) -> None:
    with hall(tmp_path, {"A": "S1", "B": "S2"}) as (connection, gateway):
        with call(gateway) as one, call(gateway) as two:
            assert say(one, b"<S1 treatment>") == YES
            assert say(two, b"<S2 treatment>") == YES
            assert say(two, b"<S2 idle>") == YES
        until(lambda: (samples(connection, "A"), samples(connection, "B")) == (1, 2))


def test_one_connection_may_carry_several_machines(tmp_path: Path) -> None:
    with hall(tmp_path, {"A": "S1", "B": "S2"}) as (connection, gateway):
        with call(gateway) as line:
            assert say(line, b"<S1 treatment>") == say(line, b"<S2 treatment>") == YES
        until(lambda: (samples(connection, "A"), samples(connection, "B")) == (1, 1))


def test_a_stranger_is_refused_and_never_taken_for_a_machine(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with hall(tmp_path, {"A": "S1", "B": "S2"}) as (connection, gateway):
        with call(gateway) as line:
            assert say(line, b"<S9 treatment>") == say(line, b"<- treatment>") == NO
            assert say(line, b"<no thing>") == NO
            assert say(line, b"<S1 treatment>") == YES
        until(lambda: samples(connection, "A") == 1)
        assert samples(connection, "B") == 0
    assert "not one of our machines: S9" in caplog.text


def test_a_port_of_one_machine_needs_no_serial(tmp_path: Path) -> None:
    with hall(tmp_path, {"A": ""}) as (connection, gateway):
        with call(gateway) as line:
            assert say(line, b"xx<S7 treatment>") == YES
        until(lambda: samples(connection, "A") == 1)
        until(lambda: decode_link(connection.last("A/link")).state.status is LinkStatus.OFFLINE)
        assert decode_link(connection.last("A/link")).state.counters.garbage == 2


def test_who_hangs_up_after_each_message_stays_online_and_who_is_gone_does_not(
    tmp_path: Path,
) -> None:
    with hall(tmp_path, {"A": ""}) as (connection, gateway):
        for _ in range(3):
            with call(gateway) as line:
                assert say(line, b"<- treatment>") == YES
        until(lambda: status(connection, "A") is LinkStatus.OFFLINE)
    told = [one.text for one in connection.entries() if isinstance(one, Event)]
    assert told == ["online", "treatment", "offline"]


def test_a_caller_that_falls_silent_is_stale_while_it_holds_the_line(tmp_path: Path) -> None:
    with hall(tmp_path, {"A": ""}) as (connection, gateway), call(gateway) as line:
        assert say(line, b"<- treatment>") == YES
        until(lambda: status(connection, "A") is LinkStatus.STALE)
        assert say(line, b"<- treatment>") == YES
        until(lambda: status(connection, "A") is LinkStatus.ONLINE)


def test_a_port_that_is_taken_is_told_and_tried_again(tmp_path: Path) -> None:
    taken = Listener("127.0.0.1", 0)
    text = (
        f'[[line]]\nmachine = "A"\nprotocol = "pushed"\nlink = "listen://127.0.0.1:{taken.port}"\n'
    )
    made: list[Connection] = []

    def connect(ears: Ears) -> Connection:
        made.append(Connection(ears))
        return made[0]

    settings = read_lines(text, {"pushed": PUSHED})
    gateway = Gateway(Identity("c", "gw", BOOT), settings, Spool(tmp_path / "s.db"), connect)
    gateway.start()
    try:
        until(lambda: status(made[0], "A") is LinkStatus.PORT_ERROR)
        taken.close()
        until(lambda: gateway.halls[0].port > 0)
    finally:
        gateway.stop()
