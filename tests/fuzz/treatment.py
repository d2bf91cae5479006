"""A simulated treatment over a line that turns bits: values that move as they truly do, so that a
wrong one can hide among them; and what it costs to doubt where nothing is damaged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from random import Random

from devices.protocols.listed import PROTOCOL
from devices.protocols.protocol import Frame, Protocol
from devices.twin.machine import Twin
from devices.twin.script import TwinTreatment
from domain.telemetry import Sample, Validity
from tests.fuzz.frames import AT, belief, read, sure, wrong
from tests.fuzz.mutator import flipped

BEGINS, SECONDS = 2700, 3 * 3600
"""When the patient is connected, and for how long we listen from then on."""


@dataclass(slots=True)
class Moved:
    """Of one protocol: damaged frames in place of true ones, those whose check was right, those
    with a wrong value, samples with such a value unmarked; and of the whole frames between them
    the samples, and those in which something was doubted."""

    protocol: str
    damage: bool
    inputs: int = 0
    passed: int = 0
    misread: int = 0
    believed: int = 0
    samples: int = 0
    doubted: int = 0

    def __str__(self) -> str:
        whole = f"{self.samples} samples of whole frames, {self.doubted} with a value in doubt"
        if not self.damage:
            return f"{self.protocol}: an undamaged treatment, {whole}"
        return (
            f"{self.protocol}: a treatment, {self.inputs} damaged frames, {self.passed} passed the"
            f" check, {self.misread} of them with a wrong value, {self.believed} samples with a"
            f" wrong value unmarked; {whole}"
        )


@dataclass(frozen=True, slots=True)
class Said:
    """A whole frame, and when."""

    second: int
    frame: Frame


def moved(name: str, inputs: int, seed: int) -> Moved:
    """Every other frame is damaged, until there were so many."""
    chance, tally, course = Random(f"{seed} {name} moved"), Moved(name, True), seed
    while tally.inputs < inputs:
        _listen(PROTOCOL[name], treatment(name, course % 4), tally, chance)
        course += 1
    return tally


def calm(name: str, seed: int) -> Moved:
    """Nothing is damaged."""
    tally = Moved(name, False)
    _listen(PROTOCOL[name], treatment(name, seed % 4), tally, Random(seed))
    return tally


@cache
def treatment(name: str, seed: int) -> tuple[Said, ...]:
    """All that the machine says, or would say if it were asked, second by second."""
    row = PROTOCOL[name]
    twin = Twin("SN-1", "full", seed, datetime(2026, 3, 2, 7))
    twin.assign(TwinTreatment(start=BEGINS, patient="0000771234"))
    twin.run(BEGINS)
    return tuple(_said(row, twin))


def _said(row: Protocol, twin: Twin) -> Iterator[Said]:
    face, codec, driver = row.face("SN-1"), row.codec(), row.driver()
    for second in range(SECONDS):
        truth = twin.advance(1)
        poll = driver.poll()
        for frame in codec.feed(face.hear(poll, truth) if poll else face.speak(truth)):
            assert isinstance(frame, Frame)
            yield Said(second, frame)
            face.hear(driver.answer(frame, AT, True), truth)


def _listen(row: Protocol, course: tuple[Said, ...], tally: Moved, chance: Random) -> None:
    """Polls as the gateway does: at the protocol's pace, and once more where there is doubt."""
    codec, driver, believing, eyewitness = row.codec(), row.driver(), belief(row), row.driver()
    asks, due, hurried, damages = bool(driver.poll()), 0.0, False, False
    for one in course:
        if asks and one.second < due:
            continue
        damages = tally.damage and not damages
        tally.inputs += damages
        true = eyewitness.interpret(one.frame).values
        raw = flipped(one.frame.raw, chance) if damages else one.frame.raw
        again = False
        for piece in (*codec.feed(raw), *codec.flush()):
            said = read(driver, piece, answered=False) if isinstance(piece, Frame) else None
            if said is None:
                continue
            whole = piece.raw == one.frame.raw
            tally.passed += not whole
            tally.misread += not whole and wrong(said.values, true)
            taken = believing.take(said, float(one.second), AT)
            again = taken.again
            for entry in taken.entries:
                if isinstance(entry, Sample):
                    _count(tally, entry, true, whole)
        hurried = again and not hurried
        due = one.second + (1 if hurried else row.pace)


def _count(tally: Moved, sample: Sample, truth: Mapping[str, float], whole: bool) -> None:
    tally.believed += wrong(sure(sample), truth)
    tally.samples += whole
    tally.doubted += whole and Validity.QUESTIONABLE in sample.quality.values()
