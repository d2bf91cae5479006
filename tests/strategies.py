"""Random small centers for property tests: every reference resolves, every row is legal.

Texts are what people type: Chinese names with rare characters, commas, quotes, leading zeros;
no spaces at the ends and no control characters, which importers refuse. A code is made of
capital letters, digits and Chinese. No table has two rows about the same thing, no machine
stands at two stations, nobody sits twice on one day.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date, time
from typing import Any, TypeVar

from hypothesis import strategies as st

from domain.calendar import Parity, Span, monday_of
from domain.center import (
    Center,
    Closure,
    Hold,
    Infection,
    Machine,
    Modality,
    Nurse,
    Placement,
    Shift,
    Staffing,
    Station,
    Zone,
)
from domain.nurse_terms import (
    Contract,
    CrewRule,
    DutyKind,
    NurseBalance,
    NurseBurden,
    NurseDay,
    NurseDayKind,
)
from domain.patient import (
    Absence,
    AccessKind,
    Burden,
    Frequency,
    Ledger,
    Marker,
    Night,
    Patient,
    Pattern,
    Prescription,
    Priority,
    Serology,
    Wish,
    WishKind,
    WorkShift,
)
from domain.plan import Assignment, Lock, RuleCost, Run, Stage, Status
from domain.register import Register
from domain.rulebook import STANDARD_ROWS, RuleRow
from domain.words import Label

Row = TypeVar("Row")
Some = st.SearchStrategy

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789甲乙丙丁"
TYPED = LETTERS + "abcxyzäé中心透析病区·()（）,，;；、'\"-/+=@ %。"

codes = st.text(LETTERS, min_size=1, max_size=5)
filled = st.text(TYPED, min_size=1, max_size=12).map(str.strip).filter(bool)
texts = st.just("") | filled
names = st.sampled_from(["Anna O'Brien", "Müller, Jörg", "欧阳 娜娜"]) | st.builds(
    "{}{}".format,
    st.sampled_from("王李张刘陈杨赵黄周吴㛃𠮷"),
    st.text("伟芳娜敏静丽强磊军洋勇艳杰娟涛超玥喆𬱖䶮", min_size=1, max_size=2),
)
labels = st.builds(Label, filled, texts) | st.builds(Label, texts, names)
phones = st.just("") | st.from_regex(r"0?1[0-9]{10}", fullmatch=True)
days = st.dates(date(2024, 1, 1), date(2031, 12, 31))
times = st.builds(time, st.integers(0, 23), st.integers(0, 59))
minutes = st.integers(0, 240)
weekdays = st.frozensets(st.integers(1, 7), min_size=1)
parities = st.sampled_from(Parity)
closed_spans = st.tuples(days, days).map(lambda two: Span(min(two), max(two)))
spans = st.just(Span()) | closed_spans | st.builds(Span, days) | st.builds(Span, last=days)


def table(
    row: Some[Row], about: Callable[[Row], Hashable], most: int = 4, least: int = 0
) -> Some[tuple[Row, ...]]:
    """Rows in any order, no two about the same thing."""
    return st.lists(row, min_size=least, max_size=most, unique_by=about).map(tuple)


def _code(row: Center | Zone | Shift | Station | Machine | Nurse | Patient) -> str:
    return row.code


# --- the site -------------------------------------------------------------------------------

centers = st.builds(
    Center,
    code=codes,
    name=labels,
    timezone=st.sampled_from(["Asia/Shanghai", "Asia/Urumqi", "UTC"]),
    odd_monday=days.map(monday_of),
    phone=phones,
    address=labels | st.just(Label("", "")),
    arrive_before_minutes=minutes,
    leave_after_minutes=minutes,
    partial_weeks=st.booleans(),
)
zones = st.builds(Zone, codes, labels, st.frozensets(st.sampled_from(Infection), min_size=1))
shifts = st.builds(
    Shift,
    code=codes,
    name=labels,
    start=times,
    end=times,
    weekdays=weekdays,
    turnover_minutes=minutes,
    night=st.booleans(),
    early=st.booleans(),
)
modalities = st.frozensets(st.sampled_from(Modality), min_size=1)
machines = st.builds(Machine, codes, filled, filled, modalities)
_hard = [row.rule for row in STANDARD_ROWS if row.tier is None]
_soft = [row.rule for row in STANDARD_ROWS if row.tier is not None]
_limits = st.none() | st.integers(0, 2000)
_ranks = st.integers(1, 9)
rules = st.builds(
    RuleRow, st.sampled_from(_hard), days, st.booleans(), _limits, source=texts
) | st.builds(RuleRow, st.sampled_from(_soft), days, st.booleans(), _limits, _ranks, _ranks, texts)


@st.composite
def _placements(
    draw: st.DrawFn, machine_codes: list[str], station_codes: list[str]
) -> tuple[Placement, ...]:
    pairs = zip(machine_codes, draw(st.permutations(station_codes)), strict=False)
    return tuple(Placement(machine, station, draw(spans)) for machine, station in pairs)


def _closures(shift: Some[str], zone: Some[str], station: Some[str]) -> Some[Closure]:
    empty = st.none()
    return st.builds(Closure, spans, filled, empty | shift, empty | zone, empty | station)


def _nurses(zone: Some[str]) -> Some[Nurse]:
    skills = st.frozensets(st.sampled_from(["needling", "CRRT", "穿刺", "导管护理"]))
    return st.builds(Nurse, codes, names, st.frozensets(zone), skills, st.integers(0, 3000))


def _nurse_rows(
    draw: st.DrawFn, nurses: tuple[Nurse, ...], shift: Some[str], zone: Some[str]
) -> dict[str, tuple[Any, ...]]:
    """The tables of the nurses' work; those of nurses are empty where there are none."""
    times_a_week, count = st.integers(0, 7), st.integers(0, 5)
    shifts = st.frozensets(shift, max_size=2)
    steps = st.integers(0, 20).map(lambda step: 30 * step)
    kind = st.builds(DutyKind, codes, labels, shifts, times, times, steps, count, weekdays)
    crew = st.builds(
        CrewRule, st.none() | zone, st.none() | shift, st.none() | st.integers(1, 9), count,
        texts, spans,
    )  # fmt: skip
    found: dict[str, tuple[Any, ...]] = {
        "duty_kinds": draw(table(kind, _code)),
        "crew_rules": draw(table(crew, lambda row: (row.zone, row.shift, row.skill, row.span))),
    }
    if not nurses:
        return found
    nurse = st.sampled_from([row.code for row in nurses])
    agreed = st.builds(
        Contract, nurse, shifts, times_a_week, st.integers(1, 14), count, count, spans
    )
    wish = st.sampled_from([NurseDayKind.SHIFT, NurseDayKind.NOT_SHIFT])
    other = st.sampled_from([one for one in NurseDayKind if "shift" not in one.value])
    strength = st.integers(1, 3)
    day = st.builds(NurseDay, nurse, other, spans, st.none(), strength, texts) | st.builds(
        NurseDay, nurse, wish, spans, shift, strength, texts
    )
    owed = st.builds(
        NurseBalance, nurse, st.just(NurseBurden.REST),
        st.integers(-40, 40).map(lambda step: 30 * step), st.none() | days,
    )  # fmt: skip
    borne = st.builds(
        NurseBalance, nurse, st.sampled_from([NurseBurden.NIGHT, NurseBurden.LATE]),
        st.integers(0, 40), st.none() | days,
    )  # fmt: skip
    return found | {
        "contracts": draw(table(agreed, lambda row: row.nurse)),
        "nurse_days": draw(table(day, lambda row: (row.nurse, row.kind, row.span, row.shift))),
        "nurse_ledger": draw(table(owed | borne, lambda row: (row.nurse, row.burden))),
    }


