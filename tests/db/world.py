"""One tiny center by hand: a zone, two chairs, a day and a night shift, two patients."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import sqlalchemy as sa

from db.connection import writing
from db.opening import open_database
from db.plans import PlanVersion, save_plan
from db.save import save_register
from domain.center import Center, Infection, Machine, Modality, Placement, Shift, Station, Zone
from domain.patient import Frequency, Patient, Prescription
from domain.plan import Assignment, Plan, RuleCost, Run, Stage, Status
from domain.register import Register
from domain.words import Label

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
RUN = Run(
    status=Status.OPTIMAL,
    stages=(Stage("timetable", 1, 12, 12, 0.5), Stage("seating", 3, 3, 2, 0.25)),
    costs=(RuleCost("few_moves", 2, 1, 10),),
    seconds=0.75,
    seed=1,
    workers=2,
    deterministic=False,
    version="0.1.0",
)
REGISTER = Register(
    center=Center("HC", Label("Huangchuan", "潢川"), "Asia/Shanghai", date(2026, 1, 5)),
    zones=(Zone("A", Label("Clean", "普通区"), frozenset({Infection.NEGATIVE})),),
    shifts=(
        Shift("D", Label("Day", "日班"), time(7), time(12), frozenset(range(1, 8)), 30, early=True),
        Shift("N", Label("Night", "夜班"), time(22), time(6), frozenset({1, 3, 5}), 30, night=True),
    ),
    stations=(Station("A1", "A"), Station("A2", "A")),
    machines=(Machine("M1", "0815", "4008S", frozenset({Modality.HD, Modality.HDF})),),
    placements=(Placement("M1", "A1"),),
    patients=(Patient("P1", "王伟"), Patient("P2", "㛃玥")),
    prescriptions=(
        Prescription("P1", Frequency(3, 3), 240),
        Prescription("P2", Frequency(3, 2), 240),
    ),
).in_order()


def sit(day: date, shift: str, patient: str, station: str = "A1") -> Assignment:
    """A session, said in the order in which one says it."""
    return Assignment(day, shift, station, patient)


def plan_of(*sessions: Assignment, first_day: date = MONDAY, weeks: int = 1) -> Plan:
    """A plan of some sessions."""
    return Plan.of(first_day, weeks, sessions)


def store(engine: sa.Engine, register: Register = REGISTER) -> None:
    """Stores a register in a transaction of its own."""
    with writing(engine) as session:
        save_register(session, register)


def store_plan(
    engine: sa.Engine, plan: Plan, parent: int | None = None, author: str = "Li", hour: int = 9
) -> PlanVersion:
    """Stores a plan in a transaction of its own."""
    with writing(engine) as session:
        return save_plan(
            session,
            REGISTER.center.code,
            plan,
            RUN,
            author,
            "",
            NOW.replace(hour=hour),
            parent,
            input_fingerprint="f",
        )


def opened(file: Path) -> sa.Engine:
    """A SQLite database of a test that needs no PostgreSQL."""
    return open_database(f"sqlite:///{file}")
