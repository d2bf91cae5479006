"""Tables of the nurses' work: what the ward states, and its stored rosters. Rosters are only
ever added to, and keep the codes they were made with, as plans do."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.tables.columns import (
    CenterKey,
    Key,
    Names,
    Number,
    Weekdays,
    choice,
    filled,
    in_order,
    named,
    refers,
    weekday_digits,
    within,
)
from domain.nurse_terms import NurseBurden, NurseDayKind

APPENDED = ("nurse_rosters", "nurse_duties", "nurse_roster_days")


class DutyKindTable(SQLModel, table=True):
    """Kinds of duty. That their shifts exist is checked by the import, not in here."""

    __tablename__: ClassVar[str] = "duty_kinds"
    __table_args__ = (
        filled("code"),
        named(),
        within("minutes", 0),
        within("nurses", 0),
        weekday_digits(),
    )

    center: CenterKey
    code: Key
    name_en: str
    name_zh: str
    shifts: Names
    start: time
    end: time
    minutes: int
    nurses: int
    weekdays: Weekdays


class CrewRuleTable(SQLModel, table=True):
    """What zones ask of shifts."""

    __tablename__: ClassVar[str] = "crew_rules"
    __table_args__ = (
        refers("zones", "zone"),
        refers("shifts", "shift"),
        within("patients", 1),
        within("nurses", 0),
        in_order(),
    )

    center: CenterKey
    number: Number
    zone: str | None
    shift: str | None
    patients: int | None
    nurses: int
    skill: str
    span_first: date | None
    span_last: date | None


class ContractTable(SQLModel, table=True):
    """What is agreed with a nurse."""

    __tablename__: ClassVar[str] = "contracts"
    __table_args__ = (
        refers("nurses", "nurse"),
        within("most_days", 0),
        within("most_in_row", 1),
        within("most_nights", 0),
        within("most_weekends", 0),
        in_order(),
    )

    center: CenterKey
    number: Number
    nurse: str
    shifts: Names
    most_days: int
    most_in_row: int
    most_nights: int
    most_weekends: int
    span_first: date | None
    span_last: date | None


class NurseDayTable(SQLModel, table=True):
    """Days away, and wishes."""

    __tablename__: ClassVar[str] = "nurse_days"
    __table_args__ = (
        refers("nurses", "nurse"),
        refers("shifts", "shift"),
        within("strength", 1, 3),
        in_order(),
    )

    center: CenterKey
    number: Number
    nurse: str
    kind: NurseDayKind = Field(sa_type=choice(NurseDayKind))
    span_first: date | None
    span_last: date | None
    shift: str | None
    strength: int
    reason: str


class NurseBalanceTable(SQLModel, table=True):
    """What nurses bring along; rest owed may be less than 0."""

    __tablename__: ClassVar[str] = "nurse_ledger"
    __table_args__ = (refers("nurses", "nurse"),)

    center: CenterKey
    nurse: Key
    burden: NurseBurden = Field(primary_key=True, sa_type=choice(NurseBurden))
    amount: int
    day: date | None


# --- rosters ----------------------------------------------------------------------------------


class NurseRosterTable(SQLModel, table=True):
    """One version of the roster that begins on a Monday."""

    __tablename__: ClassVar[str] = "nurse_rosters"
    __table_args__ = (
        within("number", 1),
        within("weeks", 1),
        sa.CheckConstraint(
            sa.column("parent", sa.Integer) < sa.column("number", sa.Integer), name="parent_before"
        ),
        filled("author"),
    )

    center: CenterKey
    first_day: date = Field(primary_key=True)
    number: Number
    weeks: int
    parent: int | None
    author: str
    note: str
    created_at: datetime
    content_fingerprint: str
    run: dict[str, Any] | None = Field(sa_type=sa.JSON(none_as_null=True))


class NurseDutyTable(SQLModel, table=True):
    """Who works when in a version."""

    __tablename__: ClassVar[str] = "nurse_duties"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "first_day", "number"],
            ["nurse_rosters.center", "nurse_rosters.first_day", "nurse_rosters.number"],
            ondelete="RESTRICT",
        ),
        sa.CheckConstraint(
            sa.column("day", sa.Date) >= sa.column("first_day", sa.Date), name="day_inside"
        ),
    )

    center: Key
    first_day: date = Field(primary_key=True)
    number: Number
    day: date = Field(primary_key=True)
    nurse: Key
    kind: str
    zone: str
    lead: bool
    until: time | None


class NurseRosterDayTable(SQLModel, table=True):
    """Who is away in a version, and why."""

    __tablename__: ClassVar[str] = "nurse_roster_days"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "first_day", "number"],
            ["nurse_rosters.center", "nurse_rosters.first_day", "nurse_rosters.number"],
            ondelete="RESTRICT",
        ),
    )

    center: Key
    first_day: date = Field(primary_key=True)
    number: Number
    day: date = Field(primary_key=True)
    nurse: Key
    kind: NurseDayKind = Field(sa_type=choice(NurseDayKind))
