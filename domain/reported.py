"""Troubles as people report them: machines that fail, and what cannot be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time

from domain.calendar import DAY, Turn
from domain.problem import Problem
from domain.trouble import (
    NurseMissing,
    PatientAway,
    PatientBack,
    PatientJoins,
    PatientLate,
    PatientMissed,
    ShiftClosed,
    StationOut,
    Trouble,
    WaterOff,
)
from domain.words import Words, words


def machine_out(
    problem: Problem, machine: str, start: datetime, end: datetime | None = None
) -> tuple[StationOut, ...]:
    """A machine that fails, as the stations at which it stands in that time."""
    found = []
    for placement in problem.register.placements:
        if placement.machine != machine:
            continue
        first, last = placement.span.first, placement.span.last
        begins = start if first is None else max(start, datetime.combine(first, time()))
        gone = None if last is None else datetime.combine(last + DAY, time())
        ends = min((one for one in (end, gone) if one is not None), default=None)
        if ends is None or begins < ends:
            found.append(StationOut(placement.station, begins, ends))
    return tuple(sorted(found, key=lambda one: (one.station, one.start)))


def faults(problem: Problem, troubles: Iterable[Trouble]) -> tuple[Words, ...]:
    """Everything about the troubles that cannot be meant, in words; none if all is well."""
    return tuple(fault for one in troubles for fault in _faults(problem, one))


def _faults(problem: Problem, one: Trouble) -> Iterator[Words]:
    match one:
        case StationOut(station, start, end):
            if station not in problem.station:
                yield words("{station} is not a station of the center", station=station)
            yield from _ends_late_enough(start, end)
        case WaterOff(start, end):
            yield from _ends_late_enough(start, end)
        case NurseMissing(zone, turn, nurses):
            yield from _turn(problem, turn)
            yield from _nurses(problem, zone, turn, nurses)
        case ShiftClosed(turn, zone):
            yield from _turn(problem, turn)
            if zone is not None and zone not in problem.zone_stations:
                yield words("{zone} is not a zone of the center", zone=zone)
        case PatientLate() | PatientMissed():
            yield from _patient(problem, one.patient)
            yield from _turn(problem, one.turn)
        case PatientJoins(patient, first):
            known = {who.code for who in problem.register.patients}
            if patient not in known:
                yield words("{patient} is not a patient of the center", patient=patient)
            elif patient in problem.history:
                yield words("{patient} came last week already", patient=patient)
            elif problem.prescription(patient, first) is None:
                yield words(
                    "{patient} has no prescription on {day}: enter it first",
                    patient=patient, day=first,
                )  # fmt: skip
        case _:
            yield from _patient(problem, one.patient)


def _ends_late_enough(start: datetime, end: datetime | None) -> Iterator[Words]:
    if end is not None and end <= start:
        yield words("it ends at {end}, before it begins at {start}", end=end, start=start)


def _patient(problem: Problem, patient: str) -> Iterator[Words]:
    if patient not in problem.patient:
        yield words("{patient} is not a patient of these weeks", patient=patient)


def _turn(problem: Problem, turn: Turn) -> Iterator[Words]:
    if turn.shift not in problem.shift:
        yield words("{shift} is not a shift of the center", shift=turn.shift)
    elif turn not in problem.turns:
        yield words(
            "{shift} does not run on {day} in these weeks",
            shift=problem.shift[turn.shift].name, day=turn.day,
        )  # fmt: skip


def _nurses(problem: Problem, zone: str, turn: Turn, missing: int) -> Iterator[Words]:
    if zone not in problem.zone_stations:
        yield words("{zone} is not a zone of the center", zone=zone)
        return
    stated = problem.nurses(zone, turn) if turn.shift in problem.shift else missing
    if stated is None:
        yield words(
            "the center states no nurses for zone {zone} in this turn; nothing can be judged",
            zone=zone,
        )
    elif stated < missing or missing < 1:
        yield words(
            "{missing} nurses cannot be missing in zone {zone}: {stated} are stated",
            missing=missing, zone=zone, stated=stated,
        )  # fmt: skip


def trouble_words(problem: Problem, one: Trouble) -> Words:
    """What has happened, in a sentence; it must have no fault."""
    match one:
        case StationOut(station, start, None):
            return words("{station} out from {start} on", station=station, start=start)
        case StationOut(station, start, datetime() as end):
            return words(
                "{station} out from {start} to {end}", station=station, start=start, end=end
            )
        case WaterOff(start, end):
            return words("no water from {start} to {end}", start=start, end=end)
        case NurseMissing(zone, turn, nurses):
            said = problem.say(turn)
            return words("zone {zone}, {turn}: {count} nurses missing",
                         zone=zone, turn=said, count=nurses)  # fmt: skip
        case ShiftClosed(turn, None):
            return words("{turn} not held", turn=problem.say(turn))
        case ShiftClosed(turn, str() as zone):
            return words("{turn} not held in zone {zone}", turn=problem.say(turn), zone=zone)
        case _:
            return _person_words(problem, one)


def _person_words(problem: Problem, one: Trouble) -> Words:
    match one:
        case PatientAway(patient, first, None):
            return words("{patient} away from {first} on", patient=patient, first=first)
        case PatientAway(patient, first, date() as last):
            return words("{patient} away {first} to {last}",
                         patient=patient, first=first, last=last)  # fmt: skip
        case PatientLate(patient, turn, minutes):
            return words("{patient}, {turn}: {minutes} minutes late",
                         patient=patient, turn=problem.say(turn), minutes=minutes)  # fmt: skip
        case PatientMissed(patient, turn):
            return words("{patient}, {turn}: missed", patient=patient, turn=problem.say(turn))
        case PatientBack(patient, first):
            return words("{patient} back from {first} on", patient=patient, first=first)
        case PatientJoins(patient, first):
            return words("{patient} joins on {first}", patient=patient, first=first)
    raise ValueError(f"nothing is known of {one}")
