"""Tables of the patients: who, what is to be done, habits, wishes, work and past sessions."""

from __future__ import annotations

from datetime import date, time
from typing import ClassVar

from sqlmodel import Field, SQLModel

from db.tables.columns import (
    CenterKey,
    Key,
    Number,
    Weekdays,
    choice,
    filled,
    in_order,
    refers,
    weekday_digits,
    within,
)
from domain.calendar import Parity
from domain.center import Modality
from domain.patient import AccessKind, Burden, Marker, Night, Priority, WishKind

_WEEK = 7
_DAY_MINUTES = 1440


class PatientTable(SQLModel, table=True):
    """Who."""

    __tablename__: ClassVar[str] = "patients"
    __table_args__ = (
        filled("code"),
        within("travel_minutes", 0),
        within("recovery_minutes", 0),
        in_order(),
    )

    center: CenterKey
    code: Key
    name: str
    night: Night = Field(sa_type=choice(Night))
    priority: Priority = Field(sa_type=choice(Priority))
    access: AccessKind = Field(sa_type=choice(AccessKind))
    travel_minutes: int
    recovery_minutes: int
    span_first: date | None
    span_last: date | None
    phone: str
    language: str


class PrescriptionTable(SQLModel, table=True):
    """What is to be done and how often."""

    __tablename__: ClassVar[str] = "prescriptions"
    __table_args__ = (
        refers("patients", "patient"),
        within("frequency_odd", 0, _WEEK),
        within("frequency_even", 0, _WEEK),
        within("minutes", 1, _DAY_MINUTES),
        in_order(),
    )

    center: CenterKey
    number: Number
    patient: str
    frequency_odd: int
    frequency_even: int
    frequency_every_other_day: bool
    minutes: int
    modality: Modality = Field(sa_type=choice(Modality))
    span_first: date | None
    span_last: date | None


class SerologyTable(SQLModel, table=True):
    """Blood tests; two reports of one marker on one day are two rows."""

    __tablename__: ClassVar[str] = "serology"
    __table_args__ = (refers("patients", "patient"),)

    center: CenterKey
    number: Number
    patient: str
    marker: Marker = Field(sa_type=choice(Marker))
    positive: bool
    day: date
    laboratory: str


class PatternTable(SQLModel, table=True):
    """Standing turns."""

    __tablename__: ClassVar[str] = "patterns"
    __table_args__ = (
        refers("patients", "patient"),
        refers("shifts", "shift"),
        refers("stations", "station"),
        within("weekday", 1, _WEEK),
    )

    center: CenterKey
    number: Number
    patient: str
    weekday: int
    shift: str
    station: str | None
    parity: Parity = Field(sa_type=choice(Parity))


class WishTable(SQLModel, table=True):
    """Wishes; what `value` refers to depends on the kind."""

    __tablename__: ClassVar[str] = "wishes"
    __table_args__ = (refers("patients", "patient"), within("strength", 1, 3))

    center: CenterKey
    number: Number
    patient: str
    kind: WishKind = Field(sa_type=choice(WishKind))
    value: str
    strength: int


class AbsenceTable(SQLModel, table=True):
    """When a patient cannot come."""

    __tablename__: ClassVar[str] = "absences"
    __table_args__ = (refers("patients", "patient"), weekday_digits(), in_order())

    center: CenterKey
    number: Number
    patient: str
    span_first: date | None
    span_last: date | None
    reason: str
    weekdays: Weekdays
    start: time | None
    end: time | None


class WorkShiftTable(SQLModel, table=True):
    """Working hours."""

    __tablename__: ClassVar[str] = "work_shifts"
    __table_args__ = (
        refers("patients", "patient"),
        weekday_digits(),
        within("travel_minutes", 0),
        within("changing_minutes", 0),
        in_order(),
    )

    center: CenterKey
    number: Number
    patient: str
    weekdays: Weekdays
    start: time
    end: time
    travel_minutes: int
    changing_minutes: int
    span_first: date | None
    span_last: date | None
    parity: Parity = Field(sa_type=choice(Parity))
    workshop: bool


class LedgerTable(SQLModel, table=True):
    """Opening balances of burdens borne before this database knew the center."""

    __tablename__: ClassVar[str] = "ledger"
    __table_args__ = (refers("patients", "patient"), within("turns", 0))

    center: CenterKey
    patient: Key
    burden: Burden = Field(primary_key=True, sa_type=choice(Burden))
    turns: int


class LockTable(SQLModel, table=True):
    """Promises that planning must keep."""

    __tablename__: ClassVar[str] = "locks"
    __table_args__ = (
        refers("patients", "patient"),
        refers("shifts", "shift"),
        refers("stations", "station"),
    )

    center: CenterKey
    number: Number
    patient: str
    day: date
    shift: str
    station: str | None


class SessionTable(SQLModel, table=True):
    """Imported sessions of past weeks; a stored plan of the same week takes their place."""

    __tablename__: ClassVar[str] = "sessions"
    __table_args__ = (
        refers("patients", "patient"),
        refers("shifts", "shift"),
        refers("stations", "station"),
    )

    center: CenterKey
    number: Number
    day: date
    shift: str
    station: str
    patient: str
