"""Tables of the web: who may sign in, what is open without it, who did what, what patients say,
plans in the making. What tells a history is only ever added to.

Secrets are never stored: of passwords, sessions, links and displays there are only digests.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from db.tables.columns import (
    CenterKey,
    Key,
    Number,
    Weekdays,
    choice,
    filled,
    weekday_digits,
    within,
)
from domain.account import DisplayKind, Role
from domain.patient_word import Answer, Decision, RequestKind
from domain.plan_job import JobState

APPENDED = (
    "audit_entries",
    "draft_steps",
    "patient_answers",
    "patient_requests",
    "plan_overrides",
    "request_decisions",
)
"""Tables whose rows stay as they were stored."""


def _document(*, empty: bool = False) -> Any:
    return Field(sa_type=sa.JSON(none_as_null=True), nullable=empty)


class AccountTable(SQLModel, table=True):
    """Somebody of the staff."""

    __tablename__: ClassVar[str] = "accounts"
    __table_args__ = (filled("name"), filled("password"))

    center: CenterKey
    name: Key
    shown: str
    role: Role = Field(sa_type=choice(Role))
    password: str
    must_change: bool
    disabled_at: datetime | None
    created_at: datetime
    created_by: str


class SignInTable(SQLModel, table=True):
    """A browser that is signed in, by the digest of its secret."""

    __tablename__: ClassVar[str] = "sign_ins"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "account"], ["accounts.center", "accounts.name"], ondelete="RESTRICT"
        ),
    )

    center: CenterKey
    digest: Key
    account: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None


class DisplayTable(SQLModel, table=True):
    """A screen on a wall, by the digest of its address."""

    __tablename__: ClassVar[str] = "displays"

    center: CenterKey
    digest: Key
    title: str
    kind: DisplayKind = Field(sa_type=choice(DisplayKind))
    created_by: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


class PatientLinkTable(SQLModel, table=True):
    """A patient's own page, by the digest of its address."""

    __tablename__: ClassVar[str] = "patient_links"
    __table_args__ = (filled("patient"),)

    center: CenterKey
    digest: Key
    patient: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class AuditTable(SQLModel, table=True):
    """Who did what; each digest covers the one before."""

    __tablename__: ClassVar[str] = "audit_entries"
    __table_args__ = (within("number", 1), filled("who"), filled("act"))

    center: CenterKey
    number: Number
    at: datetime
    who: str
    role: str
    act: str
    subject: str
    before: Any = _document(empty=True)
    after: Any = _document(empty=True)
    previous: str
    digest: str


class PatientAnswerTable(SQLModel, table=True):
    """What a patient answered about a session."""

    __tablename__: ClassVar[str] = "patient_answers"
    __table_args__ = (within("number", 1), within("minutes_late", 0), filled("patient"))

    center: CenterKey
    number: Number
    patient: str
    day: date
    shift: str
    answer: Answer = Field(sa_type=choice(Answer))
    minutes_late: int
    at: datetime


class PatientRequestTable(SQLModel, table=True):
    """What a patient asked for."""

    __tablename__: ClassVar[str] = "patient_requests"
    __table_args__ = (within("number", 1), filled("patient"), weekday_digits())

    center: CenterKey
    number: Number
    patient: str
    kind: RequestKind = Field(sa_type=choice(RequestKind))
    weekdays: Weekdays
    shift: str
    first_day: date | None
    last_day: date | None
    text: str
    at: datetime


class RequestDecisionTable(SQLModel, table=True):
    """What became of it; the newest counts."""

    __tablename__: ClassVar[str] = "request_decisions"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "request"],
            ["patient_requests.center", "patient_requests.number"],
            ondelete="RESTRICT",
        ),
        within("number", 1),
        filled("who"),
    )

    center: CenterKey
    number: Number
    request: int
    decision: Decision = Field(sa_type=choice(Decision))
    who: str
    reply: str
    at: datetime


class DraftStepTable(SQLModel, table=True):
    """What somebody changed of a version and has not saved as a new one yet."""

    __tablename__: ClassVar[str] = "draft_steps"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "first_day", "base"],
            ["plan_versions.center", "plan_versions.first_day", "plan_versions.number"],
            ondelete="RESTRICT",
        ),
        within("number", 1),
        filled("who"),
    )

    center: Key
    first_day: date = Field(primary_key=True)
    base: Number
    number: Number
    who: str
    at: datetime
    moves: Any = _document()
    overridden: Any = _document()
    reason: str
    undoes: int | None


class PlanOverrideTable(SQLModel, table=True):
    """A hard rule that a version breaks because somebody decided so."""

    __tablename__: ClassVar[str] = "plan_overrides"
    __table_args__ = (
        sa.ForeignKeyConstraint(
            ["center", "first_day", "number"],
            ["plan_versions.center", "plan_versions.first_day", "plan_versions.number"],
            ondelete="RESTRICT",
        ),
        within("position", 1),
        filled("rule"),
        filled("who"),
        filled("reason"),
    )

    center: Key
    first_day: date = Field(primary_key=True)
    number: Number
    position: Number
    rule: str
    patient: str
    who: str
    reason: str
    at: datetime


class PlanJobTable(SQLModel, table=True):
    """A search that was ordered, and how it goes."""

    __tablename__: ClassVar[str] = "plan_jobs"
    __table_args__ = (within("job", 1), within("weeks", 1), within("seconds", 1), filled("who"))

    center: CenterKey
    job: Number
    first_day: date
    weeks: int
    who: str
    seconds: int
    scratch: bool
    state: JobState = Field(sa_type=choice(JobState))
    asked_at: datetime
    heard_at: datetime | None
    ended_at: datetime | None
    stopping: bool
    traces: Any = _document()
    number: int | None
    remark: str
