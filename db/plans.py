"""Stored plans: numbered versions of which none is ever changed or removed.

A version belongs to the Monday on which its plan begins. A version starts as a draft; to
publish it adds a row that says so, and a later publication for the same Monday supersedes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.fingerprint import of_plan
from db.refusal import DatabaseRefusal
from db.save import lock_center
from db.tables import metadata
from domain.plan import Assignment, Plan, RuleCost, Run, Stage, Status
from domain.words import words

_VERSIONS = metadata.tables["plan_versions"]
_ASSIGNMENTS = metadata.tables["plan_assignments"]
_PUBLICATIONS = metadata.tables["plan_publications"]
_HEAD = ("first_day", "number", "weeks", "parent", "author", "note", "created_at")


class PlanState(StrEnum):
    """What a version counts for."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Publication:
    """That a version was put in force; of several the highest sequence counts."""

    sequence: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One stored version, without its sessions. Times are in UTC."""

    center: str
    first_day: date
    number: int
    weeks: int
    parent: int | None
    author: str
    note: str
    created_at: datetime
    input_fingerprint: str
    state: PlanState = PlanState.DRAFT
    published: Publication | None = None

    def covers(self, day: date) -> bool:
        """True if the day lies in the version's weeks."""
        return self.first_day <= day < self.first_day + timedelta(weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A version with its sessions and how they came about; a plan made by hand has no run."""

    version: PlanVersion
    plan: Plan
    run: Run | None
    log: str


class StalePlan(DatabaseRefusal):
    """Somebody else has stored a version meanwhile; `latest` is the number to go on from."""

    def __init__(self, first_day: date, latest: PlanVersion | None) -> None:
        self.latest = latest.number if latest else None
        if latest is None:
            sentence = words("There is no stored plan of the week of {week} yet.", week=first_day)
        else:
            sentence = words(
                "Version {number} of the plan of the week of {week} was stored meanwhile by"
                " {author}; compare with it and save again on top of it.",
                number=latest.number,
                week=first_day,
                author=latest.author,
            )
        super().__init__(sentence)
