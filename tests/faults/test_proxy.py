"""The weather itself: what each kind of it does to a connection."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.faults.proxy import Proxy


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """In front of an echo."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        with Proxy(server.getsockname()[1], seed=1) as between:
            yield between
        server.shutdown(socket.SHUT_RDWR)


def accept(server: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            one, _ = server.accept()
            threading.Thread(target=echo, args=(one,), daemon=True).start()


def echo(one: socket.socket) -> None:
    with contextlib.suppress(OSError), one:
        while data := one.recv(4096):
            one.sendall(data)


def called(proxy: Proxy) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", proxy.port), timeout=30)
    one.sendall(b"hello")
    assert one.recv(5) == b"hello"
    return one


def test_in_fair_weather_everything_passes(proxy: Proxy) -> None:
    called(proxy).close()


def test_a_cut_ends_the_connection_and_the_next_one_works(proxy: Proxy) -> None:
    with called(proxy) as one:
        proxy.cut()
        assert one.recv(1) == b""
    called(proxy).close()


def test_a_reset_is_no_orderly_end(proxy: Proxy) -> None:
    with called(proxy) as one:
        proxy.reset()
        with pytest.raises(ConnectionResetError):
            one.recv(1)


def test_silence_keeps_the_connection_and_lets_nothing_through_until_it_ends(
    proxy: Proxy,
) -> None:
    with called(proxy) as one:
        proxy.silence(True)
        one.sendall(b"?")
        one.settimeout(0.3)
        with pytest.raises(TimeoutError):
            one.recv(1)
        proxy.silence(False)
        one.settimeout(5)
        assert one.recv(1) == b"?"


def test_refusing_ends_new_connections_only(proxy: Proxy) -> None:
    with called(proxy) as one:
        proxy.refuse(True)
        with socket.create_connection(("127.0.0.1", proxy.port), timeout=30) as other:
            assert other.recv(1) == b""
        one.sendall(b"!")
        assert one.recv(1) == b"!"


def test_latency_and_loss_cost_time(proxy: Proxy) -> None:
    with called(proxy) as one:
        proxy.latency = 0.1
        begun = time.monotonic()
        one.sendall(b"a")
        one.recv(1)
        assert time.monotonic() - begun >= 0.2
        proxy.latency, proxy.loss = 0.0, 0.3
        begun = time.monotonic()
        for _ in range(8):
            one.sendall(b"a")
            one.recv(1)
        assert time.monotonic() - begun >= 0.2


def test_a_limit_ends_a_connection_and_pieces_cut_what_passes(proxy: Proxy) -> None:
    with called(proxy) as one:
        proxy.pieces, proxy.limit = 3, 12
        one.sendall(b"0123456789")
        got = b""
        with contextlib.suppress(ConnectionResetError):
            while data := one.recv(100):
                got += data
        assert b"0123456789".startswith(got)
        assert len(got) < 10
