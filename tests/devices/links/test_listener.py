"""Calls that come in."""

from __future__ import annotations

import socket

import pytest

from devices.links.link import LinkLost
from devices.links.listener import Listener


def test_a_call_is_a_link() -> None:
    listener = Listener("127.0.0.1", 0)
    assert listener.accept(0.01) is None
    with socket.create_connection(("127.0.0.1", listener.port)) as machine:
        link = listener.accept(5)
        assert link is not None
        machine.sendall(b"hello")
        assert link.read(5) == b"hello"
        assert link.read(0.01) == b""
        link.write(b"ack")
        assert machine.recv(10) == b"ack"
    with pytest.raises(LinkLost, match="hung up"):
        link.read(5)
    link.close()
    with pytest.raises(LinkLost):
        link.write(b"x")
    listener.close()
    with pytest.raises(LinkLost):
        listener.accept(0)


def test_a_port_is_listened_on_once() -> None:
    listener = Listener("127.0.0.1", 0)
    with pytest.raises(LinkLost):
        Listener("127.0.0.1", listener.port)
    listener.close()
    Listener("127.0.0.1", listener.port).close()
