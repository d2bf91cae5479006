"""The patients of a synthetic center, each with a standing week that is legal for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from db.sample.chains import Chain
from db.sample.names import chinese_name, english_name
from db.sample.spec import CenterSpec, Rhythm
from db.sample.work import JOB_SHARES, Frame, Habits, Job, fits, offers
from domain.center import Modality, Shift
from domain.patient import AccessKind, Night, Patient, Priority, WorkShift
from domain.register import Register

LENGTHS = (270, 300, 360, 420, 480)
NOCTURNAL = 0.2
"""Share of the patients of an overnight shift who are prescribed more than four hours."""

_ACCESS = (
    *((AccessKind.AVF,) * 80),
    *((AccessKind.TCC,) * 11),
    *((AccessKind.AVG,) * 7),
    *((AccessKind.NCC,) * 2),
)
_PRIORITY = (Priority.NORMAL,) * 88 + (Priority.HIGH,) * 9 + (Priority.URGENT,) * 3
_NIGHT_BY_DAY = (Night.NEVER,) * 11 + (Night.ACCEPTS,) * 8 + (Night.VOLUNTEERS,)
_NIGHT_BY_NIGHT = (Night.ACCEPTS,) * 13 + (Night.VOLUNTEERS,) * 7


@dataclass(frozen=True, slots=True)
class Person:
    """A patient in the making. Who is not `seated` only borrows the chain: it makes the
    person's word, hours and prescription possible, but there was no place last week."""

    patient: Patient
    chain: Chain
    rhythm: Rhythm
    seated: bool
    minutes: int = 240
    modality: Modality = Modality.HD
    jobs: tuple[WorkShift, ...] = ()
    cleared: bool = False

    @property
    def code(self) -> str:
        """The patient's code."""
        return self.patient.code

    @property
    def habits(self) -> Habits:
        """What decides whether work and sessions go together."""
        return Habits(self.minutes, self.patient.travel_minutes, self.patient.recovery_minutes)


def people(
    spec: CenterSpec, register: Register, frame: Frame, chains: dict[str, list[Chain]], rng: Random
) -> list[Person]:
    """Everybody, in the order of their codes."""
    places = [place for zone in spec.zones for place in _places(spec, zone.code, chains, rng)]
    rng.shuffle(places)
    digits = max(3, len(str(len(places))))
    found = [
        Person(_patient(spec, f"P{number:0{digits}d}", rng), chain, rhythm, seated)
        for number, (chain, rhythm, seated) in enumerate(places, start=1)
    ]
    night = frozenset(shift.code for shift in spec.shifts if shift.night)
    found = [_night_word(person, night, rng) for person in found]
    found = _lengthened(spec, frame, found, night, rng)
    found = _filtered(spec, register, found, rng)
    found = _cleared(spec, found, rng)
    return employed(spec, frame, found, rng)


def _places(
    spec: CenterSpec, zone: str, chains: dict[str, list[Chain]], rng: Random
) -> Iterator[tuple[Chain, Rhythm, bool]]:
    demand = next(size.demand for size in spec.zones if size.code == zone)
    for rhythm in Rhythm:
        mine = [chain for chain in chains[zone] if chain.rhythm is rhythm]
        yield from ((chain, rhythm, True) for chain in mine)
        for _ in range(demand.of(rhythm) - len(mine)):
            yield rng.choice(mine or chains[zone]), rhythm, False


def _patient(spec: CenterSpec, code: str, rng: Random) -> Patient:
    english = rng.random() < spec.english_names
    return Patient(
        code,
        english_name(rng) if english else chinese_name(rng),
        priority=rng.choice(_PRIORITY),
        access=rng.choice(_ACCESS),
        travel_minutes=rng.choice((5, 10, 15, 20, 30, 40, 50, 60, 75, 90)),
        recovery_minutes=rng.choice((60, 120, 120, 180, 240, 360, 480)),
        phone=f"100-0000-{code[1:]:0>4}",
        language="en" if english else "zh",
    )


def _shifts(person: Person) -> frozenset[str]:
    return frozenset(seat.shift for seat in person.chain.seats)


def _night_word(person: Person, night: frozenset[str], rng: Random) -> Person:
    word = rng.choice(_NIGHT_BY_NIGHT if _shifts(person) & night else _NIGHT_BY_DAY)
    return replace(person, patient=replace(person.patient, night=word))


