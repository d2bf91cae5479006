"""Simulated machines with their real physics and protocols, at their worst: what arrives can
be told apart, byte by byte."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime
from pathlib import Path
from random import Random

import serial

from devices.protocols.listed import PROTOCOL
from devices.protocols.protocol import Driver, Frame, Refused
from devices.twin.fleet import Fleet
from devices.twin.lines import Lines
from devices.twin.machine import Twin
from devices.twin.manners import Manners
from devices.twin.post import Maker
from devices.twin.script import TwinTreatment
from domain.telemetry import Mode
from tests.devices.twin.lines_world import on_pty, running

BAUD = 115_200
SEED = 11
RUDE = Manners(
    quickest=0.001, slowest=0.004, missing=0.1, late=0.0, truncated=0.1, noisy=0.1, garbage=0.1
)


def treating() -> Twin:
    """A machine an hour after its patient came."""
    twin = Twin("S-1", "M", SEED, datetime(2026, 3, 2, 7))
    twin.assign(TwinTreatment(start=2_700))
    twin.run(2_700 + 3_600)
    return twin


def test_of_a_rude_machine_every_byte_is_a_frame_or_garbage(tmp_path: Path) -> None:
    print(f"seed {SEED}")
    row = PROTOCOL["jsdt3"]
    lines = Lines(Fleet([treating()], SEED), time.monotonic)
    made = Maker("HD-01", "S-1", row, BAUD, RUDE)
    lines.add(made, on_pty(tmp_path, baud=BAUD), Random(SEED))
    codec, driver = row.codec(), row.driver()
    arrived, told = 0, 0
    seen: Counter[str] = Counter()
    volumes: list[float] = []
    with running(lines), serial.Serial(str(tmp_path / "HD-01"), BAUD, timeout=0.05) as port:
        for _ in range(100):
            port.write(driver.poll())
            chunk = port.read(200)
            arrived += len(chunk)
            for piece in (*codec.feed(chunk), *codec.flush()):
                told += len(piece.raw)
                seen[type(piece).__name__] += 1
                if isinstance(piece, Frame):
                    volumes += believed(driver, piece)
    assert told == arrived
    assert seen["Frame"] >= 50
    assert seen["Garbage"] >= 10
    assert volumes
    assert all(0 < volume < 2_600 for volume in volumes)


def believed(driver: Driver, piece: Frame) -> list[float]:
    try:
        report = driver.interpret(piece)
    except Refused:
        return []
    return [report.values["uf_volume_ml"]] if report.mode is Mode.TREATMENT else []
