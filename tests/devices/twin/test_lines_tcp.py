"""Machines behind serial-to-Ethernet boxes, and machines that call their gateway."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from random import Random

import pytest
import serial
import serial.rfc2217

from devices.links.port_server import PortServer
from devices.twin.connection import Wrapped, bare
from devices.twin.line_fault import LineFault, Trouble
from devices.twin.lines import Lines, Wiring
from devices.twin.post import Maker
from devices.twin.tcp_ends import BoxEnd, CallerEnd
from tests.devices.twin.lines_world import (
    LENGTH,
    POLL,
    PUSHING,
    CountingBody,
    CountingWorld,
    Hands,
    add,
    made,
    room,
    running,
    until,
)

HERE = "127.0.0.1"
CALLING = made(protocol=PUSHING, baud=None)


def box(scheme: str, wrapped: Wrapped = bare) -> Wiring:
    return lambda watch, ears: BoxEnd(scheme, (HERE, 0), watch, ears, wrapped)


def caller(port: int) -> Wiring:
    return lambda watch, ears: CallerEnd(HERE, port, watch, ears)


@contextmanager
def on(
    wiring: Wiring, maker: Maker | None = None, body: CountingBody | None = None
) -> Iterator[tuple[Hands, str]]:
    """One machine at work, and where it is reached."""
    lines = Lines(CountingWorld(body or CountingBody()), time.monotonic, tick=0.05)
    link = add(lines, wiring, maker).link
    with running(lines) as hands:
        yield hands, link


def asked(port: serial.SerialBase, seconds: float = 5.0) -> bytes:
    port.write(POLL)
    answer, end = b"", time.monotonic() + seconds
    while len(answer) < LENGTH and time.monotonic() < end:
        answer += port.read(LENGTH - len(answer))
    return answer


def test_a_raw_box_passes_polls_and_answers_on_at_the_speed_of_its_line() -> None:
    with on(box("socket")) as (_, link), serial.serial_for_url(link, timeout=0.2) as port:
        began = time.monotonic()
        assert len(asked(port)) == LENGTH
        assert time.monotonic() - began >= 0.150


def test_a_second_client_of_a_box_is_let_in_and_hears_nothing() -> None:
    with on(box("socket")) as (_, link), serial.serial_for_url(link, timeout=0.2) as port:
        assert len(asked(port)) == LENGTH
        with serial.serial_for_url(link, timeout=0.2) as second:
            assert asked(second, seconds=0.6) == b""
        assert len(asked(port)) == LENGTH


def test_a_box_that_comes_back_is_at_the_same_address() -> None:
    with on(box("socket")) as (hands, link):
        with serial.serial_for_url(link, timeout=0.2) as port:
            hands.suffer(LineFault("HD-01", Trouble.PULL))
            with pytest.raises(serial.SerialException):
                asked(port)
        with pytest.raises(serial.SerialException):
            serial.serial_for_url(link, timeout=0.2)
        hands.suffer(LineFault("HD-01", Trouble.PLUG))
        with serial.serial_for_url(link, timeout=0.2) as port:
            assert len(asked(port)) == LENGTH


def test_an_rfc2217_box_negotiates_and_passes_every_byte() -> None:
    with (
        on(box("rfc2217", partial(PortServer, baud=9600))) as (_, link),
        serial.serial_for_url(link, baudrate=9600, timeout=0.2) as port,
    ):
        assert len(asked(port)) == LENGTH
        assert (port.cts, port.dsr, port.cd, port.ri) == (True, True, True, False)


def test_an_rfc2217_box_set_to_another_speed_lets_nothing_through() -> None:
    with (
        on(box("rfc2217", partial(PortServer, baud=9600))) as (_, link),
        serial.serial_for_url(link, baudrate=4800, timeout=0.2) as port,
    ):
        assert asked(port, seconds=0.9) == b""
        port.baudrate = 9600
        assert len(asked(port)) == LENGTH


def test_a_byte_of_255_passes_an_rfc2217_box_in_both_directions() -> None:
    told: list[bytes] = []
    server = PortServer(told.append, baud=9600)
    assert server.wrap(b"a\xffb") == b"a\xff\xffb"
    assert server.unwrap(b"a\xff\xffb") == b"a\xffb"


@pytest.mark.parametrize(
    "request_bytes",
    [b"\xff\xfa\x2c\x01\x00\xff\xf0", b"\xff\xfa\x2c\x03\x63\xff\xf0", b"\xff\xfa\x2c\x0a\xff\xf0",
     b"\xff\xfa" + bytes(5_000)],
)  # fmt: skip
def test_a_request_that_cannot_be_is_refused(request_bytes: bytes) -> None:
    with pytest.raises(ValueError, match="request"):
        PortServer(lambda _: None, baud=9600).unwrap(request_bytes)


def test_a_client_of_a_box_that_talks_nonsense_loses_its_connection() -> None:
    with on(box("rfc2217", partial(PortServer, baud=9600))) as (_, link):
        host, _, port = link.removeprefix("rfc2217://").rpartition(":")
        with socket.create_connection((host, int(port)), timeout=5) as client:
            client.sendall(b"\xff\xfa\x2c\x03\x63\xff\xf0")
            until(lambda: ended(client))


def ended(client: socket.socket) -> bool:
    try:
        return client.recv(4_096) == b""
    except ConnectionError:
        return True


def test_a_machine_calls_its_gateway_and_says_what_it_has_to_say() -> None:
    with socket.create_server((HERE, 0)) as gateway, on(caller(gateway.getsockname()[1]), CALLING):
        gateway.settimeout(10)
        peer, _ = gateway.accept()
        with peer:
            peer.settimeout(10)
            assert peer.recv(3) == b"<0>"


def test_a_machine_calls_again_when_it_is_cut_off() -> None:
    with socket.create_server((HERE, 0)) as gateway, on(caller(gateway.getsockname()[1]), CALLING):
        gateway.settimeout(10)
        gateway.accept()[0].close()
        again, _ = gateway.accept()
        with again:
            again.settimeout(10)
            assert again.recv(1) == b"<"


def test_a_machine_whose_gateway_is_not_there_yet_keeps_calling() -> None:
    with socket.socket() as reserved:
        reserved.bind((HERE, 0))
        port = reserved.getsockname()[1]
    with (
        on(caller(port), CALLING),
        socket.create_server((HERE, port)) as gateway,
    ):
        gateway.settimeout(10)
        gateway.accept()[0].close()


def test_a_machine_that_is_off_does_not_call_and_one_that_goes_off_hangs_up() -> None:
    body = CountingBody(powered=False)
    with (
        socket.create_server((HERE, 0)) as gateway,
        on(caller(gateway.getsockname()[1]), CALLING, body),
    ):
        gateway.settimeout(0.3)
        with pytest.raises(TimeoutError):
            gateway.accept()
        body.powered = True
        gateway.settimeout(10)
        peer, _ = gateway.accept()
        body.powered = False
        with peer:
            peer.settimeout(10)
            until(lambda: ended(peer))


def test_a_gateway_that_never_reads_loses_the_connection_in_the_end() -> None:
    with socket.create_server((HERE, 0)) as gateway:
        gateway.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        lines = room(tick=0.05)
        end = add(lines, caller(gateway.getsockname()[1]), CALLING)
        gateway.settimeout(10)
        lines.step(0.2)
        peer, _ = gateway.accept()
        with peer:
            lines.step(0.2)
            for _ in range(200):
                end.send(bytes(60_000))
            assert end.lost > 0
        lines.close()


def test_a_machine_whose_network_is_pulled_out_calls_once_it_is_in_again() -> None:
    with socket.create_server((HERE, 0)) as gateway:
        lines = room(tick=0.05)
        add(lines, caller(gateway.getsockname()[1]), CALLING)
        gateway.settimeout(10)
        lines.step(0.2)
        first, _ = gateway.accept()
        lines.suffer(LineFault("HD-01", Trouble.PULL))
        with first:
            first.settimeout(10)
            assert ended(first)
        lines.suffer(LineFault("HD-01", Trouble.PLUG))
        lines.step(0.2)
        gateway.accept()[0].close()
        lines.close()


def test_a_gateway_that_reads_late_gets_every_byte_in_order() -> None:
    said = bytes(range(256)) * 200
    with socket.create_server((HERE, 0)) as gateway:
        lines = room(tick=60.0)
        end = add(lines, caller(gateway.getsockname()[1]), CALLING)
        gateway.settimeout(10)
        lines.step(0.2)
        peer, _ = gateway.accept()
        with peer:
            peer.settimeout(10)
            lines.step(0.2)
            sent = 0
            while sent < 100 and not waits(lines):
                end.send(said)
                sent += 1
            heard = b""
            while not heard.endswith(said * sent):
                heard += peer.recv(1 << 20)
                lines.step(0.0)
        assert waits(lines) is False
        lines.close()


def waits(lines: Lines) -> bool:
    """True if something is left that a socket did not take."""
    return any(key.events & selectors.EVENT_WRITE for key in lines.watch.get_map().values())


def test_a_box_that_nobody_calls_loses_what_the_machine_says() -> None:
    with on(box("socket"), made(protocol=PUSHING)) as (hands, _):
        end = hands.lines.end("HD-01")
        until(lambda: end.lost > 0)
        assert end.peer_baud is None
        hands.suffer(LineFault("HD-01", Trouble.PLUG))  # is in already
        for _ in range(2):
            hands.suffer(LineFault("HD-01", Trouble.PULL))


def test_a_box_shows_out_whom_it_has_no_room_for() -> None:
    with on(box("socket")) as (_, link):
        port = int(link.rpartition(":")[2])
        callers = [socket.create_connection((HERE, port), timeout=10) for _ in range(10)]
        until(lambda: ended(callers[-1]))
        for one in callers:
            one.close()


@pytest.mark.parametrize("host", ["nowhere.invalid", HERE])
def test_a_machine_that_cannot_reach_its_gateway_loses_what_it_says(host: str) -> None:
    lines = room(tick=60.0)
    end = lines.add(CALLING, lambda watch, ears: CallerEnd(host, 1, watch, ears), Random(1))
    end.send(b"12345")
    assert (end.lost, end.peer_baud) == (5, None)
    lines.suffer(LineFault("HD-01", Trouble.PULL))
    end.tend(1e9, powered=True)
    lines.step(0.05)
    lines.close()
