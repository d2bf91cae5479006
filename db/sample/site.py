"""The rooms of a synthetic center: stations, machines, who is on duty, and the seat plan."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from random import Random

from db.sample.chains import Row
from db.sample.names import chinese_name
from db.sample.spec import FIRST_MONDAY, LAST_MONDAY, ODD_MONDAY, CenterSpec, ZoneSize
from domain.calendar import DAY, Turn
from domain.center import (
    Center,
    Hold,
    Machine,
    Modality,
    Nurse,
    Placement,
    Shift,
    Staffing,
    Station,
    Zone,
)
from domain.register import Register
from domain.rulebook import rule_row

PHONE = "100-0000-{:04d}"
"""No number of any network begins with 100."""

_HD_MODELS = ("4008S", "DBB-27C", "W-T2008-B")
_HDF_MODELS = ("5008S", "DBB-EXA", "Dialog+")
_SKILLS = ("lead", "cannulation", "catheter", "mentor")


def site(spec: CenterSpec, rng: Random) -> Register:
    """The center without its people: rooms, rules, machines, duty and nurses."""
    stations = tuple(station for zone in spec.zones for station in _stations(zone))
    machines = _machines(spec, stations, rng)
    staffing = tuple(_staffing(spec))
    return Register(
        center=Center(
            spec.code, spec.name, "Asia/Shanghai", ODD_MONDAY, PHONE.format(0), spec.address
        ),
        zones=tuple(Zone(zone.code, zone.name, zone.admits) for zone in spec.zones),
        shifts=spec.shifts,
        rules=spec.rules,
        stations=stations,
        machines=machines,
        placements=tuple(
            Placement(machine.code, station.code)
            for machine, station in zip(machines, stations, strict=True)
        ),
        holds=tuple(
            Hold(zone.code, zone.held, "急诊备用" if spec.language == "zh" else "Emergencies")
            for zone in spec.zones
            if zone.held
        ),
        staffing=staffing,
        nurses=tuple(_nurses(spec, staffing, rng)),
    )


def _stations(zone: ZoneSize) -> Iterator[Station]:
    digits = max(2, len(str(zone.stations)))
    for number in range(zone.stations):
        room = f"{zone.code}{number // 10 + 1}"
        yield Station(f"{zone.code}{number + 1:0{digits}d}", zone.code, room)


def _machines(spec: CenterSpec, stations: tuple[Station, ...], rng: Random) -> tuple[Machine, ...]:
    """As many machines as stations, the able ones spread evenly over the zones."""
    digits = max(2, len(str(len(stations))))
    found = []
    for number in range(1, len(stations) + 1):
        share = spec.hdf_machines
        able = int(number * share + 0.5) > int((number - 1) * share + 0.5)
        modalities = {Modality.HD, Modality.HDF} if able else {Modality.HD}
        if rng.random() < 0.2:
            modalities.add(Modality.HP)
        found.append(
            Machine(
                f"M{number:0{digits}d}",
                f"SN{rng.randrange(10**7):07d}{number:04d}",
                rng.choice(_HDF_MODELS if able else _HD_MODELS),
                frozenset(modalities),
            )
        )
    return tuple(found)


def _staffing(spec: CenterSpec) -> Iterator[Staffing]:
    """One nurse to five in every zone and shift, but for the crews that the spec names."""
    ratio = rule_row(spec.rules, "nurse_ratio", FIRST_MONDAY).limit or 5
    for zone in spec.zones:
        usual = ceil((zone.stations - zone.held) / ratio)
        for shift in spec.shifts:
            crews = [c for c in spec.crews if (c.zone, c.shift) == (zone.code, shift.code)]
            special = frozenset[int]().union(*(crew.weekdays for crew in crews))
            if shift.weekdays - special:
                yield Staffing(zone.code, shift.code, usual, shift.weekdays - special)
            for crew in crews:
                yield Staffing(zone.code, shift.code, crew.nurses, crew.weekdays, crew.span)


def _nurses(spec: CenterSpec, staffing: tuple[Staffing, ...], rng: Random) -> Iterator[Nurse]:
    """Enough nurses of five turns a week for every zone, and a tenth more for leave."""
    number = 0
    for zone in spec.zones:
        turns = sum(
            row.nurses * len(row.weekdays)
            for row in staffing
            if row.zone == zone.code and FIRST_MONDAY in row.span
        )
        for place in range(ceil(turns / 5 * 1.1)):
            number += 1
            skills = {skill for skill in _SKILLS if rng.random() < 0.35}
            skills |= {"lead"} if place == 0 else set()
            skills |= {"isolation"} if zone is not spec.zones[0] else set()
            name = chinese_name(rng)
            yield Nurse(f"N{number:03d}", name, frozenset({zone.code}), frozenset(skills))


def rows(spec: CenterSpec, register: Register, zone: ZoneSize, rng: Random) -> list[Row]:
    """The zone's seat plan: every station in every shift, on the weekdays on which last
    week's nurses and the stations held back left room. Night rows come last: they fill last."""
    found: list[Row] = []
    codes = [station.code for station in register.stations if station.zone == zone.code]
    for shift in spec.shifts:
        room = {day: _room(spec, register, zone, shift, day) for day in shift.weekdays}
        for index, code in enumerate(codes):
            weekdays = frozenset(day for day, most in room.items() if index < most)
            if weekdays:
                found.append(Row(code, shift.code, weekdays))
    rng.shuffle(found)
    night = {shift.code for shift in spec.shifts if shift.night}
    return sorted(found, key=lambda row: row.shift in night)


def _room(spec: CenterSpec, register: Register, zone: ZoneSize, shift: Shift, weekday: int) -> int:
    """Patients whom last week's turn took in."""
    ratio = rule_row(spec.rules, "nurse_ratio", LAST_MONDAY).limit or 5
    turn = Turn(LAST_MONDAY + DAY * (weekday - 1), shift.code)
    nurses = sum(row.nurses for row in register.staffing if row.covers(zone.code, turn))
    return min(zone.stations - zone.held, nurses * ratio)
