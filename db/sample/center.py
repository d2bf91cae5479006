"""A whole center by seed: what is random is random by the seed, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from random import Random

from db.sample.blood import reports
from db.sample.chains import Chain, crossed, pack
from db.sample.change import plant
from db.sample.habits import ledger, locks, patterns, sessions, trips, wishes
from db.sample.people import Person, people
from db.sample.relief import relieve
from db.sample.site import rows, site
from db.sample.spec import FIRST_MONDAY, FREQUENCIES, LAST_MONDAY, CenterSpec
from db.sample.week import Week
from db.sample.work import JOB_SHARES, Job, frame_of
from domain.calendar import Span
from domain.patient import Frequency, Patient, Prescription
from domain.plan import Plan
from domain.register import Register


def make_center(spec: CenterSpec, seed: int) -> Register:
    """The center: always the same one for the same spec and seed."""
    return _made(spec, seed)[0]


def planted_week(spec: CenterSpec, seed: int) -> Plan:
    """A legal plan for the week to be planned, in which everybody has a place for whom one
    was found. A planner must do at least as well; it is in no register."""
    _, week = _made(spec, seed)
    return Plan.of(FIRST_MONDAY, 1, sessions(FIRST_MONDAY, week.seats))


def _made(spec: CenterSpec, seed: int) -> tuple[Register, Week]:
    def stream(part: str) -> Random:
        return Random(f"{seed}/{spec.code}/{part}")

    bare = site(spec, stream("site"))
    frame = frame_of(spec, bare.center)
    crowd = people(spec, bare, frame, _chains(spec, bare, stream("chains")), stream("people"))
    week = plant(spec, bare, frame, crowd, stream("changes"))
    closed = replace(bare, closures=relieve(week))
    register = _peopled(spec, closed, week, stream)
    return register.in_order(), week


def _chains(spec: CenterSpec, bare: Register, rng: Random) -> dict[str, list[Chain]]:
    """Standing weeks by zone; some pairs of the general zone change shifts every week, for
    the rotating jobs."""
    found = {z.code: pack(z.code, rows(spec, bare, z, rng), z.demand) for z in spec.zones}
    after_work = [s.code for s in spec.shifts if s.start >= time(15) and not s.night]
    if after_work:
        general = spec.zones[0].code
        pairs = round(spec.workers * spec.patients * JOB_SHARES[Job.ROTATING] / 2)
        found[general] = crossed(found[general], spec.shifts[0].code, after_work[0], pairs)
    return found


def _peopled(
    spec: CenterSpec, bare: Register, week: Week, stream: Callable[[str], Random]
) -> Register:
    crowd = list(week.people.values())
    known = [one for one in crowd if one.seated and one.code not in week.newcomers]
    history = known if spec.history else []
    return replace(
        bare,
        patients=tuple(_patient(one, one.code in week.newcomers) for one in crowd),
        prescriptions=tuple(_prescription(one) for one in crowd),
        serology=tuple(reports(spec, crowd, stream("blood"), week.newcomers)),
        patterns=tuple(row for one in history for row in patterns(one.code, one.chain)),
        wishes=tuple(wishes(spec, crowd, stream("wishes"))),
        absences=(*week.absences, *trips(spec, crowd, stream("trips"))),
        work_shifts=tuple(job for one in crowd for job in one.jobs),
        ledger=tuple(ledger(spec, known, stream("ledger"))),
        locks=tuple(locks(week, stream("locks"))),
        sessions=tuple(sessions(LAST_MONDAY, {one.code: one.chain.even for one in history})),
    )


def _patient(one: Person, newcomer: bool) -> Patient:
    return replace(one.patient, span=Span(FIRST_MONDAY, None)) if newcomer else one.patient


def _prescription(one: Person) -> Prescription:
    frequency = FREQUENCIES.get(one.rhythm)
    if frequency is None:
        odd, even = len(one.chain.odd), len(one.chain.even)
        frequency = Frequency(odd, even) if odd + even == 5 else Frequency(3, 2)
    return Prescription(one.code, frequency, one.minutes, one.modality)