# --- the people -----------------------------------------------------------------------------

patients = st.builds(
    Patient,
    code=codes,
    name=names,
    night=st.sampled_from(Night),
    priority=st.sampled_from(Priority),
    access=st.sampled_from(AccessKind),
    travel_minutes=minutes,
    recovery_minutes=minutes,
    span=spans,
    phone=phones,
    language=st.sampled_from(["zh", "en"]),
)
frequencies = st.just(Frequency(4, 3, every_other_day=True)) | st.builds(
    Frequency, st.integers(1, 7), st.integers(1, 7)
)


def _prescriptions(patient: Some[str]) -> Some[Prescription]:
    length = st.integers(60, 600)
    return st.builds(Prescription, patient, frequencies, length, st.sampled_from(Modality), spans)


def _wishes(people: list[str], shift: Some[str]) -> Some[Wish]:
    weekday = st.integers(1, 7).map(str)
    values = {
        WishKind.SHIFT: shift,
        WishKind.NOT_SHIFT: shift,
        WishKind.WEEKDAY: weekday,
        WishKind.NOT_WEEKDAY: weekday,
        WishKind.LONG_GAP: weekday,
        WishKind.COMPANION: st.sampled_from(people),
    }
    return st.sampled_from(WishKind).flatmap(
        lambda kind: st.builds(
            Wish, st.sampled_from(people), st.just(kind), values[kind], st.integers(1, 3)
        ).filter(lambda wish: wish.patient != wish.value)
    )


