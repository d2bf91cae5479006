"""Tables of alarms and care. What tells a history is only ever added to: triggers refuse every
change and removal of such a row.

Machines are named by code and refer to no row of the register, so that a machine can leave the
register while what happened to it stays.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.tables.columns import CenterKey, Key, Number, choice, filled, within
from domain.alarm import Direction, Inactivation, MachineState, Priority
from domain.alarm_life import Act
from domain.care import CareKind, Method
from domain.telemetry import Generation, Phase
from domain.water import Medium

APPENDED = (
    "alarm_records",
    "care_events",
    "care_limits",
    "maintenance_works",
    "water_limits",
    "water_results",
)
"""Tables whose rows stay as they were stored."""


class AlarmTable(SQLModel, table=True):
    """How each alarm stands now; its records say how it came to that."""

    __tablename__: ClassVar[str] = "alarms"
    __table_args__ = (within("number", 1), within("times", 1), filled("machine"))

    center: CenterKey
    machine: Key
    number: Number
    code: str
    generation: Generation = Field(sa_type=choice(Generation))
    first: datetime
    began: datetime
    times: int
    priority: Priority = Field(sa_type=choice(Priority))
    priority_from_machine: bool
    state: MachineState = Field(sa_type=choice(MachineState))
    last_said: MachineState = Field(sa_type=choice(MachineState, "last_said"))
    inactivation: Inactivation = Field(sa_type=choice(Inactivation))
    heard_at: datetime
    heard_boot: str
    heard_seq: int = Field(sa_type=sa.BigInteger)
    direction: Direction | None = Field(sa_type=choice(Direction))
    inferred: bool
    value: float | None
    low: float | None
    high: float | None
    seen_by: str
    seen_at: datetime | None
    holder: str
    escalated_at: datetime | None
    closed_at: datetime | None


class AlarmRecordTable(SQLModel, table=True):
    """Every change of an alarm: who, when, what."""

    __tablename__: ClassVar[str] = "alarm_records"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "machine", "number"],
            ["alarms.center", "alarms.machine", "alarms.number"],
            ondelete="RESTRICT",
        ),
        within("position", 1),
    )

    center: Key
    machine: Key
    number: Number
    position: Number
    at: datetime
    act: Act = Field(sa_type=choice(Act))
    who: str
    text: str
    state: MachineState = Field(sa_type=choice(MachineState))
    inactivation: Inactivation = Field(sa_type=choice(Inactivation))
    told_at: datetime | None
    told_boot: str | None
    told_seq: int | None = Field(sa_type=sa.BigInteger)


class HeardBootTable(SQLModel, table=True):
    """How far the events of each machine and boot have been taken."""

    __tablename__: ClassVar[str] = "heard_boots"

    center: CenterKey
    machine: Key
    boot: Key
    reached: int = Field(sa_type=sa.BigInteger)


class HeardLinkTable(SQLModel, table=True):
    """The newest word on each machine's wire."""

    __tablename__: ClassVar[str] = "heard_links"

    center: CenterKey
    machine: Key
    at: datetime
    boot: str
    seq: int = Field(sa_type=sa.BigInteger)


class CareOffsetTable(SQLModel, table=True):
    """Up to which event of the telemetry everything has been taken."""

    __tablename__: ClassVar[str] = "care_offsets"
    __table_args__ = (within("position", 0),)

    center: CenterKey
    position: int = Field(sa_type=sa.BigInteger)


class CareEventTable(SQLModel, table=True):
    """What happened to machines: by wire, with the event's key, or as a person typed it."""

    __tablename__: ClassVar[str] = "care_events"
    __table_args__ = (
        filled("machine"),
        sa.Index("care_events_told", "center", "machine", "told_boot", "told_seq", unique=True),
    )

    center: CenterKey
    number: Number
    machine: str
    at: datetime
    kind: CareKind = Field(sa_type=choice(CareKind))
    phase: Phase | None = Field(sa_type=choice(Phase))
    who: str
    text: str
    method: Method | None = Field(sa_type=choice(Method))
    minutes: float | None
    hours: float | None
    treatments: int | None
    told_boot: str | None
    told_seq: int | None = Field(sa_type=sa.BigInteger)
    back: date | None


class CareLimitTable(SQLModel, table=True):
    """The center's own limits of care, each from a day on."""

    __tablename__: ClassVar[str] = "care_limits"
    __table_args__ = (filled("code"), filled("source"))

    center: CenterKey
    number: Number
    code: str
    valid_from: date
    value: float
    unit: str
    source: str
    who: str
    entered: datetime


class MaintenancePlanTable(SQLModel, table=True):
    """What is to be done again and again."""

    __tablename__: ClassVar[str] = "maintenance_plans"
    __table_args__ = (
        filled("code"),
        within("every_days", 1),
        within("every_hours", 1),
        within("every_treatments", 1),
    )

    center: CenterKey
    code: Key
    title_en: str
    title_zh: str
    model: str
    every_days: int | None
    every_hours: int | None
    every_treatments: int | None
    source: str
    blocks: bool


class MaintenanceWorkTable(SQLModel, table=True):
    """That it was done."""

    __tablename__: ClassVar[str] = "maintenance_works"
    __table_args__ = (filled("machine"), filled("plan"), filled("who"))

    center: CenterKey
    number: Number
    machine: str
    plan: str
    at: datetime
    who: str
    text: str
    hours: float | None
    treatments: int | None


class SamplingPointTable(SQLModel, table=True):
    """Where water is drawn."""

    __tablename__: ClassVar[str] = "sampling_points"
    __table_args__ = (filled("code"),)

    center: CenterKey
    code: Key
    title: str
    retired: date | None


class WaterLimitTable(SQLModel, table=True):
    """The center's own limits of tests, each from a day on."""

    __tablename__: ClassVar[str] = "water_limits"
    __table_args__ = (
        filled("test"),
        filled("source"),
        within("every_months", 0),
        within("every_days", 0),
    )

    center: CenterKey
    number: Number
    test: str
    medium: Medium = Field(sa_type=choice(Medium))
    valid_from: date
    every_months: int
    every_days: int
    limit: float | None
    action: float | None
    strict: bool
    source: str
    enabled: bool
    who: str
    entered: datetime | None


class WaterResultTable(SQLModel, table=True):
    """Results as people typed them; a later row for the same sample corrects an earlier."""

    __tablename__: ClassVar[str] = "water_results"
    __table_args__ = (filled("point"), filled("test"), filled("who"))

    center: CenterKey
    number: Number
    point: str
    medium: Medium = Field(sa_type=choice(Medium))
    test: str
    day: date
    value: float
    below: bool
    who: str
    entered: datetime
    text: str
