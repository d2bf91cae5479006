"""Stored plans: numbered versions of which none is ever changed or removed.

A version belongs to the Monday on which its plan begins. A version starts as a draft; to
publish it adds a row that says so, and a later publication for the same Monday supersedes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.cues import hand_on
from db.fingerprint import of_plan
from db.load import require_center
from db.refusal import DatabaseRefusal
from db.runs import run_document, run_of
from db.tables import metadata
from domain.plan import Assignment, Plan, Run
from domain.words import words

_VERSIONS = metadata.tables["plan_versions"]
_ASSIGNMENTS = metadata.tables["plan_assignments"]
_PUBLICATIONS = metadata.tables["plan_publications"]
_KEY = ("center", "first_day", "number")
_SESSION = ("day", "shift", "station", "patient")
_HEAD = (*_KEY, "weeks", "parent", "author", "note", "created_at", "input_fingerprint")


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


def save_plan(
    session: Session,
    center: str,
    plan: Plan,
    run: Run | None,
    author: str,
    note: str,
    now: datetime,
    parent: int | None,
    *,
    input_fingerprint: str,
    log: str = "",
) -> PlanVersion:
    """Stores a plan as the next version for its first day, a draft.

    `parent` is the latest version that the planner knew when starting, `None` if there was
    none; `input_fingerprint` is `db.fingerprint.of_problem`.
    Raises StalePlan if another version is the latest by now; nothing is stored then. Raises
    ValueError for a plan with sessions outside its weeks or twice in it, and for a `now` that
    has no time zone.
    """
    _require_sound(plan)
    require_center(session, center)
    known = list_plans(session, center, plan.first_day)
    latest = known[-1] if known else None
    if parent != (latest.number if latest else None):
        raise StalePlan(plan.first_day, latest)
    version = PlanVersion(
        center=center,
        first_day=plan.first_day,
        number=1 if latest is None else latest.number + 1,
        weeks=plan.weeks,
        parent=parent,
        author=author,
        note=note,
        created_at=_instant(now),
        input_fingerprint=input_fingerprint,
    )
    _insert(session, version, plan, run, log)
    return version


def load_plan(
    session: Session, center: str, first_day: date, number: int | None = None
) -> StoredPlan:
    """A version of the plan that begins on a Monday, by default the latest.

    Raises DatabaseRefusal if there is none, or if its rows are not those that were stored.
    """
    versions = list_plans(session, center, first_day)
    found = [version for version in versions if number in (None, version.number)]
    if not found:
        raise _no_plan(first_day, number, versions)
    version = found[-1]
    plan = Plan.of(first_day, version.weeks, _assignments(session, version))
    content = (_VERSIONS.c[name] for name in ("content_fingerprint", "run", "log"))
    query = sa.select(*content).where(_is(_VERSIONS, version))
    fingerprint, run, log = session.execute(query).one()
    if of_plan(plan) != fingerprint:
        raise DatabaseRefusal(
            words(
                "Version {number} of the plan of the week of {week} was changed outside this"
                " program; restore the database from a backup.",
                number=version.number,
                week=first_day,
            )
        )
    return StoredPlan(version, plan, run_of(run) if run is not None else None, log)


def list_plans(
    session: Session, center: str, first_day: date | None = None
) -> tuple[PlanVersion, ...]:
    """Every version of the center, or of one Monday, in order of Monday and number."""
    columns = (_VERSIONS.c[name] for name in _HEAD)
    query = sa.select(*columns).where(_VERSIONS.c["center"] == center)
    if first_day is not None:
        query = query.where(_VERSIONS.c["first_day"] == first_day)
    rows = session.execute(query.order_by(_VERSIONS.c["first_day"], _VERSIONS.c["number"]))
    publications = _publications(session, center)
    return tuple(_with_state(PlanVersion(*row), publications) for row in rows)


def patient_sessions(
    session: Session, version: PlanVersion, patient: str
) -> tuple[Assignment, ...]:
    """One patient's sessions of a version, in order of time."""
    own = _ASSIGNMENTS.c["patient"] == patient
    return tuple(sorted(_assignments(session, version, own)))


