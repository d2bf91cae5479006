"""Is the plan the same when everything is the same?"""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.family import Family, Job
from benchmarks.figures import seconds
from benchmarks.records import Records
from benchmarks.rows import Repeat
from benchmarks.scale import Scale
from benchmarks.tables import table


def _jobs(scale: Scale, seeds: int | None) -> Sequence[Job]:
    """`seeds` stands for the number of reruns here."""
    processes = scale.processes
    each = max(1, (seeds or scale.reruns) // processes)
    return [
        Job(
            "repeat",
            {
                "machines": scale.center.machines,
                "patients": scale.center.patients,
                "process": process,
                "reruns": each,
            },
            patience=each * 300 + 120,
        )
        for process in range(1, processes + 1)
    ]


def _report(records: Records) -> str:
    rows: Sequence[Repeat] = records.rows
    prints = [one for row in rows for one in row.prints]
    line = [
        str(len(prints)),
        str(len(rows)),
        str(len(set(prints))),
        seconds(sum(row.seconds for row in rows) / len(prints)) if prints else "-",
    ]
    return table(("Reruns", "processes", "different plans", "seconds each, two at once"), [line])


REPEAT = Family("repeat", "The same plan again", Repeat, _jobs, _report, at_once=2)
