"""What lies between the library and its socket changes nothing but the speed."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from devices.mqtt.broker import Broker
from devices.mqtt.mosquitto_process import Mosquitto
from devices.mqtt.sieve import (
    AT_ONCE,
    FEW,
    LARGEST,
    LINGER,
    LONGEST,
    QUIET,
    SHOWN,
    Sieve,
    Taken,
    framed,
)
from tests.devices.mqtt.ear import Ear, connected, until


class Under:
    """A socket that hands over these pieces, and takes so many bytes at each sending."""

    def __init__(self, *pieces: bytes, takes: int = 1_000_000) -> None:
        self.pieces, self.takes, self.sent = list(pieces), takes, b""

    def recv(self, most: int) -> bytes:
        if not self.pieces:
            raise BlockingIOError
        piece = self.pieces.pop(0)
        assert len(piece) <= most
        return piece

    def send(self, data: bytes) -> int:
        self.sent += data[: self.takes]
        return min(self.takes, len(data))


class Clock:
    """Stands still."""

    now = 0.0


def sieve(under: Under, taken: list[Taken], clock: Clock | None = None) -> Sieve:
    at = clock or Clock()
    made = Sieve(under, taken.extend, lambda: at.now, plenty)  # type: ignore[arg-type]  # enough
    made._shown = 0.0
    return made


def plenty(_under: socket.socket) -> int:
    """So much is there that nothing is waited for."""
    return AT_ONCE


def packet(kind: int, body: bytes) -> bytes:
    length, rest = bytearray(), len(body)
    while rest > 127:
        length.append(rest & 127 | 128)
        rest >>= 7
    return bytes([kind, *length, rest]) + body


def message(mid: int, payload: bytes, topic: bytes = b"a/b", kind: int = 0x32) -> bytes:
    return packet(kind, len(topic).to_bytes(2, "big") + topic + mid.to_bytes(2, "big") + payload)


def library(one: Sieve) -> bytes:
    """Reads as the library does, as long as there is something."""
    read = b""
    try:
        while head := one.recv(1):
            read += head
            length = shift = 0
            while True:
                digit = one.recv(1)
                read += digit
                length |= (digit[0] & 127) << shift
                shift += 7
                if digit[0] < 128:
                    break
            while length:
                part = one.recv(length)
                read += part
                length -= len(part)
    except BlockingIOError:
        return read
    return read


plain = st.builds(
    message, st.integers(1, 65_535), st.binary(max_size=300), kind=st.sampled_from((0x32, 0x33))
)
other = st.builds(packet, st.sampled_from((0x20, 0x30, 0x40, 0x90, 0xD0)), st.binary(max_size=300))


@given(st.lists(plain | other, max_size=8), st.lists(st.integers(1, 400), max_size=20))
@example([message(1, b"x"), message(2, bytes(121))], [20, 1, 1, 1])
def test_however_it_is_cut_messages_are_taken_and_the_library_gets_the_rest(
    packets: list[bytes], cuts: list[int]
) -> None:
    stream, pieces = b"".join(packets), list[bytes]()
    for cut in cuts:
        pieces, stream = [*pieces, stream[:cut]], stream[cut:]
    under, taken = Under(*(one for one in (*pieces, stream) if one)), list[Taken]()
    one, rest = sieve(under, taken), b""
    while under.pieces or one.pending():
        rest += library(one)
    assert rest == b"".join(one for one in packets if one[0] & 0xFE != 0x32)
    assert [message(mid, payload, topic, 0x32 | kept) for topic, mid, payload, kept in taken] == [
        one for one in packets if one[0] & 0xFE == 0x32
    ]


def test_a_message_without_a_topic_or_too_short_is_left_to_the_library() -> None:
    for wrong in (message(1, b"x", b""), packet(0x32, b"\0\5ab"), packet(0x32, b"")):
        taken: list[Taken] = []
        assert library(sieve(Under(wrong), taken)) == wrong
        assert taken == []


def test_the_library_is_shown_a_message_from_time_to_time() -> None:
    """By what it reads it judges whether the connection lives."""
    taken, clock, under = list[Taken](), Clock(), Under()
    one, shown = sieve(under, taken, clock), []
    for number, clock.now in ((1, 0.0), (2, SHOWN), (3, SHOWN)):
        under.pieces.append(message(number, b"x"))
        shown.append(library(one))
    assert shown == [b"", message(2, b"x"), b""]
    assert [mid for _, mid, _, _ in taken] == [1, 3]


def test_what_came_at_once_is_given_at_once_and_then_it_is_the_librarys_turn() -> None:
    given: list[list[Taken]] = []
    under = Under(message(1, b"1") + message(2, b"2"), message(3, b"3") + message(4, b"4")[:5])
    one = Sieve(under, given.append, lambda: 0.0, plenty)  # type: ignore[arg-type]  # enough
    one._shown = 0.0
    assert (library(one), len(given), one.pending()) == (b"", 1, 0)
    assert (library(one), len(given), one.pending()) == (b"", 2, 0)
    assert [[mid for _, mid, _, _ in batch] for batch in given] == [[1, 2], [3]]


@pytest.mark.parametrize(
    ("first", "then", "seconds"),
    [
        (100, 0, QUIET),  # nothing more comes
        (100, 99, LINGER),  # a few keep coming
        (FEW, 99, LONGEST),  # more than a few
        (AT_ONCE, 0, 0.0),  # as much as can be read
    ],
)
def test_messages_gather_while_they_keep_coming_but_not_for_long(
    first: int, then: int, seconds: float
) -> None:
    near, far = socket.socketpair()
    with near, far:
        near.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * AT_ONCE)
        body, waited = b"\0\3a/b\0\1", list[float]()
        near.sendall(b"\x32\xff\xff\x3f" + body + bytes(first - 11))

        def wait(pause: float) -> None:
            waited.append(pause)
            near.sendall(bytes(100 if len(waited) <= then else 0))

        one = Sieve(far, list[Taken]().extend, wait=wait)
        with pytest.raises(BlockingIOError):
            one.recv(1)
        assert sum(waited) == pytest.approx(seconds)


def test_what_is_there_already_does_not_wait_again() -> None:
    """A socket that decrypts hands over a part of what it has at each asking."""
    under, waited, taken = (
        Under(*(message(n, b"x") for n in range(1, 9))),
        list[float](),
        list[Taken](),
    )
    one = Sieve(under, taken.extend, lambda: 0.0, lambda _: len(under.pieces), waited.append)  # type: ignore[arg-type]  # enough of a socket
    one._shown = 0.0
    for number in range(1, 9):
        assert library(one) == b""
        assert [mid for _, mid, _, _ in taken] == [*range(1, number + 1)]
    assert waited == [QUIET]
    under.pieces.append(message(9, b"x"))
    assert library(one) == b""
    assert waited == [QUIET, QUIET]


def test_the_end_is_the_end() -> None:
    assert sieve(Under(b""), []).recv(1) == b""


@pytest.mark.parametrize("nonsense", [b"\x32\xff\xff\xff\xff\x01", b"\x32\xff\xff\xff\x7f"])
def test_a_packet_without_end_ends_the_connection(nonsense: bytes) -> None:
    with pytest.raises(ConnectionError):
        framed(nonsense + bytes(LARGEST), 0)


@given(st.lists(st.integers(1, 65_535), min_size=1, max_size=9), st.integers(1, 7))
def test_acknowledgements_go_before_a_packet_and_never_into_one(
    mids: list[int], takes: int
) -> None:
    under = Under(takes=takes)
    one, ping, first = sieve(under, []), b"\xc0\x00", message(7, b"first")
    sent = one.send(first)
    one.acknowledge(mids)
    for rest in (first[sent:], ping):
        while rest:
            try:
                rest = rest[one.send(rest) :]  # noqa: PLW2901  # as the library does
            except BlockingIOError:
                continue
    said = b"".join(packet(0x40, mid.to_bytes(2, "big")) for mid in mids)
    assert under.sent == first + said + ping


def test_a_burst_is_heard_in_order_and_acknowledged_at_once(tmp_path: Path) -> None:
    payloads = [b"%d" % number for number in range(500)]
    with Mosquitto(tmp_path) as process:
        broker = Broker.of(f"{process.url}?version=3.1.1")
        with Ear(broker, "ingest", "a", durable=True) as ear, Ear(broker, "mouth") as mouth:
            connected(ear)
            for payload in payloads:
                mouth.say("a", payload)
            until(lambda: len(ear.messages) == 500, "all of them")
            assert ear.payloads == payloads
            ear.client.acknowledge(*ear.messages[:499])
            ear.say("b", b"after them")
            until(lambda: ear.client.in_flight == 0, "the broker's word that it has read so far")
        with Ear(broker, "ingest", "a", durable=True) as again:
            until(lambda: bool(again.messages), "the one that was left")
        assert again.payloads == payloads[499:]


def test_every_socket_of_the_library_is_behind_a_sieve(tmp_path: Path) -> None:
    """It has no official place for one: if this fails, all still works, and costs double."""
    with Mosquitto(tmp_path) as process, Ear(Broker.of(process.url), "a") as ear:
        connected(ear)
        assert isinstance(ear.client._paho.socket(), Sieve)  # type: ignore[union-attr]
        assert isinstance(ear.client._sieve._under, socket.socket)  # type: ignore[union-attr]
