"""Simulated treatments from the switch to the end of disinfection, each at its own machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from time import process_time

from benchmarks.rows import Sessions
from devices.twin.machine import Twin
from devices.twin.outcome import Outcome
from devices.twin.people import draw_treatment
from devices.twin.phases import LEAD_SECONDS
from domain.telemetry import Phase

GOAL_NOTICE = "uf_goal"
"""Counted apart from the alarms."""

_MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)
_MACHINES = 32
_LOOK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class _Run:
    """One treatment that is over, and the disinfection after it."""

    outcome: Outcome
    seconds: float
    heat_c: float
    heat_alarms: int


def measure(batch: int, treatments: int, beats: int) -> Sessions:
    """So many treatments; a batch's seeds are its own."""
    begin = process_time()
    runs = [_run(_machine(batch, number)) for number in range(treatments)]
    cpu = process_time() - begin
    found = [run.outcome for run in runs]
    codes = Counter(code for one in found for code in one.alarms)
    return Sessions(
        batch=batch,
        sp_ktv=[one.sp_ktv for one in found],
        e_ktv=[one.e_ktv for one in found],
        alarms=[sum(code != GOAL_NOTICE for code in one.alarms) for one in found],
        codes=dict(sorted(codes.items())),
        hypotensions=[one.hypotensions for one in found],
        removed=[one.removed_ml / one.treatment.uf_ml for one in found],
        stopped_min=[one.stopped_min for one in found],
        extended=sum(one.treated_min > one.treatment.minutes + 0.5 for one in found),
        heat_c=[run.heat_c for run in runs],
        heat_alarms=sum(run.heat_alarms for run in runs),
        simulated=sum(run.seconds for run in runs),
        cpu=cpu,
        beat=_beat(batch, beats),
        beats=beats,
    )


def _machine(batch: int, number: int) -> Twin:
    """A machine on which somebody drawn is to be treated as soon as it is ready."""
    one = Twin(f"S{batch:03}-{number:03}", "full", batch, _MORNING)
    one.assign(draw_treatment(Random(f"sessions {batch} {number}"), start=LEAD_SECONDS))
    return one


def _run(one: Twin) -> _Run:
    while not one.outcomes:
        one.run(_LOOK_SECONDS)
    heat_c, alarms = 0.0, 0
    for celsius, begun in _disinfection(one):
        heat_c = max(heat_c, celsius)
        alarms += begun
    return _Run(one.outcomes[0], one.seconds, heat_c, alarms)


def _disinfection(one: Twin) -> Iterator[tuple[float, int]]:
    """Temperature and number of alarms, until the machine is clean."""
    while (truth := one.advance(_LOOK_SECONDS)).phase is not Phase.IDLE:
        if truth.phase is Phase.DISINFECTION:
            yield truth.values["dialysate_temp_c"], len(truth.alarms)


def _beat(batch: int, beats: int) -> float:
    """CPU seconds of a room in treatment that is looked at every second."""
    room = [_machine(batch, number) for number in range(_MACHINES)]
    for one in room:
        one.run(LEAD_SECONDS + 1800)
    begin = process_time()
    for _ in range(beats):
        for one in room:
            one.advance(1.0)
    return process_time() - begin
