"""Damaged frames against every protocol, from the bytes to what is believed: no crash, no byte
lost, nothing held without end, and how many wrong values came through which gate."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from random import Random

from devices.gateway.belief import Belief, Speaker, Trust
from devices.protocols.example import Example
from devices.protocols.listed import PROTOCOL
from devices.protocols.protocol import (
    Check,
    Codec,
    Driver,
    Frame,
    Garbage,
    Protocol,
    Refused,
    Report,
)
from domain.telemetry import Event, Generation, Sample, Validity
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
                read(driver, piece)
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
    believing = belief(row)
    _settle(believing, row, example)
    same = True
    for _ in range(inputs):
        for raw in (example.raw, flipped(example.raw, chance)):
            began = time.process_time()
            now += row.pace
            for piece in _fed(codec, raw, chance):
                whole = piece.raw == example.raw
                if whole and same:
                    continue  # it was said before, and nothing was believed since
                same = whole
                said = read(driver, piece, answered=not whole) if isinstance(piece, Frame) else None
                if said is None:
                    continue
                tally.passed += not whole
                tally.misread += wrong(said.values, example.values) and not whole
                for entry in believing.take(said, now, AT).entries:
                    if isinstance(entry, Sample):
                        tally.believed += wrong(sure(entry), example.values)
                    else:
                        tally.events += 1
            _timed(tally, began, raw)
        tally.inputs -= 1  # the whole frame is no damaged input


@dataclass(slots=True)
class Once:
    """Of messages that are not said again and again: `passed` damaged ones whose check was right,
    `held` of them until they were said once more, `events` that they made and that never were."""

    protocol: str
    inputs: int = 0
    passed: int = 0
    held: int = 0
    events: int = 0

    def __str__(self) -> str:
        return (
            f"{self.protocol}: {self.inputs} damaged messages of those that are said once,"
            f" {self.passed} passed the check, {self.held} of them were held, {self.events} made"
            " an event that never was"
        )


def once(name: str, inputs: int, seed: int) -> Once:
    """Alarms, cuff measurements and the like on a line that turns bits; each damaged one behind
    a whole one, and a whole one behind it, as from a machine that was told of the damage."""
    row, chance, tally = PROTOCOL[name], Random(f"{seed} {name} once"), Once(name)
    single = [example for example in examples(name) if not example.values]
    for example in single:
        for _ in range(inputs // len(single)):
            _say_once(row, example, chance, tally)
    return tally


def _say_once(row: Protocol, example: Example, chance: Random, tally: Once) -> None:
    codec, driver, believing = row.codec(), row.driver(), belief(row)
    (whole,) = codec.feed(example.raw)
    assert isinstance(whole, Frame)
    first = driver.interpret(whole)
    true = {_content(one) for one in believing.take(first, 0, AT).entries}
    tally.inputs += 1
    for piece in _fed(codec, flipped(example.raw, chance), chance):
        said = read(driver, piece, answered=False) if isinstance(piece, Frame) else None
        if said is None or piece.raw == example.raw:
            continue
        tally.passed += 1
        taken = believing.take(said, row.pace, AT)
        tally.held += taken.held
        told = {_content(one) for one in taken.entries if isinstance(one, Event)}
        tally.events += bool(told - true)


def _content(entry: Sample | Event) -> str:
    """What an event says, but for the machine's own words."""
    if isinstance(entry, Sample):
        return ""
    edge = entry.alarm and (entry.alarm.code, entry.alarm.phase, entry.alarm.direction)
    return f"{entry.kind} {edge} {sorted(entry.values.items())}"


def belief(row: Protocol) -> Belief:
    """Of a machine that speaks it."""
    trust = Trust(weak=row.check is Check.SUM, asks=bool(row.driver().poll()))
    return Belief(Speaker("HD-01", "gw-a", "0" * 32, row.name, Generation.TEST), trust)


def _settle(believing: Belief, row: Protocol, example: Example) -> None:
    """The same whole frame a few times: whatever it has to say has been said."""
    codec, driver = row.codec(), row.driver()
    for turn in range(5):
        for piece in codec.feed(example.raw):
            assert isinstance(piece, Frame)
            believing.take(driver.interpret(piece), turn * row.pace, AT)


def sure(entry: Sample) -> dict[str, float]:
    """The values that are not marked."""
    return {
        name: value
        for name, value in entry.values.items()
        if entry.quality.get(name) not in DOUBTED
    }


def wrong(values: Mapping[str, float], truth: Mapping[str, float]) -> bool:
    """True if one of them is not the true one."""
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


def read(driver: Driver, frame: Frame, answered: bool = True) -> Report | None:
    """What a frame says; every frame can be answered, understood or not."""
    try:
        said = driver.interpret(frame)
    except Refused:
        driver.answer(frame, AT, False)
        return None
    if answered:
        driver.answer(frame, AT, True)
    return said


def _timed(tally: Tally, began: float, stream: bytes) -> None:
    tally.inputs += 1
    tally.slowest = max(tally.slowest, time.process_time() - began)
    assert tally.slowest < SLOWEST, stream
