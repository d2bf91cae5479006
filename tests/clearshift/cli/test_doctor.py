"""`clearshift doctor`: what a technician at the cable is told."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path

import pytest

from devices.links.listener import Listener
from devices.protocols.hl7.examples import EXAMPLES as HL7
from devices.protocols.jsdt3.examples import FULL
from devices.protocols.jsdt4.examples import STATUS
from tests.clearshift.cli.calling import Ask
from tests.devices.gateway.world import PtyMachine


def test_a_good_machine_is_shown_with_its_values_and_units(folder: Path, ask: Ask) -> None:
    machine = PtyMachine(folder / "tty", lambda _: FULL.raw)
    answer = ask("doctor", machine.link, "--protocol", "jsdt3", "--seconds", "1")
    assert "frame K3, 158 bytes, 16 values" in answer.out
    assert any(line.split() == ["fluid", "removed", "1030", "mL"] for line in answer.lines)
    assert answer.lines[-1] == "✓ All is well: the machine is understood and nothing is lost."
    assert set(machine.heard) == set(b"K\r\n")


def test_a_silent_line_fails_with_what_to_look_at(folder: Path, ask: Ask) -> None:
    machine = PtyMachine(folder / "tty", lambda _: b"")
    answer = ask("doctor", machine.link, "--seconds", "1", "--json", code=1)
    assert (answer.data["verdict"], answer.data["polls"], answer.data["bytes"]) == ("nothing", 1, 0)
    assert answer.data["words"].startswith("Nothing arrives: the cable")


def test_garbage_is_shown_as_bytes(folder: Path, ask: Ask) -> None:
    machine = PtyMachine(folder / "tty", lambda _: b"\xff\x00")
    answer = ask("doctor", machine.link, "--seconds", "1", code=1)
    assert "garbage (noise)" in answer.out
    assert ": ~" in answer.out
    assert "wrong speed or parity" in answer.lines[-1]


@pytest.mark.parametrize(("more", "shown"), [((), "S4000  0000000000"), (("--raw",), "S4144")])
def test_of_garbage_only_the_form_is_shown_unless_all_is_asked_for(
    folder: Path, ask: Ask, more: tuple[str, ...], shown: str
) -> None:
    machine = PtyMachine(folder / "tty", lambda _: STATUS.raw)
    answer = ask("doctor", machine.link, "--seconds", "1", *more, code=1)
    assert shown in answer.out
    assert ("0000123456" in answer.out) is bool(more)


def test_who_only_listens_sends_nothing(folder: Path, ask: Ask) -> None:
    machine = PtyMachine(folder / "tty")
    ask("doctor", machine.link, "--seconds", "1", "--listen", code=1)
    assert machine.heard == b""


def test_a_port_that_cannot_be_opened_is_said(ask: Ask, folder: Path) -> None:
    answer = ask("doctor", folder / "none", "--seconds", "1", code=1)
    assert answer.lines[-1] == "✗ The port cannot be opened: No such file or directory"


def test_a_machine_that_calls_is_answered(ask: Ask) -> None:
    free = Listener("127.0.0.1", 0)
    free.close()
    answers: list[bytes] = []

    def machine() -> None:
        while True:
            try:
                with socket.create_connection(("127.0.0.1", free.port), timeout=10) as call:
                    call.sendall(HL7[0].raw)
                    answers.append(call.recv(1000))
                return
            except ConnectionRefusedError:
                continue

    thread = threading.Thread(target=machine, daemon=True)
    thread.start()
    link = f"listen://127.0.0.1:{free.port}"
    data = ask("doctor", link, "--protocol", "hl7", "--seconds", "5", "--json").data
    thread.join(10)
    assert (data["verdict"], data["frames"]) == ("good", 1)
    assert b"MSA|AA" in answers[0]


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (("ttyS0",), "ttyS0 is no link; expected /dev/..., socket://host:port,"),
        (("/dev/x", "--baud", "1"), "1 is no usual speed of a line"),
        (("/dev/x", "--protocol", "fax"), "no protocol is called fax; there are jsdt3"),
        (("/dev/x", "--protocol", "fresenius2008"), "needs manual"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    ask: Ask, arguments: tuple[str, ...], refusal: str
) -> None:
    assert refusal in ask("doctor", *arguments, code=2).err


def test_a_line_that_is_lost_meanwhile_is_said(folder: Path, ask: Ask) -> None:
    machine = PtyMachine(folder / "tty", lambda _: FULL.raw)
    threading.Timer(0.7, machine.pull).start()
    answer = ask("doctor", machine.link, "--seconds", "5", code=None)
    assert "The line is lost: " in answer.out
    assert not os.path.lexists(machine.link)
