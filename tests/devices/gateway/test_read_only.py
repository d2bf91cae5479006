"""Nothing in the gateway can write a setting to a machine: the only bytes ever sent are polls
and acknowledgements, whatever a machine says."""

from __future__ import annotations

import ast
import re
import socket
import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from devices.gateway.gateway import Ears, Gateway, Identity
from devices.gateway.lines import read_lines
from devices.gateway.spool import Spool
from devices.links.link import Address, Link, LinkLost, Wire
from devices.protocols.hl7.examples import EXAMPLES as HL7
from devices.protocols.jsdt3.examples import EXAMPLES as JSDT3
from devices.protocols.jsdt4.examples import EXAMPLES as JSDT4
from devices.protocols.listed import PROTOCOL
from tests.devices.gateway.world import BOOT, Connection, until
from tests.house.tree import ROOT, package_files, parsed, shown

SEED = 20260302
ROUNDS = 400
FRAMES = {
    "jsdt3": [one.raw for one in JSDT3],
    "jsdt4": [one.raw for one in JSDT4],
    "hl7": [one.raw for one in HL7],
}
SETTINGS = [
    b"S3074            1M1K00007A03.20" + b"00\r\n",
    b"S4024  0000123456TCCA2.60CC0.80CD25083\r\n",
    b"S4016  0000123456DTDA2026030215121100\r\n",
    b"\x0bMSH|^~\\&|X|X|||20260302||ORP^R42^ORP_R42|1|P|2.6\r\x1c\r",
    b"K\r\n", b"R4002  0000123456MS00\r\n", b"E3\r\n",
]  # fmt: skip
"""What a host could send to set a machine: said to us, it must not come back."""

ALLOWED = {
    "jsdt3": re.compile(rb"K\r\n"),
    "jsdt4": re.compile(rb"[RE]4002[ -~]{12}(MS|BP|AL|OL)[0-9a-f]{2}\r\n"),
    "hl7": re.compile(rb"\x0bMSH[^\r]*\|(ACK|ORA)\^[^\r]*\r(SFT[^\r]*\r)?MSA[^\x1c]*\x1c\r"),
}


def hostile(name: str, chance: Random) -> Iterator[bytes]:
    """Right frames, damaged ones, settings, and noise, in pieces of any size."""
    frames = [*FRAMES[name], *SETTINGS, *(one for all_of in FRAMES.values() for one in all_of)]
    said = bytearray()
    for _ in range(ROUNDS):
        frame = bytearray(chance.choice(frames))
        for _ in range(chance.choice((0, 0, 0, 1, 3))):
            frame[chance.randrange(len(frame))] = chance.randrange(256)
        said += frame[: chance.choice((len(frame), len(frame), chance.randrange(len(frame)) + 1))]
        said += chance.randbytes(chance.choice((0, 0, 5)))
    cuts = sorted(chance.randrange(len(said)) for _ in range(3 * ROUNDS))
    yield from (bytes(said[start:end]) for start, end in pairwise([0, *cuts, len(said)]))


class HostileLink:
    """Says all of it, then hangs up; writes down what it is told."""

    def __init__(self, pieces: Iterator[bytes], told: list[bytes]) -> None:
        self._pieces, self._told = pieces, told

    def read(self, seconds: float) -> bytes:
        del seconds
        try:
            return next(self._pieces)
        except StopIteration:
            raise LinkLost("said all") from None

    def write(self, data: bytes) -> None:
        self._told.append(data)

    def close(self) -> None:
        """Nothing is held."""


def at_work(folder: Path, text: str, told: list[bytes], name: str) -> Gateway:
    chance = Random(SEED)

    def open_link(there: Address, wire: Wire) -> Link:
        del there, wire
        return HostileLink(hostile(name, chance), told)

    def connect(ears: Ears) -> Connection:
        return Connection(ears)

    settings = read_lines(text, PROTOCOL)
    spool = Spool(folder / "s.db")
    gateway = Gateway(Identity("c", "gw", BOOT), settings, spool, connect, open_link=open_link)
    gateway.start()
    return gateway


@pytest.mark.parametrize("name", ["jsdt3", "jsdt4"])
def test_a_hostile_machine_gets_polls_and_acknowledgements_only(tmp_path: Path, name: str) -> None:
    print("seed", SEED)
    told: list[bytes] = []
    line = f'[[line]]\nmachine = "A"\nprotocol = "{name}"\nlink = "/dev/x"\n'
    gateway = at_work(tmp_path, line, told, name)
    try:
        until(lambda: gateway.desks[0].link().counters.reopened >= 2, 60)
    finally:
        gateway.stop()
    assert gateway.desks[0].link().counters.good > (0 if name == "jsdt3" else 100)
    assert len(told) > (1 if name == "jsdt3" else 100)
    assert [one for one in told if not ALLOWED[name].fullmatch(one)] == []


def test_a_hostile_caller_gets_acknowledgements_only(tmp_path: Path) -> None:
    print("seed", SEED)
    line = '[[line]]\nmachine = "A"\nprotocol = "hl7"\nlink = "listen://127.0.0.1:0"\n'
    gateway = at_work(tmp_path, line, [], "hl7")
    told = bytearray()
    try:
        until(lambda: gateway.halls[0].port > 0)
        with socket.create_connection(("127.0.0.1", gateway.halls[0].port)) as machine:
            reader = threading.Thread(target=read_all, args=(machine, told))
            reader.start()
            for piece in hostile("hl7", Random(SEED)):
                machine.sendall(piece)
            machine.shutdown(socket.SHUT_WR)
            reader.join(60)
    finally:
        gateway.stop()
    answers = re.findall(rb"\x0b[^\x1c]*\x1c\r", bytes(told))
    assert len(answers) > 100
    assert b"".join(answers) == bytes(told)
    assert [one for one in answers if not ALLOWED["hl7"].fullmatch(one)] == []


def read_all(machine: socket.socket, told: bytearray) -> None:
    while chunk := machine.recv(65_536):
        told += chunk


def test_a_protocol_of_the_list_is_held_to_this() -> None:
    assert set(ALLOWED) == set(FRAMES) == set(PROTOCOL)


def test_the_code_writes_to_a_link_in_these_places_and_nowhere_else() -> None:
    folders = ("devices/gateway", "clearshift/cli", "devices/ingest")
    files = [one for one in package_files() if shown(one).startswith(folders)]
    calls = {
        f"{shown(file)}: {ast.unparse(node)}"
        for file in files
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "write"
        and ast.unparse(node.func.value) in {"link", "call", "port", "self._port", "self._link"}
    }
    assert calls == {
        "devices/gateway/port.py: link.write(driver.poll())",
        "devices/gateway/port.py: link.write(answer)",
        "devices/gateway/hall.py: call.write(answer)",
        "clearshift/cli/doctor.py: link.write(poll)",
        "clearshift/cli/doctor.py: link.write(answer)",
    }
    openers = {
        shown(file)
        for file in package_files()
        if "open_serial" in file.read_text(encoding="utf-8") and file.is_relative_to(ROOT)
    }
    assert openers == {
        "devices/links/serial_link.py", "devices/gateway/gateway.py", "clearshift/cli/doctor.py",
    }  # fmt: skip
