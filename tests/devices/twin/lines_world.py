"""The smallest machine and protocol there can be, for tests of lines: physics that count
seconds, and a face that answers `K` CR LF with a frame of a given length."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from random import Random
from threading import Event, Thread

from devices.protocols.protocol import (
    Carrier,
    Codec,
    Driver,
    Frame,
    Garbage,
    Protocol,
    Report,
    Standing,
)
from devices.twin.ends import End, PtyEnd
from devices.twin.line_fault import LineFault
from devices.twin.lines import Lines, Wiring
from devices.twin.manners import POLITE, Manners
from devices.twin.post import Maker
from devices.twin.script import Cue
from devices.twin.truth import Truth
from domain.telemetry import Phase
from domain.words import words

POLL = b"K\r\n"
LENGTH = 158
START = datetime(2026, 3, 2, 7, 0, 0)


class CountingBody:
    """A machine whose only physics is that time passes."""

    def __init__(self, serial: str = "S-HD-01", powered: bool = True) -> None:
        self.serial = serial
        self.seconds = 0.0
        self.powered = powered
        self.silent = False

    def run(self, seconds: float) -> None:
        self.seconds += seconds

    def look(self) -> Truth:
        return Truth(
            seconds=self.seconds, serial=self.serial, model="M", powered=self.powered,
            phase=Phase.TREATMENT, clock=START + timedelta(seconds=self.seconds),
            values={"therapy_time_min": self.seconds / 60, "anticoag_volume_ml": 1.0},
        )  # fmt: skip

    def advance(self, seconds: float) -> Truth:
        self.run(seconds)
        return self.look()


class CountingWorld:
    """Such machines in one room, which note what is done to them."""

    def __init__(self, *bodies: CountingBody) -> None:
        self.twins = {body.serial: body for body in bodies}
        self.played: list[Cue] = []

    def advance(self, seconds: float) -> dict[str, Truth]:
        return {serial: body.advance(seconds) for serial, body in self.twins.items()}

    def play(self, cues: Iterable[Cue]) -> None:
        self.played += cues


class AnsweringFace:
    """Answers a poll, however chopped, with the serial number, the names of the values and
    the clock, filled up to `LENGTH` bytes."""

    def __init__(self, serial: str) -> None:
        self._serial = serial
        self._heard = b""

    def hear(self, chunk: bytes, truth: Truth) -> bytes:
        self._heard = (self._heard + chunk)[-len(POLL) :]
        if self._heard != POLL:
            return b""
        self._heard = b""
        return filled(f"{self._serial} {sorted(truth.values)} {truth.clock:%H%M%S}")

    def speak(self, truth: Truth) -> bytes:
        del truth
        return b""


class PushingFace:
    """Says its clock once each time it may."""

    def __init__(self, serial: str) -> None:
        self.serial = serial
        self.heard = b""

    def hear(self, chunk: bytes, truth: Truth) -> bytes:
        del truth
        self.heard += chunk
        return b""

    def speak(self, truth: Truth) -> bytes:
        return f"<{truth.seconds:.0f}>".encode()


def filled(text: str) -> bytes:
    return text.encode().ljust(LENGTH - 2, b".") + b"\r\n"


class SilentCodec:
    capacity = 0
    held = 0

    def feed(self, chunk: bytes) -> tuple[Frame | Garbage, ...]:
        del chunk
        return ()

    def flush(self) -> tuple[Frame | Garbage, ...]:
        return ()


class PollingDriver:
    def __init__(self, poll: bytes) -> None:
        self._poll = poll

    def poll(self) -> bytes:
        return self._poll

    def interpret(self, frame: Frame) -> Report:
        del frame
        return Report(complete=False)

    def answer(self, frame: Frame, at: datetime, accepted: bool) -> bytes:
        del frame, at, accepted
        return b""


def codec() -> Codec:
    return SilentCodec()


def driver(poll: bytes) -> Driver:
    return PollingDriver(poll)


ANSWERING = Protocol(
    name="answering", title=words("test"), carrier=Carrier.SERIAL, standing=Standing.PRIMARY,
    source="", verified_against="", captured_from="", quantities=frozenset(), pace=1.0,
    patience=1.0, codec=codec, driver=partial(driver, POLL), face=AnsweringFace,
)  # fmt: skip
PUSHING = replace(
    ANSWERING, name="pushing", driver=partial(driver, b""), face=PushingFace,
    carrier=Carrier.TCP_SERVER,
)  # fmt: skip


def made(
    machine: str = "HD-01",
    protocol: Protocol = ANSWERING,
    manners: Manners = POLITE,
    baud: int | None = 9600,
    unsaid: frozenset[str] = frozenset(),
) -> Maker:
    """How a machine for a test is built."""
    return Maker(machine, f"S-{machine}", protocol, baud, manners, unsaid)


def room(*machines: str, speed: float = 1.0, tick: float = 1.0) -> Lines:
    """Lines without a machine on them yet, in a world of these."""
    world = CountingWorld(*(CountingBody(f"S-{machine}") for machine in machines or ("HD-01",)))
    return Lines(world, time.monotonic, speed, tick)


def add(lines: Lines, wiring: Wiring, maker: Maker | None = None) -> End:
    """Puts a machine there, with the same luck in every run."""
    maker = maker or made()
    return lines.add(maker, wiring, Random(maker.machine))


class Hands:
    """Reaches lines that work on a thread of their own: they are made for one thread."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self._orders: SimpleQueue[tuple[LineFault, Future[None]]] = SimpleQueue()

    def suffer(self, fault: LineFault) -> None:
        """Has a fault done between two steps, and waits until it is."""
        done: Future[None] = Future()
        self._orders.put((fault, done))
        done.result(timeout=10)

    def step(self) -> None:
        while not self._orders.empty():
            fault, done = self._orders.get()
            self.lines.suffer(fault)
            done.set_result(None)
        self.lines.step(0.02)


@contextmanager
def running(lines: Lines, closing: Callable[[], None] = lambda: None) -> Iterator[Hands]:
    """The lines at work on a thread of their own, and everything closed afterwards."""
    hands, over = Hands(lines), Event()

    def work() -> None:
        while not over.is_set():
            hands.step()

    thread = Thread(target=work)
    thread.start()
    try:
        yield hands
    finally:
        over.set()
        thread.join()
        closing()
        lines.close()


def on_pty(folder: Path, machine: str = "HD-01", baud: int = 9600) -> Wiring:
    return lambda watch, ears: PtyEnd(folder / machine, baud, watch, ears)


def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Waits for a condition; fails when it has not come true in time."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.005)