def publish(
    session: Session, center: str, first_day: date, number: int, author: str, now: datetime
) -> PlanVersion:
    """Puts a version in force in place of the one that was; nothing is removed, and sessions of
    both keep the times that people were told. What is in force already stays so. Raises
    DatabaseRefusal if there is no such version."""
    require_center(session, center)
    versions = list_plans(session, center, first_day)
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise _no_plan(first_day, number, versions)
    if version.state is PlanState.PUBLISHED:
        return version
    last = session.scalar(
        sa.select(sa.func.max(_PUBLICATIONS.c["sequence"])).where(
            _PUBLICATIONS.c["center"] == center
        )
    )
    published = Publication((last or 0) + 1, author, _instant(now))
    session.execute(
        sa.insert(_PUBLICATIONS).values(
            center=center,
            sequence=published.sequence,
            first_day=first_day,
            number=number,
            author=author,
            published_at=published.at,
        )
    )
    for before in (one.number for one in versions if one.state is PlanState.PUBLISHED):
        hand_on(session, (center, first_day), before, number)
    return replace(version, state=PlanState.PUBLISHED, published=published)


def _instant(now: datetime) -> datetime:
    if now.utcoffset() is None:
        raise ValueError(f"a moment without a time zone: {now}")
    return now.astimezone(UTC)


def _require_sound(plan: Plan) -> None:
    end = plan.first_day + timedelta(weeks=plan.weeks)
    outside = [row for row in plan.assignments if not plan.first_day <= row.day < end]
    if outside or len(set(plan.assignments)) != len(plan.assignments):
        raise ValueError(f"sessions outside the plan's weeks or twice in it: {outside[:3]}")


def _insert(session: Session, version: PlanVersion, plan: Plan, run: Run | None, log: str) -> None:
    head = {name: getattr(version, name) for name in _HEAD}
    document = run_document(run) if run is not None else None
    session.execute(
        sa.insert(_VERSIONS).values(
            **head, content_fingerprint=of_plan(plan), run=document, log=log
        )
    )
    key = {name: head[name] for name in _KEY}
    rows = [key | {name: getattr(row, name) for name in _SESSION} for row in plan.assignments]
    if rows:
        session.execute(sa.insert(_ASSIGNMENTS), rows)


def _assignments(
    session: Session, version: PlanVersion, *which: sa.ColumnElement[bool]
) -> Iterable[Assignment]:
    columns = (_ASSIGNMENTS.c[name] for name in _SESSION)
    query = sa.select(*columns).where(_is(_ASSIGNMENTS, version), *which)
    return (Assignment(*row) for row in session.execute(query))


def _is(table: sa.Table, version: PlanVersion) -> sa.ColumnElement[bool]:
    return sa.and_(*(table.c[name] == getattr(version, name) for name in _KEY))


def _publications(session: Session, center: str) -> dict[tuple[date, int], Publication]:
    """The last publication of each version, in the order in which they were published."""
    names = ("first_day", "number", "sequence", "author", "published_at")
    query = sa.select(*(_PUBLICATIONS.c[name] for name in names)).where(
        _PUBLICATIONS.c["center"] == center
    )
    rows = session.execute(query.order_by(_PUBLICATIONS.c["sequence"]))
    return {(day, number): Publication(*row) for day, number, *row in rows}


def _with_state(
    version: PlanVersion, publications: Mapping[tuple[date, int], Publication]
) -> PlanVersion:
    published = publications.get((version.first_day, version.number))
    if published is None:
        return version
    last = max(one.sequence for (day, _), one in publications.items() if day == version.first_day)
    state = PlanState.PUBLISHED if published.sequence == last else PlanState.SUPERSEDED
    return replace(version, state=state, published=published)


def _no_plan(
    first_day: date, number: int | None, versions: tuple[PlanVersion, ...]
) -> DatabaseRefusal:
    if number is None or not versions:
        return DatabaseRefusal(
            words("There is no stored plan of the week of {week}.", week=first_day)
        )
    return DatabaseRefusal(
        words(
            "There is no version {number} of the plan of the week of {week}; the latest is"
            " {latest}.",
            number=number,
            week=first_day,
            latest=versions[-1].number,
        )
    )
