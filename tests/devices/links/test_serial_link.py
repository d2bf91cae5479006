"""Ports as they are: pulled, taken, silent, behind a box on the network."""

from __future__ import annotations

import os
import socket
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.links.link import Link, LinkLost, Parity, Wire, address
from devices.links.port_server import PortServer
from devices.links.serial_link import open_serial
from tests.devices.gateway.world import PtyMachine, until


def opened(link: str, wire: Wire | None = None) -> Link:
    there = address(link)
    assert there is not None
    return open_serial(there, wire or Wire())


def read_all(link: Link, length: int) -> bytes:
    """So many bytes, however they come."""
    end, data = time.monotonic() + 10, b""
    while len(data) < length:
        assert time.monotonic() < end, data
        data += link.read(0.5)
    return data


def lost(link: Link) -> bool:
    """Whether reading says so."""
    try:
        link.read(0.1)
    except LinkLost:
        return True
    return False


def read_on(call: socket.socket) -> None:
    """A box that takes everything and says nothing."""
    while call.recv(4096):
        pass


@contextmanager
def box(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """A serial-to-network box: a port, and what it does with its one caller."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def work() -> None:
            call, _ = listener.accept()
            with call:
                serve(call)

        threading.Thread(target=work, daemon=True).start()
        yield listener.getsockname()[1]


def test_a_port_is_reached_by_a_stable_name_and_its_bytes_come_whole(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "by-id", lambda chunk: bytes(range(256)) if chunk else b"")
    link = opened(str(machine.link))
    link.write(b"?")
    assert read_all(link, 256) == bytes(range(256))
    link.close()
    link.close()


def test_a_silent_port_is_no_error_and_waits_no_longer_than_it_is_told(tmp_path: Path) -> None:
    link = opened(str(PtyMachine(tmp_path / "tty", lambda _: b"").link))
    start = time.monotonic()
    assert (link.read(0.1), link.read(0), link.read(-1)) == (b"", b"", b"")
    assert 0.09 < time.monotonic() - start < 1


def test_a_pulled_port_is_lost_in_one_word(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "tty")
    link = opened(str(machine.link))
    machine.pull()
    until(lambda: lost(link))
    with pytest.raises(LinkLost):
        link.write(b"?")
    link.close()
    with pytest.raises(LinkLost):
        link.read(0)
    with pytest.raises(LinkLost, match="No such file"):
        opened(str(machine.link))


def test_a_port_that_is_open_already_is_not_shared(tmp_path: Path) -> None:
    machine = PtyMachine(tmp_path / "tty")
    first = opened(str(machine.link))
    with pytest.raises(LinkLost, match="another program"):
        opened(str(machine.link))
    first.close()
    opened(str(machine.link)).close()


def test_settings_that_a_port_does_not_have_are_told(tmp_path: Path) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    with pytest.raises(LinkLost):
        opened(os.ttyname(slave), Wire(baud=-1))
    opened(os.ttyname(slave), Wire(4800, 7, Parity.EVEN, 2)).close()
    os.close(master)
    os.close(slave)
    (tmp_path / "file").write_text("no terminal")
    with pytest.raises(LinkLost):
        opened(str(tmp_path / "file"))


def test_a_raw_socket_gives_what_is_there_and_tells_when_the_box_is_gone() -> None:
    def serve(call: socket.socket) -> None:
        call.recv(1)
        call.sendall(b"x" * 3000)

    with box(serve) as port:
        link = opened(f"socket://127.0.0.1:{port}")
        link.write(b"?")
        assert read_all(link, 3000) == b"x" * 3000
        with pytest.raises(LinkLost):
            link.read(5)


def test_a_box_that_nobody_answers_at_is_lost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(LinkLost):
        opened(f"socket://127.0.0.1:{port}")


def test_a_box_can_be_told_the_speed_and_every_byte_passes() -> None:
    servers: list[PortServer] = []

    def serve(call: socket.socket) -> None:
        server = PortServer(call.sendall, 1200)
        servers.append(server)
        while chunk := call.recv(4096):
            if data := server.unwrap(chunk):
                call.sendall(server.wrap(data))

    with box(serve) as port:
        link = opened(f"rfc2217://127.0.0.1:{port}", Wire(baud=4800))
        assert servers[0].peer_baud == 4800
        link.write(bytes(range(256)))
        assert read_all(link, 256) == bytes(range(256))
        assert link.read(0.1) == b""
        link.close()


def test_a_box_that_does_not_know_the_protocol_is_told_apart() -> None:
    with box(read_on) as port, pytest.raises(LinkLost, match="RFC2217"):
        opened(f"rfc2217://127.0.0.1:{port}")


def test_a_box_that_hangs_up_is_lost() -> None:
    gone = threading.Event()

    def serve(call: socket.socket) -> None:
        server = PortServer(call.sendall, 9600)
        call.settimeout(0.05)
        while not gone.is_set():
            try:
                server.unwrap(call.recv(4096))
            except TimeoutError:
                continue

    with box(serve) as port:
        link = opened(f"rfc2217://127.0.0.1:{port}")
        gone.set()
        until(lambda: lost(link))
        link.close()
