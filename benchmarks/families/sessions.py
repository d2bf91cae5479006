"""Are simulated treatments like those of patients, and how fast do they pass?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil
from statistics import fmean, median, pstdev

from benchmarks.family import Family, Job
from benchmarks.figures import number, percent
from benchmarks.records import Records
from benchmarks.rows import Sessions
from benchmarks.scale import Scale
from benchmarks.tables import table

_BATCH = 50
_BEATS = 600

ASSUMED = {
    "arterial_pressure": 0.63, "venous_pressure": 0.65, "tmp": 0.15, "conductivity": 0.30,
    "temperature": 0.10, "air": 0.12, "blood_leak": 0.01, "dialysate_flow": 0.15,
    "uf_deviation": 0.05, "blood_pump_stop": 0.10, "blood_pressure": 0.40, "syringe": 0.20,
    "uf_goal": 0.90,
}  # fmt: skip
"""Alarms a treatment of four hours, as the design assumes them."""


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """`seeds` stands for the number of batches here."""
    each = min(_BATCH, scale.treatments)
    beats = min(_BEATS, 10 * scale.treatments)
    return [
        Job("sessions", {"batch": batch, "treatments": each, "beats": beats}, patience=900)
        for batch in range(1, (seeds or max(1, scale.treatments // each)) + 1)
    ]


def _report(records: Records) -> str:
    rows: Sequence[Sessions] = records.rows
    if not rows:
        return "No results.\n"
    return table(("Treatments", "found", "goal"), _lines(rows)) + "\n" + _by_code(rows)


def _lines(rows: Sequence[Sessions]) -> list[list[str]]:
    alarms = [one for row in rows for one in row.alarms]
    count = len(alarms)
    low = sum(one > 0 for row in rows for one in row.hypotensions) / count
    ktv = sorted(one for row in rows for one in row.sp_ktv)
    heat = [one for row in rows for one in row.heat_c]
    stops = [one for row in rows for one in row.stopped_min]
    speed = sum(row.simulated for row in rows) / sum(row.cpu for row in rows)
    core = sum(row.beat for row in rows) / sum(row.beats for row in rows)
    mean = fmean(alarms)
    return [
        ["treatments", str(count), ""],
        ["with hypotension", percent(low), _met(0.07 <= low <= 0.12, "7 to 12 %")],
        ["alarms a treatment, mean", number(mean), _met(2 <= mean <= 4, "2 to 4")],
        ["the same, standard deviation", number(pstdev(alarms)), ""],
        ["treatments without any alarm", percent(alarms.count(0) / count), ""],
        ["most alarms in one", str(max(alarms)), ""],
        *_ktv(ktv),
        ["eKt/V, median", number(median(one for row in rows for one in row.e_ktv)), ""],
        *_fluid([abs(one - 1) for row in rows for one in row.removed]),
        ["treatments made longer for the fluid", str(sum(row.extended for row in rows)), ""],
        ["pump stopped, minutes a treatment", number(fmean(stops), 1), ""],
        ["hottest of a disinfection, least", f"{min(heat):.1f} °C", _met(min(heat) >= 80, "80")],
        ["hottest of a disinfection, most", f"{max(heat):.1f} °C", _met(max(heat) <= 85, "85")],
        ["alarms raised by heat", str(sum(row.heat_alarms for row in rows)), "0"],
        ["simulated seconds in one of the CPU", f"{speed:,.0f}", ""],
        ["32 machines, every second: of a core", percent(core), _met(core < 0.05, "5 %")],
    ]


def _ktv(ordered: Sequence[float]) -> Iterable[list[str]]:
    """Five figures of the spread."""
    for name, part in (("least", 0.0), ("p5", 0.05), ("median", 0.5), ("p95", 0.95), ("most", 1)):
        value = ordered[max(0, ceil(part * len(ordered)) - 1)]
        yield [f"spKt/V, {name}", number(value), _met(1.0 <= value <= 1.9, "1.0 to 1.9")]


def _fluid(errors: Sequence[float]) -> Iterable[list[str]]:
    """How far the fluid truly removed is from the one prescribed."""
    ordered = sorted(errors)
    for name, part in (("median", 0.5), ("p95", 0.95), ("worst", 1)):
        value = ordered[max(0, ceil(part * len(ordered)) - 1)]
        yield [f"fluid against prescription, {name}", percent(value), _met(value <= 0.02, "2 %")]


def _met(met: bool, goal: str) -> str:
    """The goal, and whether it is reached."""
    return f"{goal}: {'met' if met else '**missed**'}"


def _by_code(rows: Sequence[Sessions]) -> str:
    """Each alarm against what the design assumes."""
    total: Counter[str] = Counter()
    for row in rows:
        total.update(row.codes)
    count = sum(len(row.alarms) for row in rows)
    lines = [
        [f"`{code}`", number(total[code] / count), number(ASSUMED.get(code, 0.0))]
        for code in sorted(ASSUMED.keys() | total, key=lambda code: -total[code])
    ]
    return table(("Alarm", "a treatment", "assumed in four hours"), lines)


SESSIONS = Family("sessions", "Simulated treatments", Sessions, _jobs, _report)
