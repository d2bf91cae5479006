"""Real wires with a simulated machine at the far end: a pseudo-terminal, or TCP with the
machine as the client. The machine runs in a thread that ends with the `with` block."""

from __future__ import annotations

import os
import select
import socket
import termios
import threading
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import serial

from devices.protocols.protocol import Carrier, Face, Protocol
from devices.twin.truth import Truth

TICK = 0.02
"""Seconds that either end waits for bytes before it looks again."""


@dataclass(frozen=True)
class Wire:
    """Our end: what has come (empty: nothing yet), and how to send."""

    receive: Callable[[], bytes]
    send: Callable[[bytes], object]


@contextmanager
def machine_at(row: Protocol, truth: Callable[[], Truth]) -> Iterator[Wire]:
    """A machine of this protocol that always says the present truth."""
    wired = _terminal if row.carrier is Carrier.SERIAL else _connection
    with wired() as (wire, far):
        stop = threading.Event()
        thread = threading.Thread(target=_run, args=(far, row.face("SN-1"), truth, stop))
        thread.start()
        try:
            yield wire
        finally:
            stop.set()
            thread.join(5)
            assert not thread.is_alive()


def _run(far: int, face: Face, truth: Callable[[], Truth], stop: threading.Event) -> None:
    """The far end: answers in small pieces, as a line does."""
    while not stop.is_set():
        now = truth()
        said = face.speak(now)
        if select.select([far], [], [], TICK)[0]:
            said += face.hear(os.read(far, 64), now)
        for at in range(0, len(said), 7):
            os.write(far, said[at : at + 7])


@contextmanager
def _terminal() -> Iterator[tuple[Wire, int]]:
    far, near = os.openpty()
    try:
        tty.setraw(near)
        termios.tcflush(far, termios.TCIOFLUSH)
        with serial.Serial(os.ttyname(near), 9600, timeout=TICK, exclusive=True) as port:
            yield Wire(lambda: bytes(port.read(port.in_waiting or 1)), port.write), far
    finally:
        os.close(near)
        os.close(far)


@contextmanager
def _connection() -> Iterator[tuple[Wire, int]]:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as machine,
    ):
        ours, _ = server.accept()
        with ours:
            ours.settimeout(TICK)
            yield Wire(lambda: _received(ours), ours.sendall), machine.fileno()


def _received(ours: socket.socket) -> bytes:
    try:
        return ours.recv(4096)
    except TimeoutError:
        return b""
