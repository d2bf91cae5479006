"""What ingest would write for a room of machines: `python -m benchmarks.measure.wall_writer
FOLDER SECONDS`.

Every machine is heard once a second, a tenth of them every tenth of a second, and each machine's
venous pressure tells which sample it is. An alarm begins every two seconds. Writes down when each
was said (seconds of the clock, before it is stored) into `said.jsonl`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import TextIO

import sqlalchemy as sa

from db.care.follow import follow
from db.connection import reading
from db.load import load_centers, load_layout
from db.opening import open_database
from db.telemetry.codes import SCALE
from db.telemetry.connection import open_telemetry
from db.telemetry.store import TelemetryStore
from db.telemetry.tables import machine, rollup
from domain.alarm import ALARM_KINDS, AlarmEdge, EdgePhase, MachineState, Priority
from domain.quantity import QUANTITIES
from domain.telemetry import (
    Arrival,
    Entry,
    Event,
    EventKind,
    Generation,
    Key,
    LinkState,
    LinkStatus,
    Mode,
    Origin,
    Phase,
    Sample,
)

PARTS = 10
EVERY = 1.0
LOWEST, SPAN = 100, 300
"""Venous pressures that are used; the same comes again after five minutes."""
ALARM_EVERY, ALARM_LASTS = 2, 20
"""Seconds; an alarm is over before its machine has the next."""
HISTORY = 30
COURSES = {"arterial_pressure_mmhg": -150, "venous_pressure_mmhg": 130, "tmp_mmhg": 90}


def machines(database: sa.Engine) -> tuple[str, tuple[str, ...]]:
    """The center's code, and what its machines are called."""
    with reading(database) as session:
        (center,) = load_centers(session)
        found = load_layout(session, center.code).machines
    return center.code, tuple(one.code for one in found)


def marked(number: int) -> int:
    """The venous pressure of a machine's sample with that number."""
    return LOWEST + number % SPAN


def main(folder: str, seconds: str) -> None:
    """Writes for so long."""
    there = Path(folder)
    with (there / "said.jsonl").open("w", encoding="utf-8") as said:
        Room(there, said).run(float(seconds))


class Room:
    """The machines, their numbers, and what has been said of them."""

    def __init__(self, folder: Path, said: TextIO) -> None:
        self._engine = open_telemetry(f"sqlite:///{folder / 'telemetry.db'}")
        self._database = open_database(f"sqlite:///{folder / 'clearshift.db'}")
        self._center, names = machines(self._database)
        self._store = TelemetryStore(self._engine, lambda: frozenset(names))
        self._names, self._said = names, said
        self.boot = token_hex(16)
        self._numbers = dict.fromkeys(names, 0)
        self._alarms: list[tuple[int, str, str]] = []
        self._chance = Random(1)

    def run(self, seconds: float) -> None:
        """In step with the clock, as machines are."""
        self._begin()
        begun, part = time.monotonic(), 0
        while part < seconds / EVERY * PARTS:
            time.sleep(max(0.0, begun + part * EVERY / PARTS - time.monotonic()))
            self._write(part)
            part += 1

    def _begin(self) -> None:
        now = datetime.now(UTC)
        self._settle([self._sample(name, now) for name in self._names])
        states = [LinkState(n, "gw", self.boot, LinkStatus.ONLINE, now, now) for n in self._names]
        self._store.note(now, states, [])
        past(self._engine, now)

    def _write(self, part: int) -> None:
        now = datetime.now(UTC)
        entries: list[Entry] = [self._sample(n, now) for n in self._names[part % PARTS :: PARTS]]
        if part % PARTS == 0:
            entries += self._troubles(part // PARTS, now)
        self._settle(entries)
        if part % PARTS == PARTS // 2:
            self._store.beat("main", now)
            follow(self._engine, self._database, self._center, now, {})

    def _troubles(self, second: int, now: datetime) -> Iterator[Entry]:
        """Alarms that begin and end now."""
        for end, name, code in [one for one in self._alarms if one[0] <= second]:
            self._alarms.remove((end, name, code))
            yield self._alarm(name, code, EdgePhase.END, now)
        if second % ALARM_EVERY == 0:
            turn = second // ALARM_EVERY
            name = self._names[turn % len(self._names)]
            code = ALARM_KINDS[turn // len(self._names) % len(ALARM_KINDS)].code
            lasts = min(ALARM_LASTS, ALARM_EVERY * len(self._names) - 2)
            self._alarms.append((second + lasts, name, code))
            self._note(now, name, "alarm", code)
            yield self._alarm(name, code, EdgePhase.START, now)

    def _alarm(self, name: str, code: str, phase: EdgePhase, now: datetime) -> Event:
        over = phase is EdgePhase.END
        state = MachineState.INACTIVE if over else MachineState.ACTIVE
        edge = AlarmEdge(code, phase, Priority.MEDIUM, True, state)
        return Event(self._key(name), _origin(now), EventKind.ALARM, edge)

    def _sample(self, name: str, now: datetime) -> Sample:
        key = self._key(name)
        self._note(now, name, "sample", str(marked(key.seq)))
        values = {
            one.name: round(one.low + (0.4 + 0.1 * self._chance.random()) * (one.high - one.low), 2)
            for one in QUANTITIES
        }
        values["venous_pressure_mmhg"] = float(marked(key.seq))
        return Sample(key, _origin(now), Mode.TREATMENT, Phase.TREATMENT, False, values)

    def _key(self, name: str) -> Key:
        self._numbers[name] += 1
        return Key(name, self.boot, self._numbers[name])

    def _note(self, now: datetime, name: str, kind: str, text: str) -> None:
        self._said.write(json.dumps([now.timestamp(), name, kind, text]) + "\n")

    def _settle(self, entries: list[Entry]) -> None:
        self._store.settle([_arrival(entry) for entry in entries], [])
        self._said.flush()


def past(engine: sa.Engine, now: datetime) -> None:
    """Half an hour of minutes for every machine, as if it had been measured."""
    chance = Random(2)
    last = int(now.timestamp() // 60)
    with engine.begin() as connection:
        connection.execute(sa.delete(rollup).where(rollup.c.minute >= last - HISTORY))
        for number in connection.scalars(sa.select(machine.c.no)).all():
            for minute in range(last - HISTORY, last):
                row: dict[str, int] = {"machine_no": number, "minute": minute, "n": 60}
                for name, usual in COURSES.items():
                    value = round((usual + chance.gauss(0, 6)) * SCALE[name])
                    row |= {f"{name}_n": 60, f"{name}_sum": 60 * value}
                    row |= {f"{name}_min": value, f"{name}_max": value}
                connection.execute(sa.insert(rollup).values(**row))


def _origin(now: datetime) -> Origin:
    return Origin("gw", "jsdt3", Generation.TEST, now)


def _arrival(entry: Entry) -> Arrival:
    payload = f"{entry.key}".encode()
    return Arrival(entry, entry.origin.ts, blake2b(payload, digest_size=16).digest(), payload)


if __name__ == "__main__":
    main(*sys.argv[1:])
