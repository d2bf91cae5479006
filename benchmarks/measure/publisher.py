"""A fast publisher: `python -m benchmarks.measure.publisher PORT MESSAGES RATE MACHINES TIMES`.

Speaks MQTT 3.1.1 at QoS 1 itself, since it shares the computer with what is measured: every
message is made by replacing a few bytes. Writes when each message was sent (seconds of the
system's clock, as doubles) into the file TIMES.
"""

from __future__ import annotations

import socket
import sys
import time
from array import array
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from devices.wire.messages import encode
from domain.quantity import QUANTITIES
from domain.telemetry import Generation, Key, Mode, Origin, Phase, Sample

VALUES = 25
WINDOW = 500
"""Messages that the broker has not confirmed."""
STEP = 0.01
"""Seconds between two sendings at a given rate."""
CENTER, GATEWAY, BOOT = "north", "gw-a", "0123456789abcdef" * 2
_SEQ, _TS = 8_888_888, datetime(2001, 2, 3, 4, 5, 6, 789_000, tzinfo=UTC)


def machines(count: int) -> tuple[str, ...]:
    """What the machines are called."""
    return tuple(f"HD-{number:03}" for number in range(1, count + 1))


def payloads(count: int, messages: int) -> Iterator[tuple[str, bytes]]:
    """Machine and payload, the machines in turn, each one's numbers from 1 upwards."""
    names = machines(count)
    templates = [_template(name) for name in names]
    for number in range(messages):
        place = number % count
        now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.%f}Z".encode()
        yield names[place], templates[place] % (number // count + 1, now)


def _template(machine: str) -> bytes:
    """A payload with gaps for number and time."""
    values = {
        one.name: round(float(one.low + 0.4 * (one.high - one.low)), one.decimals)
        for one in QUANTITIES[:VALUES]
    }
    whole = encode(
        Sample(
            Key(machine, BOOT, _SEQ),
            Origin(GATEWAY, "jsdt3", Generation.TEST, _TS),
            Mode.TREATMENT,
            Phase.TREATMENT,
            False,
            values,
        )
    )
    return whole.replace(str(_SEQ).encode(), b"%d").replace(
        b'"2001-02-03T04:05:06.789000Z"', b'"%s"'
    )


class Connection:
    """To a broker of this computer."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(_packet(0x10, b"\0\4MQTT\4\2\0\0" + _text("publisher")))
        if self._socket.recv(4)[3]:
            raise ConnectionError("the broker refuses")
        self._confirmed, self._sent = 0, 0

    def send(self, messages: list[tuple[str, bytes]]) -> None:
        """At QoS 1, as soon as the window lets it."""
        while self._sent + len(messages) - self._confirmed // 4 > WINDOW:
            self._hear()
        packets = []
        for machine, payload in messages:
            self._sent += 1
            topic = _text(f"hd/v1/{CENTER}/m/{machine}/telemetry")
            number = (self._sent % 65_535 + 1).to_bytes(2, "big")
            packets.append(_packet(0x32, topic + number + payload))
        self._socket.sendall(b"".join(packets))

    def finish(self) -> None:
        """Waits for every confirmation."""
        while self._confirmed < 4 * self._sent:
            self._hear()
        self._socket.close()

    def _hear(self) -> None:
        """A confirmation is four bytes."""
        heard = self._socket.recv(65_536)
        if not heard:
            raise ConnectionError("the broker hung up")
        self._confirmed += len(heard)


def _packet(kind: int, body: bytes) -> bytes:
    length, rest = bytearray(), len(body)
    while True:
        rest, digit = divmod(rest, 128)
        length.append(digit | (0x80 if rest else 0))
        if rest == 0:
            return bytes([kind, *length]) + body


def _text(text: str) -> bytes:
    return len(text).to_bytes(2, "big") + text.encode()


def main(port: int, messages: int, rate: float, count: int, times: Path) -> None:
    """Sends everything; a rate of 0 is as fast as it goes."""
    connection, sent = Connection(port), array("d")
    batch: list[tuple[str, bytes]] = []
    most = 50 if not rate else max(1, round(rate * STEP))
    began = time.monotonic()
    for message in payloads(count, messages):
        batch.append(message)
        if len(batch) < most:
            continue
        if rate:
            time.sleep(max(0.0, began + len(sent) / rate - time.monotonic()))
        sent.extend([time.time()] * len(batch))
        connection.send(batch)
        batch = []
    sent.extend([time.time()] * len(batch))
    connection.send(batch)
    connection.finish()
    times.write_bytes(sent.tobytes())


if __name__ == "__main__":
    main(
        int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]), Path(sys.argv[5])
    )