def _lengthened(
    spec: CenterSpec, frame: Frame, found: list[Person], night: frozenset[str], rng: Random
) -> list[Person]:
    """Longer prescriptions, for those only whose shift has the time."""
    room = {p.code: min(frame.shifts[shift][1] for shift in _shifts(p)) for p in found}
    fit = [person for person in found if room[person.code] >= LENGTHS[0]]
    asleep = [person.code for person in fit if _shifts(person) <= night]
    awake = [person.code for person in fit if not _shifts(person) <= night]
    chosen = {
        *rng.sample(asleep, round(NOCTURNAL * len(asleep))),
        *rng.sample(awake, min(len(awake), round(spec.long * len(found)))),
    }
    return [
        replace(p, minutes=rng.choice([n for n in LENGTHS if n <= room[p.code]]))
        if p.code in chosen
        else p
        for p in found
    ]


def _filtered(
    spec: CenterSpec, register: Register, found: list[Person], rng: Random
) -> list[Person]:
    """Hemodiafiltration for those who sit at a machine that can."""
    able = able_stations(register)
    sitting = [p.code for p in found if all(seat.station in able for seat in p.chain.seats)]
    quota = min(len(sitting), round(spec.hdf_patients * len(found)))
    chosen = frozenset(rng.sample(sitting, quota))
    return [replace(p, modality=Modality.HDF) if p.code in chosen else p for p in found]


def able_stations(register: Register) -> frozenset[str]:
    """Stations at which hemodiafiltration is possible."""
    able = {m.code for m in register.machines if Modality.HDF in m.modalities}
    return frozenset(place.station for place in register.placements if place.machine in able)


def last_shifts(shifts: Sequence[Shift]) -> dict[int, str]:
    """The last shift of every weekday."""
    ordered = sorted(shifts, key=lambda shift: shift.start)
    return {weekday: shift.code for shift in ordered for weekday in shift.weekdays}


def _cleared(spec: CenterSpec, found: list[Person], rng: Random) -> list[Person]:
    """A few of those who sit in the last shift anyway were infected once."""
    last = last_shifts(spec.shifts)
    fit = [
        person.code
        for person in found
        if person.seated
        and person.chain.zone == spec.zones[0].code
        and all(seat.shift == last[seat.weekday] for seat in person.chain.seats)
    ]
    chosen = frozenset(rng.sample(fit, min(len(fit), spec.cleared)))
    return [replace(person, cleared=person.code in chosen) for person in found]


# --- work -----------------------------------------------------------------------------------


def employed(spec: CenterSpec, frame: Frame, found: list[Person], rng: Random) -> list[Person]:
    """Jobs for the asked share, as far as the standing weeks leave room for them."""
    need = {Job.SEWING: spec.workshop}
    others = max(0, round(spec.workers * len(found)) - spec.workshop)
    need |= {job: round(others * share) for job, share in JOB_SHARES.items()}
    by_code = {person.code: person for person in found}
    # Whoever changes shifts with the fortnight was planted for the rotating jobs.
    order = sorted(rng.sample(found, len(found)), key=lambda one: not _changes_shift(one))
    for person in order:
        hired = _hired(frame, person, need, rng)
        if hired is not None:
            job, by_code[person.code] = hired
            need[job] -= 1
    return list(by_code.values())


def _changes_shift(person: Person) -> bool:
    return {s.shift for s in person.chain.odd} != {s.shift for s in person.chain.even}


def _hired(
    frame: Frame, person: Person, need: dict[Job, int], rng: Random
) -> tuple[Job, Person] | None:
    jobs = [job for job, places in need.items() if places > 0]
    if not jobs:
        return None
    first = rng.choices(jobs, [need[job] for job in jobs])[0]
    if Job.ROTATING in jobs and _changes_shift(person):
        first = Job.ROTATING
    for job in (first, *(other for other in jobs if other is not first)):
        hired = with_job(frame, person, job, rng)
        if hired is not None:
            return job, hired
    return None


def with_job(frame: Frame, person: Person, job: Job, rng: Random) -> Person | None:
    """The person in a job of the sort that the standing week allows, if there is one."""
    patient = replace(
        person.patient,
        travel_minutes=rng.choice((5, 10, 15, 20, 30)),
        recovery_minutes=rng.choice((60, 90, 120, 120, 180)),
    )
    worker = replace(person, patient=patient)
    for jobs in offers(rng, job, person.code, person.chain.weekdays):
        if fits(frame, worker.habits, jobs, person.chain.odd, person.chain.even):
            return replace(worker, jobs=jobs)
    return None
