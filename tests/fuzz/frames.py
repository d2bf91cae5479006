"""Damaged frames against every protocol, from the bytes to what is believed: no crash, no byte
lost, nothing held without end, and how many wrong values came through which gate."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from random import Random

from devices.gateway.belief import Belief, Speaker
from devices.protocols.example import Example
from devices.protocols.listed import PROTOCOL
from devices.protocols.protocol import Codec, Driver, Frame, Garbage, Protocol, Refused, Report
from domain.telemetry import Generation, Sample, Validity
from tests.fuzz.mutator import damaged, flipped

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
SLOWEST = 1.0
DOUBTED = frozenset({Validity.QUESTIONABLE, Validity.INVALID, Validity.NOT_AVAILABLE})


@dataclass(slots=True)
class Tally:
    """Of one protocol. `passed`: damaged frames whose check was right; `misread` of them gave
    another value than the whole frame; `believed` are samples with such a value unmarked, and
    `events` what was said to have happened at a machine where nothing did."""

    protocol: str
    inputs: int = 0
    passed: int = 0
    misread: int = 0
    believed: int = 0
    events: int = 0
    slowest: float = 0.0

    def __str__(self) -> str:
        return (
            f"{self.protocol}: {self.inputs} damaged inputs, {self.passed} passed the check,"
            f" {self.misread} of them with a wrong value, {self.believed} samples with a wrong"
            f" value unmarked, {self.events} events that never were,"
            f" slowest {self.slowest * 1000:.1f} ms"
        )


@dataclass(frozen=True, slots=True)
class Crushed:
    """Of one protocol: inputs, the whole frames that were still in them, the slowest input."""

    protocol: str
    inputs: int
    frames: int
    slowest: float

    def __str__(self) -> str:
        return (
            f"{self.protocol}: {self.inputs} inputs of anything, {self.frames} frames found in"
            f" them, slowest {self.slowest * 1000:.1f} ms"
        )


def examples(name: str) -> tuple[Example, ...]:
    """A protocol's frames typed by hand."""
    found: tuple[Example, ...] = import_module(f"devices.protocols.{name}.examples").EXAMPLES
    return found


def crushed(name: str, inputs: int, seed: int) -> Crushed:
    """Anything at all on the line, in pieces of any size."""
    row, chance = PROTOCOL[name], Random(f"{seed} {name} crushed")
    corpus = [one.raw for one in examples(name)]
    codec, driver, tally = row.codec(), row.driver(), Tally(name)
    for _ in range(inputs):
        stream = damaged(chance.choice(corpus), corpus, chance)
        began = time.process_time()
        for piece in _fed(codec, stream, chance):
            if isinstance(piece, Frame):
                tally.passed += 1
                _read(driver, piece)
        _timed(tally, began, stream)
    return Crushed(name, tally.inputs, tally.passed, tally.slowest)


def bent(name: str, inputs: int, seed: int) -> Tally:
    """A machine that says the same again and again over a line that turns bits: a whole
    frame, then a damaged one, at the protocol's pace."""
    row, chance = PROTOCOL[name], Random(f"{seed} {name} bent")
    tally = Tally(name)
    speaking = [example for example in examples(name) if example.values]
    for example in speaking:
        _bend(row, example, inputs // len(speaking), chance, tally)
    return tally


def _bend(row: Protocol, example: Example, inputs: int, chance: Random, tally: Tally) -> None:
    codec, driver, now = row.codec(), row.driver(), 10 * row.pace
    belief = Belief(
        Speaker("HD-01", "gw-a", "0" * 32, row.name, Generation.TEST), asks=bool(driver.poll())
    )
    _settle(belief, row, example)
    for _ in range(inputs):
        for raw in (example.raw, flipped(example.raw, chance)):
            began = time.process_time()
            now += row.pace
            for piece in _fed(codec, raw, chance):
                said = _read(driver, piece) if isinstance(piece, Frame) else None
                if said is None:
                    continue
                wrong = _wrong(said.values, example.values)
                tally.passed += piece.raw != example.raw
                tally.misread += wrong and piece.raw != example.raw
                for entry in belief.take(said, now, AT).entries:
                    if isinstance(entry, Sample):
                        tally.believed += _wrong(_sure(entry), example.values)
                    else:
                        tally.events += 1
            _timed(tally, began, raw)
        tally.inputs -= 1  # the whole frame is no damaged input


def _settle(belief: Belief, row: Protocol, example: Example) -> None:
    """The same whole frame a few times: whatever it has to say has been said."""
    codec, driver = row.codec(), row.driver()
    for turn in range(5):
        for piece in codec.feed(example.raw):
            assert isinstance(piece, Frame)
            belief.take(driver.interpret(piece), turn * row.pace, AT)


def _sure(entry: Sample) -> dict[str, float]:
    return {
        name: value
        for name, value in entry.values.items()
        if entry.quality.get(name) not in DOUBTED
    }


def _wrong(values: Mapping[str, float], truth: Mapping[str, float]) -> bool:
    return any(abs(value - truth[name]) > 1e-6 for name, value in values.items() if name in truth)


def _fed(codec: Codec, stream: bytes, chance: Random) -> Iterator[Frame | Garbage]:
    """Feeds it in pieces and falls silent; every byte must come out exactly once."""
    came, place = bytearray(), 0
    while place < len(stream):
        size = chance.randint(1, 80)
        for piece in codec.feed(stream[place : place + size]):
            came += piece.raw
            yield piece
        assert codec.held <= codec.capacity, stream
        place += size
    for piece in codec.flush():
        came += piece.raw
        yield piece
    assert (bytes(came), codec.held) == (stream, 0), stream


def _read(driver: Driver, frame: Frame) -> Report | None:
    """What a frame says; every frame can be answered, understood or not."""
    try:
        said = driver.interpret(frame)
    except Refused:
        driver.answer(frame, AT, False)
        return None
    driver.answer(frame, AT, True)
    return said


def _timed(tally: Tally, began: float, stream: bytes) -> None:
    tally.inputs += 1
    tally.slowest = max(tally.slowest, time.process_time() - began)
    assert tally.slowest < SLOWEST, stream
