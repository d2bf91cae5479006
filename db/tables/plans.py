"""Tables of stored plans. Rows are only ever added: triggers refuse every change and removal.

A plan keeps the codes it was made with and refers to no patient, shift or station, so that the
center's register can go on changing while what was planned stays as it was.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.tables.columns import CenterKey, Key, Number, filled, within

IMMUTABLE = ("plan_versions", "plan_assignments", "plan_publications", "plan_cues")


class PlanVersionTable(SQLModel, table=True):
    """One version of the plan that begins on a Monday."""

    __tablename__: ClassVar[str] = "plan_versions"
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
    input_fingerprint: str
    content_fingerprint: str
    run: dict[str, Any] | None = Field(sa_type=sa.JSON(none_as_null=True))
    log: str


class PlanAssignmentTable(SQLModel, table=True):
    """Who sits where in a version."""

    __tablename__: ClassVar[str] = "plan_assignments"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "first_day", "number"],
            ["plan_versions.center", "plan_versions.first_day", "plan_versions.number"],
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
    shift: Key
    station: Key
    patient: Key


class PlanPublicationTable(SQLModel, table=True):
    """That a version became the one in force; a later row for the same Monday supersedes it."""

    __tablename__: ClassVar[str] = "plan_publications"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "first_day", "number"],
            ["plan_versions.center", "plan_versions.first_day", "plan_versions.number"],
            ondelete="RESTRICT",
        ),
        within("sequence", 1),
        filled("author"),
    )

    center: Key
    sequence: Number
    first_day: date
    number: int
    author: str
    published_at: datetime


class PlanCueTable(SQLModel, table=True):
    """By how many minutes a patient of a version begins later than the shift, and with whom."""

    __tablename__: ClassVar[str] = "plan_cues"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "first_day", "number"],
            ["plan_versions.center", "plan_versions.first_day", "plan_versions.number"],
            ondelete="RESTRICT",
        ),
        within("delay", 0),
        within("nurse", 1),
        filled("patient"),
    )

    center: Key
    first_day: date = Field(primary_key=True)
    number: Number
    day: date = Field(primary_key=True)
    shift: Key
    patient: Key
    delay: int
    nurse: int
