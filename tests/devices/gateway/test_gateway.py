"""A whole gateway with machines on pseudo-terminals and a connection that only remembers."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from devices.gateway.gateway import Ears, Gateway, Identity
from devices.gateway.lines import read_lines
from devices.gateway.spool import Spool
from devices.mqtt.message import Message
from devices.protocols.protocol import Protocol
from devices.wire.messages import encode
from devices.wire.states import (
    decode_alarms,
    decode_birth,
    decode_link,
    decode_status,
    encode_stored,
)
from domain.alarm import EdgePhase, MachineState
from domain.telemetry import Event, EventKind, LinkStatus, Sample, Watermark
from tests.devices.gateway.world import (
    BOOT,
    CALM,
    OTHER,
    POLL,
    POLLED,
    PUSHED,
    Connection,
    PtyMachine,
    until,
)

PROTOCOLS: dict[str, Protocol] = {"polled": POLLED, "pushed": PUSHED}


@contextmanager
def running(folder: Path, *lines: dict[str, object], boot: str = BOOT) -> Iterator[Connection]:
    """A gateway at work, seen from its connection; its name is `gw`."""
    text = "".join(
        "[[line]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in line.items())
        for line in lines
    )
    made: list[Connection] = []

    def connect(ears: Ears) -> Connection:
        made.append(Connection(ears))
        return made[0]

    settings = read_lines(text, PROTOCOLS)
    gateway = Gateway(Identity("c", "gw", boot, "1"), settings, Spool(folder / "s.db"), connect)
    gateway.start()
    try:
        yield made[0]
        assert gateway.alive
    finally:
        gateway.stop()


def at(machine: PtyMachine, name: str = "HD-1") -> dict[str, object]:
    return {"machine": name, "protocol": "polled", "link": str(machine.link), "pace": 0.5}


def samples(connection: Connection, name: str = "HD-1") -> list[Sample]:
    return [
        one for one in connection.entries() if isinstance(one, Sample) and one.key.machine == name
    ]


def status(connection: Connection) -> LinkStatus:
    return decode_link(connection.last("/link")).state.status


def test_what_a_machine_says_arrives_numbered_without_gaps(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "tty")
    with running(tmp_path, at(machine)) as connection:
        until(lambda: len(samples(connection)) >= 4)
    entries = connection.entries()
    assert [one.key.seq for one in entries] == list(range(1, len(entries) + 1))
    assert {(one.key.machine, one.key.boot) for one in entries} == {("HD-1", BOOT)}
    assert samples(connection)[0].values == {"uf_volume_ml": 100}
    kinds = [one.kind for one in entries if isinstance(one, Event)]
    assert kinds[:2] == [EventKind.LINK, EventKind.PHASE]
    assert set(machine.heard) == set(POLL)


def test_states_are_retained_and_a_goodbye_is_said(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "tty")
    with running(tmp_path, at(machine)) as connection:
        until(lambda: samples(connection) != [])
        until(lambda: status(connection) is LinkStatus.ONLINE)
        assert decode_status(connection.last("status")).online
    birth = decode_birth(connection.last("/birth"))
    assert (birth.protocol, birth.pace, birth.boot) == ("polled", 0.5, BOOT)
    assert decode_alarms(connection.last("/alarms")).alarms == ()
    assert connection.last("/snapshot") == encode(samples(connection)[0])
    assert not decode_status(connection.last("status")).online
    assert decode_status(connection.last("status")).boot == BOOT
    assert status(connection) is LinkStatus.OFFLINE
    retained = {one.topic for one in connection.messages if one.retain}
    assert {one.topic for one in connection.messages if not one.retain}.isdisjoint(retained)


def test_a_line_that_is_pulled_and_plugged_in_again_goes_on(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "tty")
    with running(tmp_path, at(machine)) as connection:
        until(lambda: samples(connection) != [])
        machine.pull()
        until(lambda: status(connection) is LinkStatus.PORT_ERROR)
        before = len(samples(connection))
        machine.plug()
        until(lambda: len(samples(connection)) > before)
        until(lambda: decode_link(connection.last("/link")).state.counters.reopened == 1)
    seqs = [one.key.seq for one in connection.entries()]
    assert seqs == list(range(1, len(seqs) + 1))


def test_a_silent_machine_is_a_state_and_holds_up_nobody(tmp_path: Path) -> None:
    silent = PtyMachine(tmp_path / "silent", lambda _: b"")
    noisy = PtyMachine(tmp_path / "noisy", lambda _: b"\x00\xff noise")
    well = PtyMachine(tmp_path / "well")
    lines = (at(silent, "A"), at(noisy, "B"), at(well, "C"))
    with running(tmp_path, *lines) as connection:
        until(lambda: len(samples(connection, "C")) > 6)
        until(lambda: link(connection, "A") is LinkStatus.NO_REPLY)
        until(lambda: link(connection, "B") is LinkStatus.GARBLED)
        assert link(connection, "C") is LinkStatus.ONLINE
    assert samples(connection, "A") == samples(connection, "B") == []


def link(connection: Connection, name: str) -> LinkStatus:
    return decode_link(connection.last(f"{name}/link")).state.status


def test_alarms_are_unknown_and_not_over_when_the_line_is_lost(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "tty", lambda _: b"<- treatment uf_volume_ml=1 !air>")
    with running(tmp_path, at(machine)) as connection:
        until(lambda: len(decode_alarms(connection.last("/alarms")).alarms) == 1)
        machine.pull()
        until(lambda: not decode_alarms(connection.last("/alarms")).known)
        machine.answer = lambda _: CALM
        machine.plug()
        until(lambda: decode_alarms(connection.last("/alarms")).alarms == ())
    told = [one.alarm for one in connection.entries() if isinstance(one, Event) and one.alarm]
    assert [(edge.phase, edge.state) for edge in told] == [
        (EdgePhase.START, MachineState.ACTIVE),
        (EdgePhase.CONTINUE, MachineState.UNKNOWN),
        (EdgePhase.END, MachineState.INACTIVE),
    ]


def test_only_what_ingest_has_stored_is_forgotten(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "tty")
    with running(tmp_path, at(machine)) as connection:
        until(lambda: len(connection.entries()) >= 6)
        for mark in (Watermark("HD-1", OTHER, 99), Watermark("HD-2", BOOT, 3),
                     Watermark("HD-1", BOOT, 10**6), Watermark("HD-1", BOOT, 4)):  # fmt: skip
            connection.ears.hear([Message("stored", encode_stored((mark,)))])
        connection.ears.hear([Message("stored", b"nonsense")])
        connection.ears.up()
        until(lambda: [one.key.seq for one in connection.entries()].count(5) == 2)
    seqs = [one.key.seq for one in connection.entries()]
    assert [seqs.count(seq) for seq in range(1, 6)] == [1, 1, 1, 1, 2]
    report = decode_link(connection.last("/link"))
    assert report.accepted == max(seqs)
    assert report.spooled == report.accepted - 4
    spool = Spool(tmp_path / "s.db")
    assert spool.holdings()[0].count == report.spooled


def test_a_new_boot_sends_what_the_old_one_left_and_keeps_its_books(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "tty")
    with running(tmp_path, at(machine), boot=OTHER) as connection:
        until(lambda: samples(connection) != [])
    left = [one.key for one in connection.entries()]
    with running(tmp_path, at(machine)) as connection:
        until(lambda: {one.key.boot for one in connection.entries()} == {BOOT, OTHER})
        until(lambda: len([one for one in connection.entries() if one.key.boot == OTHER]) >= 4)
        report = decode_link(connection.last("/link"))
        (older,) = report.older
        assert (older.boot, older.given >= len(left), older.first) == (OTHER, True, 1)
        connection.ears.hear(
            [Message("stored", encode_stored((Watermark("HD-1", OTHER, older.given),)))]
        )
        connection.ears.up()
        until(lambda: decode_link(connection.last("/link")).older == ())


def test_nothing_is_lost_while_the_broker_takes_nothing(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "tty")
    with running(tmp_path, at(machine)) as connection:
        connection.open = False
        until(lambda: machine.heard.count(POLL) >= 5)
        connection.open = True
        until(lambda: len(samples(connection)) >= 5)
    seqs = sorted(one.key.seq for one in connection.entries())
    assert seqs == list(range(1, len(seqs) + 1))


def test_a_fault_of_ours_in_one_machine_silences_no_other(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    bad = PtyMachine(tmp_path / "bad", lambda _: b"<- nowhere>")
    well = PtyMachine(tmp_path / "well")
    with running(tmp_path, at(bad, "A"), at(well, "B")) as connection:
        until(lambda: len(samples(connection, "B")) >= 3)
        until(lambda: link(connection, "A") is LinkStatus.PORT_ERROR)
    assert "A: a fault in the program" in caplog.text


def test_a_network_line_that_never_replies_is_connected_anew(tmp_path: Path) -> None:
    calls: list[socket.socket] = []
    with socket.create_server(("127.0.0.1", 0)) as box:
        link = f"socket://127.0.0.1:{box.getsockname()[1]}"
        threading.Thread(target=take_calls, args=(box, calls), daemon=True).start()
        line: dict[str, object] = {"machine": "HD-1", "protocol": "polled", "link": link}
        with running(tmp_path, {**line, "pace": 0.5}) as connection:
            until(lambda: len(calls) == 2, 40)
            calls[1].sendall(CALM)
            until(lambda: samples(connection) != [])
        assert set(calls[0].recv(100)) == set(POLL)


def take_calls(box: socket.socket, calls: list[socket.socket]) -> None:
    with suppress(OSError):
        while True:
            calls.append(box.accept()[0])
