"""What happened since last week: newcomers, other jobs, appointments.

Every change comes with a way out. A patient whose own turn has become impossible exchanges
the shift with somebody for whom the exchange is legal too, so a legal week still exists: it
is planted, and a planner has to find it or a better one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from random import Random

from db.sample.chains import Seat
from db.sample.people import Person
from db.sample.spec import FIRST_MONDAY, OLD_DAY, CenterSpec
from db.sample.week import Week, weekdays
from db.sample.work import Frame, Job, fits, offers
from domain.calendar import DAY, Span
from domain.patient import Absence, WorkShift
from domain.register import Register

TRIES = 12
"""People asked for an exchange before a change is given to somebody else."""


def plant(
    spec: CenterSpec, site: Register, frame: Frame, people: list[Person], rng: Random
) -> Week:
    """The week to be planned after all that happened to people, with a legal way through."""
    seats = {person.code: person.chain.odd for person in people if person.seated}
    waiting = [person.code for person in people if not person.seated]
    extra = max(0, round(spec.changes.newcomers * len(people)) - len(waiting))
    newcomers = frozenset(waiting + rng.sample(sorted(seats), min(extra, len(seats))))
    by_code = {person.code: person for person in people}
    week = Week(spec, site, frame, rng, by_code, seats, newcomers, set(newcomers))
    _change_jobs(week)
    _clash(week)
    return week


def _partners(week: Week, mover: Person) -> Iterator[Person]:
    """Some people of the same zone and days but another shift who may take the mover's."""
    here = week.seats[mover.code]
    alike = week.groups[mover.chain.zone, weekdays(here)]
    for code in week.rng.sample(alike, min(TRIES, len(alike))):
        other = week.people[code]
        there = week.seats[code]
        if (
            code != mover.code
            and code not in week.touched
            and {seat.shift for seat in there}.isdisjoint(seat.shift for seat in here)
            and week.may_sit(other, here)
        ):
            yield other


def _exchange(week: Week, one: str, other: str) -> None:
    week.seats[one], week.seats[other] = week.seats[other], week.seats[one]
    week.touched |= {one, other}


def _change_jobs(week: Week) -> None:
    """A share of the workers gets hours that their own turn no longer suits."""
    workers = [code for code in sorted(week.seats) if week.people[code].jobs]
    left = _share(week.spec.changes.job_changes, len(workers))
    for code in week.rng.sample(workers, len(workers)):
        if left and code not in week.touched:
            left -= _changes_job(week, week.people[code])


def _changes_job(week: Week, mover: Person) -> bool:
    sewing = any(job.workshop for job in mover.jobs)
    here = week.seats[mover.code]
    for partner in _partners(week, mover):
        there = week.seats[partner.code]
        sort = Job.SEWING if sewing else week.rng.choice((Job.DAY, Job.EVENING))
        for jobs in offers(week.rng, sort, mover.code, mover.chain.weekdays):
            changed = replace(mover, jobs=jobs)
            if not fits(week.frame, mover.habits, jobs, here, ()) and week.may_sit(changed, there):
                week.people[mover.code] = replace(mover, jobs=_from_now(mover.jobs, jobs))
                _exchange(week, mover.code, partner.code)
                return True
    return False


def _from_now(old: tuple[WorkShift, ...], new: tuple[WorkShift, ...]) -> tuple[WorkShift, ...]:
    return (
        *(replace(job, span=Span(None, OLD_DAY)) for job in old),
        *(replace(job, span=Span(FIRST_MONDAY, None)) for job in new),
    )


def _clash(week: Week) -> None:
    """A share of the patients gets an appointment in the middle of an own session."""
    left = _share(week.spec.changes.clashes, len(week.seats))
    codes = sorted(week.seats)
    for code in week.rng.sample(codes, len(codes)):
        if left and code not in week.touched:
            left -= _clashes(week, week.people[code])


def _clashes(week: Week, mover: Person) -> bool:
    seat = week.rng.choice(week.seats[mover.code])
    if seat.shift in week.night:
        return False
    for partner in _partners(week, mover):
        if week.may_sit(mover, week.seats[partner.code]):
            week.absences.append(_appointment(week, mover.code, seat))
            _exchange(week, mover.code, partner.code)
            return True
    return False


def _appointment(week: Week, code: str, seat: Seat) -> Absence:
    """Two hours from an hour after the session's start, once or every week from now on."""
    day = FIRST_MONDAY + DAY * (seat.weekday - 1)
    hour = next(s.start for s in week.spec.shifts if s.code == seat.shift)
    start, end = time(hour.hour + 1, hour.minute), time(hour.hour + 3, hour.minute)
    chinese = week.spec.language == "zh"
    weekday = frozenset({seat.weekday})
    if week.rng.random() < 0.5:
        reason = "眼科门诊" if chinese else "Eye clinic"
        return Absence(code, Span(day, day), reason, weekday, start, end)
    reason = "接送孩子" if chinese else "Child care"
    return Absence(code, Span(FIRST_MONDAY, None), reason, weekday, start, end)


def _share(share: float, of: int) -> int:
    return max(1, round(share * of)) if share and of else 0
