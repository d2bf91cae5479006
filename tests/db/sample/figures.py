"""The figures of docs/samples.md, counted from a center's data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from domain.calendar import DAY, WEEK, Turn
from domain.center import Infection, Modality
from domain.need import wanted_sessions
from domain.problem import Problem

Count = Callable[[Problem], int | str]


def slots(problem: Problem) -> int:
    return len(problem.station) * len(problem.turns)


def wanted(problem: Problem) -> int:
    return sum(wanted_sessions(problem, one, problem.first_day) for one in problem.patient)


def kept_or_closed(problem: Problem) -> int:
    held = sum(problem.held(zone, turn) for zone in problem.zone_stations for turn in problem.turns)
    closed = sum(
        not problem.is_open(station, turn) for station in problem.station for turn in problem.turns
    )
    return held + closed


def percent(problem: Problem) -> str:
    return f"{100 * wanted(problem) / slots(problem):.1f} %"


def stations(problem: Problem) -> str:
    zones = problem.zone_stations.items()
    return ", ".join(f"{zone} {len(codes)}" for zone, codes in zones)


def status(infection: Infection, problem: Problem) -> int:
    return sum(infection in problem.infection(one, problem.first_day) for one in problem.patient)


def seldom(problem: Problem) -> int:
    return sum(row.frequency.per_fortnight in {4, 5} for row in problem.register.prescriptions)


def every_other_day(problem: Problem) -> int:
    return sum(row.frequency.every_other_day for row in problem.register.prescriptions)


def longer(problem: Problem) -> int:
    return sum(row.minutes > 240 for row in problem.register.prescriptions)


def filtered(problem: Problem) -> int:
    return sum(row.modality is Modality.HDF for row in problem.register.prescriptions)


def able(problem: Problem) -> int:
    return sum(Modality.HDF in machine.modalities for machine in problem.register.machines)


def workers(problem: Problem) -> int:
    return len({job.patient for job in problem.register.work_shifts})


def sewing(problem: Problem) -> int:
    return len({job.patient for job in problem.register.work_shifts if job.workshop})


def at_night(problem: Problem) -> int:
    rows = problem.register.sessions
    return len({row.patient for row in rows if problem.shift[row.shift].night})


def new_jobs(problem: Problem) -> int:
    jobs = problem.register.work_shifts
    return len({job.patient for job in jobs if job.span.first == problem.first_day})


def appointments(problem: Problem) -> int:
    return sum(row.start is not None for row in problem.register.absences)


def newcomers(problem: Problem) -> int:
    return sum(patient.span.first == problem.first_day for patient in problem.register.patients)


def crowded(problem: Problem, *, repeated: bool) -> int:
    """Turns in zones with exactly five patients a nurse last week; or with more than five,
    if last week's sessions were repeated with the new week's nurses."""
    forward = WEEK if repeated else 0 * DAY
    load = Counter(
        (problem.station[row.station].zone, Turn(row.day + forward, row.shift))
        for row in problem.register.sessions
    )
    full = 0
    for (zone, turn), patients in load.items():
        most = 5 * (problem.nurses(zone, turn) or 0)
        full += patients > most if repeated else patients == most
    return full


FIGURES: dict[str, Count] = {
    "Machines": lambda problem: len(problem.register.machines),
    "able to do hemodiafiltration": able,
    "Stations by zone": stations,
    "Shifts": lambda problem: len(problem.shift),
    "Slots a week": slots,
    "held back or closed": kept_or_closed,
    "Patients": lambda problem: len(problem.patient),
    "Sessions wanted": wanted,
    "Wanted of all slots": percent,
    "twice a week or five times a fortnight": seldom,
    "every other day": every_other_day,
    "more than four hours": longer,
    "on hemodiafiltration": filtered,
    "hepatitis B": partial(status, Infection.HBV),
    "hepatitis C": partial(status, Infection.HCV),
    "unknown or expired": partial(status, Infection.UNKNOWN),
    "cleared, under observation": partial(status, Infection.CLEARED),
    "with a job": workers,
    "sewing upstairs": sewing,
    "at night last week": at_night,
    "Sessions last week": lambda problem: len(problem.register.sessions),
    "new since then": newcomers,
    "with new working hours": new_jobs,
    "with an appointment in an own session": appointments,
    "Maintenance closures": lambda problem: len(problem.register.closures),
    "Turns at one nurse to five last week": partial(crowded, repeated=False),
    "above one to five if it were repeated": partial(crowded, repeated=True),
    "Nurses": lambda problem: len(problem.register.nurses),
    "Wishes": lambda problem: len(problem.register.wishes),
    "Promised sessions": lambda problem: len(problem.register.locks),
}
"""By the first column of the page's table."""


def table(problems: dict[str, Problem]) -> list[str]:
    """The lines of the table."""
    lines = ["| | " + " | ".join(f"`{name}`" for name in problems) + " |"]
    lines.append("|---" + "|--:" * len(problems) + "|")
    for label, count in FIGURES.items():
        cells = [str(count(problem)) for problem in problems.values()]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")
    return lines
