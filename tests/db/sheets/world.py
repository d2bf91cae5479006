"""A center of two zones, four stations and seven people, and its week's plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from db.sheets.edition import Edition, Imprint, Voice
from domain.calendar import Span
from domain.center import (
    Center,
    Closure,
    Hold,
    Infection,
    Machine,
    Modality,
    Placement,
    Shift,
    Staffing,
    Station,
    Zone,
)
from domain.patient import Frequency, Marker, Patient, Prescription, Serology, WorkShift
from domain.plan import Assignment, Lock, Plan
from domain.problem import Problem
from domain.register import Register
from domain.words import Label

MONDAY = date(2026, 11, 23)
WEEK = frozenset(range(1, 8))
WORKDAYS = frozenset(range(1, 7))
ENGLISH = Voice("en", str)
IMPRINT = Imprint(datetime(2026, 11, 20, 15, 30), version=3, author="Li Min")

CENTER = Center(
    code="HC",
    name=Label("Sample center", "样例中心"),
    timezone="Asia/Shanghai",
    odd_monday=date(2026, 1, 5),
    phone="0376-1234567",
)
SHIFTS = (
    Shift("am", Label("Morning", "早班"), time(7), time(11, 30), WORKDAYS, 30),
    Shift("pm", Label("Afternoon", "中班"), time(12), time(16, 30), WORKDAYS, 30),
    Shift("night", Label("Night", "夜班"), time(22), time(6), frozenset({1, 3, 5}), 30, night=True),
)
ZONES = (
    Zone("A", Label("General", "普通区"), frozenset({Infection.NEGATIVE})),
    Zone("B", Label("Zone two", "二区"), frozenset({Infection.HBV})),
)
STATIONS = (Station("A1", "A", "2F"), Station("A2", "A"), Station("A10", "A"), Station("B1", "B"))
PATIENTS = (
    Patient("P1", "王芳"),
    Patient("P2", "李强"),
    Patient("P3", "王芳"),
    Patient("P4", "Anna O'Brien", language="en"),
    Patient("P5", "赵敏"),
    Patient("P6", "=SUM(A1)"),
    Patient("P7", "刘伟", span=Span(last=date(2026, 10, 1))),
)
NEGATIVE = (Marker.HBSAG, Marker.ANTI_HCV, Marker.SYPHILIS, Marker.HIV)


def seat(day: int, shift: str, station: str, patient: str) -> Assignment:
    """A session `day` days after the Monday."""
    return Assignment(MONDAY + timedelta(days=day), shift, station, patient)


SEATS = (
    seat(0, "am", "A1", "P1"),
    seat(0, "am", "A2", "P2"),
    seat(0, "am", "B1", "P5"),
    seat(0, "night", "A1", "P4"),
    seat(1, "pm", "A1", "P3"),
    seat(2, "am", "A1", "P1"),
    seat(2, "am", "A2", "P2"),
    seat(2, "night", "A1", "P4"),
    seat(3, "pm", "A2", "P3"),
    seat(4, "am", "A1", "P1"),
    seat(4, "pm", "A2", "P6"),
)


def reports(patient: str, *positive: Marker) -> tuple[Serology, ...]:
    """Fresh reports of every required marker."""
    day = date(2026, 10, 1)
    return tuple(Serology(patient, marker, marker in positive, day) for marker in NEGATIVE)


REGISTER = Register(
    center=CENTER,
    zones=ZONES,
    shifts=SHIFTS,
    stations=STATIONS,
    machines=tuple(
        Machine(f"M{one.code}", one.code, "X", frozenset({Modality.HD, Modality.HDF}))
        for one in STATIONS
    ),
    placements=tuple(Placement(f"M{one.code}", one.code) for one in STATIONS),
    closures=(Closure(Span(MONDAY, MONDAY), "repair", shift="pm", station="A2"),),
    holds=(Hold("A", 1, "emergency"),),
    staffing=(Staffing("A", "am", 2, WEEK),),
    patients=PATIENTS,
    prescriptions=(
        Prescription("P2", Frequency(3, 3), 240, Modality.HDF),
        *(Prescription(one.code, Frequency(3, 3), 240) for one in PATIENTS if one.code != "P2"),
    ),
    serology=(
        *(row for code in ("P1", "P2", "P3", "P4", "P6") for row in reports(code)),
        *reports("P5", Marker.HBSAG),
    ),
    work_shifts=(
        WorkShift("P2", WORKDAYS, time(13), time(20), 15, 10, workshop=True),
        WorkShift("P4", WORKDAYS, time(9), time(17)),
    ),
    locks=(Lock("P1", MONDAY, "am"),),
)


def edition(
    register: Register = REGISTER, seats: tuple[Assignment, ...] = SEATS, weeks: int = 1
) -> Edition:
    """An edition of the week with these seats."""
    problem = Problem(register, MONDAY, weeks)
    return Edition(problem, Plan.of(MONDAY, weeks, seats), IMPRINT)


def renamed(**names: str) -> Register:
    """The center with other names, by patient code."""
    return replace(
        REGISTER,
        patients=tuple(replace(one, name=names.get(one.code, one.name)) for one in PATIENTS),
    )
