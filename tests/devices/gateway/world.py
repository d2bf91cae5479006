"""The smallest protocols there can be, a connection that only remembers, and machines made of
a few bytes on a pseudo-terminal."""

from __future__ import annotations

import os
import re
import threading
import time
import tty
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from devices.gateway.gateway import Ears
from devices.mqtt.message import Message
from devices.protocols.protocol import (
    AlarmLevel,
    BloodPressure,
    Carrier,
    Check,
    Codec,
    Driver,
    Face,
    Fault,
    Frame,
    Garbage,
    Protocol,
    Refused,
    Report,
    Standing,
)
from devices.wire.messages import decode
from devices.wire.topics import read_machine_topic
from domain.quantity import QUANTITY
from domain.telemetry import MODE_OF, Entry, Phase
from domain.words import words

NOW = datetime(2026, 3, 2, 1, 15, 7, tzinfo=UTC)
BOOT, OTHER = "a" * 32, "b" * 32
POLL, YES, NO = b"?", b"+", b"-"


class TextCodec:
    """A frame is `<...>`; all else is noise."""

    capacity = 4096

    def __init__(self) -> None:
        self._held = b""

    def feed(self, chunk: bytes) -> tuple[Frame | Garbage, ...]:
        self._held += chunk
        pieces: list[Frame | Garbage] = []
        while found := re.search(rb"<[^<>]*>", self._held):
            if found.start():
                pieces.append(Garbage(Fault.NOISE, self._held[: found.start()]))
            pieces.append(Frame("text", found[0]))
            self._held = self._held[found.end() :]
        if b"<" not in self._held and self._held:
            pieces.append(Garbage(Fault.NOISE, self._held))
            self._held = b""
        return tuple(pieces)

    def flush(self) -> tuple[Frame | Garbage, ...]:
        held, self._held = self._held, b""
        return (Garbage(Fault.TRUNCATED, held),) if held else ()

    @property
    def held(self) -> int:
        return len(self._held)


class TextDriver:
    """`<serial phase uf=100 !air bp=T/120/80>`; `<no>` is refused."""

    def __init__(self, poll: bytes) -> None:
        self._poll = poll

    def poll(self) -> bytes:
        return self._poll

    def interpret(self, frame: Frame) -> Report:
        serial, phase, *said = frame.raw[1:-1].decode("latin-1").split()
        if serial == "no":
            raise Refused("nothing in it")
        cuff = next((one[3:].split("/") for one in said if one.startswith("bp=")), None)
        values = dict(one.split("=") for one in said if one.split("=")[0] in QUANTITY)
        return Report(
            complete=True,
            values={name: float(value) for name, value in values.items()},
            mode=MODE_OF[Phase(phase)],
            phase=Phase(phase),
            levels=frozenset(AlarmLevel(one[1:]) for one in said if one.startswith("!")),
            blood_pressure=BloodPressure(cuff[0], _cuff(*cuff[1:])) if cuff else None,
            serial="" if serial == "-" else serial,
        )

    def answer(self, frame: Frame, at: datetime, accepted: bool) -> bytes:
        del frame, at
        return b"" if self._poll else YES if accepted else NO


def _cuff(high: str, low: str) -> dict[str, float]:
    return {"nibp_sys_mmhg": float(high), "nibp_dia_mmhg": float(low)}


def _asking() -> Driver:
    return TextDriver(POLL)


def _hearing() -> Driver:
    return TextDriver(b"")


def _codec() -> Codec:
    return TextCodec()


def _face(serial: str) -> Face:
    raise AssertionError(f"no test simulates {serial}")


POLLED = Protocol(
    name="polled", title=words("test"), carrier=Carrier.SERIAL, standing=Standing.PRIMARY,
    source="", verified_against="", captured_from="", quantities=frozenset({"uf_volume_ml"}),
    pace=5.0, patience=1.0, codec=_codec, driver=_asking, face=_face, check=Check.CARRIER,
)  # fmt: skip
PUSHED = replace(POLLED, name="pushed", driver=_hearing, carrier=Carrier.TCP_SERVER)
CALM = b"<- treatment uf_volume_ml=100>"


class Connection:
    """What would be MQTT: up at once, takes everything, or nothing while `open` is false."""

    def __init__(self, ears: Ears) -> None:
        self.ears = ears
        self.open = True
        self.messages: list[Message] = []

    def start(self) -> None:
        self.ears.up()

    def stop(self) -> None:
        self.messages.append(self.ears.will)

    def publish(self, message: Message) -> bool:
        if self.open:
            self.messages.append(message)
        return self.open

    def entries(self) -> list[Entry]:
        """What the streams carried, in order."""
        return [decode(one.payload) for one in list(self.messages) if not one.retain]

    def last(self, kind: str) -> bytes:
        """The newest retained message of a kind; waits for the first one."""
        until(lambda: self._retained(kind) != [])
        found = self._retained(kind)[-1]
        assert kind == "status" or read_machine_topic(found.topic)
        return found.payload

    def _retained(self, kind: str) -> list[Message]:
        return [one for one in list(self.messages) if one.retain and one.topic.endswith(kind)]


class PtyMachine:
    """Answers what it is told to on a pseudo-terminal behind a symlink, and writes down every
    byte that it gets."""

    def __init__(self, link: Path, answer: Callable[[bytes], bytes] = lambda _: CALM) -> None:
        self.link, self.answer = link, answer
        self.heard = b""
        self._master = -1
        self.plug()

    def plug(self) -> None:
        """A new device behind the same name."""
        self._master, slave = os.openpty()
        tty.setraw(slave)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(os.ttyname(slave))
        threading.Thread(target=self._work, args=(self._master, slave), daemon=True).start()

    def pull(self) -> None:
        """The adapter is gone, with its device file."""
        self.link.unlink()
        self._master = -1

    def say(self, data: bytes) -> None:
        """Unasked."""
        os.write(self._master, data)

    def _work(self, master: int, slave: int) -> None:
        os.set_blocking(master, False)
        mine = True
        while mine:
            try:
                chunk = os.read(master, 4096)
                self.heard += chunk
                if data := self.answer(chunk):
                    os.write(master, data)
            except BlockingIOError:
                time.sleep(0.002)
            except OSError:
                mine = False
            mine = mine and self._master == master
        os.close(master)
        os.close(slave)


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    """Waits for a condition; fails when it has not come true in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)