def _absences(patient: Some[str]) -> Some[Absence]:
    hour = st.none() | times
    return st.builds(Absence, patient, spans, filled, weekdays, hour, hour)


def _work_shifts(patient: Some[str]) -> Some[WorkShift]:
    return st.builds(
        WorkShift,
        patient=patient,
        weekdays=weekdays,
        start=times,
        end=times,
        travel_minutes=minutes,
        changing_minutes=minutes,
        span=spans,
        parity=parities,
        workshop=st.booleans(),
    )


# --- the whole ------------------------------------------------------------------------------


@st.composite
def registers(draw: st.DrawFn, center: Some[Center] = centers) -> Register:
    """A small referentially valid center with every table possibly filled, in no order."""
    site = Register(
        center=draw(center),
        zones=draw(table(zones, _code, least=1)),
        shifts=draw(table(shifts, _code, least=1)),
        machines=draw(table(machines, _code, least=1)),
        patients=draw(table(patients, _code, least=1)),
        rules=draw(table(rules, lambda row: (row.rule, row.valid_from))),
    )
    zone = st.sampled_from([row.code for row in site.zones])
    stations = draw(table(st.builds(Station, codes, zone, texts), _code, least=1))
    return _filled(draw, site, zone, stations)


def _filled(
    draw: st.DrawFn, site: Register, zone: Some[str], stations: tuple[Station, ...]
) -> Register:
    places = [row.code for row in stations]
    people = [row.code for row in site.patients]
    shift = st.sampled_from([row.code for row in site.shifts])
    station, patient = st.sampled_from(places), st.sampled_from(people)
    holds = st.builds(Hold, zone, st.integers(1, 3), filled, st.none() | shift, spans)
    staffing = st.builds(Staffing, zone, shift, st.integers(0, 9), weekdays, spans)
    reports = st.builds(Serology, patient, st.sampled_from(Marker), st.booleans(), days, texts)
    habits = st.builds(Pattern, patient, st.integers(1, 7), shift, st.none() | station, parities)
    balances = st.builds(Ledger, patient, st.sampled_from(Burden), st.integers(0, 40))
    locks = st.builds(Lock, patient, days, shift, st.none() | station)
    sessions = st.builds(Assignment, days, shift, station, patient)
    nurses = draw(table(_nurses(zone), _code))
    return Register(
        center=site.center,
        zones=site.zones,
        shifts=site.shifts,
        rules=site.rules,
        stations=stations,
        machines=site.machines,
        placements=draw(_placements([row.code for row in site.machines], places)),
        closures=draw(table(_closures(shift, zone, station), lambda row: row)),
        holds=draw(table(holds, lambda row: (row.zone, row.shift, row.span))),
        staffing=draw(table(staffing, lambda row: (row.zone, row.shift, row.weekdays, row.span))),
        nurses=nurses,
        **_nurse_rows(draw, nurses, shift, zone),
        patients=site.patients,
        prescriptions=draw(table(_prescriptions(patient), lambda row: (row.patient, row.span))),
        serology=draw(table(reports, lambda row: (row.patient, row.marker, row.day), most=8)),
        patterns=draw(table(habits, lambda row: (row.patient, row.weekday, row.parity))),
        wishes=draw(table(_wishes(people, shift), lambda row: (row.patient, row.kind, row.value))),
        absences=draw(table(_absences(patient), lambda row: row)),
        work_shifts=draw(table(_work_shifts(patient), lambda row: row)),
        ledger=draw(table(balances, lambda row: (row.patient, row.burden))),
        locks=draw(table(locks, lambda row: (row.patient, row.day))),
        sessions=draw(sittings(sessions)),
    )


def sittings(sessions: Some[Assignment], most: int = 8) -> Some[tuple[Assignment, ...]]:
    """Sessions of which no two share a patient's day or a slot."""
    return st.lists(
        sessions,
        max_size=most,
        unique_by=(lambda row: (row.patient, row.day), lambda row: (row.turn, row.station)),
    ).map(tuple)


# --- how a plan came about ------------------------------------------------------------------

_seconds = st.floats(0, 1000, allow_nan=False)
_stages = st.builds(Stage, filled, _ranks, st.integers(0, 10**9), st.integers(0, 10**9), _seconds)
_costs = st.builds(RuleCost, st.sampled_from(_soft), _ranks, st.integers(0, 999), _ranks)
runs = st.builds(
    Run,
    status=st.sampled_from(Status),
    stages=st.lists(_stages, max_size=3).map(tuple),
    costs=st.lists(_costs, max_size=3).map(tuple),
    seconds=_seconds,
    seed=st.integers(0, 2**31 - 1),
    workers=st.integers(1, 64),
    deterministic=st.booleans(),
    version=filled,
    interrupted=st.booleans(),
)
