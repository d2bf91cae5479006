"""Stored nurse rosters: versions of some weeks that are only ever added to, as plans are.

There is no publishing: of the versions that cover a week, the one stored last holds.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.load import require_center
from db.refusal import DatabaseRefusal
from db.tables import metadata
from domain.nurse_roster import AwayDay, Duty, NurseRoster
from domain.words import words

_VERSIONS = metadata.tables["nurse_rosters"]
_DUTIES = metadata.tables["nurse_duties"]
_DAYS = metadata.tables["nurse_roster_days"]
_KEY = ("center", "first_day", "number")
_HEAD = (*_KEY, "weeks", "parent", "author", "note", "created_at")
_DUTY = ("day", "nurse", "kind", "zone", "lead", "until")
_DAY = ("day", "nurse", "kind")


@dataclass(frozen=True, slots=True)
class RosterVersion:
    """One stored version, without its duties. Times are in UTC."""

    center: str
    first_day: date
    number: int
    weeks: int
    parent: int | None
    author: str
    note: str
    created_at: datetime

    def covers(self, day: date) -> bool:
        """True if the day lies in the version's weeks."""
        return self.first_day <= day < self.first_day + timedelta(weeks=self.weeks)


@dataclass(frozen=True, slots=True)
class StoredRoster:
    """A version with its duties, and how it came about as a JSON object; a roster that was
    edited by hand has none."""

    version: RosterVersion
    roster: NurseRoster
    run: Mapping[str, Any] | None


class StaleRoster(DatabaseRefusal):
    """Somebody else has stored a version meanwhile."""

    def __init__(self, latest: RosterVersion | None, first_day: date) -> None:
        self.latest = latest.number if latest else None
        if latest is None:
            sentence = words("There is no stored roster from {week} on yet.", week=first_day)
        else:
            sentence = words(
                "Version {number} of the roster from {week} on was stored meanwhile by {author};"
                " look at it and begin again.",
                number=latest.number,
                week=first_day,
                author=latest.author,
            )
        super().__init__(sentence)


def save_roster(
    session: Session,
    center: str,
    roster: NurseRoster,
    run: Mapping[str, Any] | None,
    author: str,
    note: str,
    now: datetime,
    parent: int | None,
) -> RosterVersion:
    """Stores a roster as the next version for its first day.

    `parent` is the latest version that was known when work began. Raises StaleRoster if another
    is the latest by now, ValueError for duties outside the weeks, two on a day, or a `now`
    without a time zone; nothing is stored then.
    """
    _require_sound(roster, now)
    require_center(session, center)
    known = list_rosters(session, center, roster.first_day)
    latest = known[-1] if known else None
    if parent != (latest.number if latest else None):
        raise StaleRoster(latest, roster.first_day)
    version = RosterVersion(
        center, roster.first_day, 1 if latest is None else latest.number + 1, roster.weeks,
        parent, author, note, now.astimezone(UTC),
    )  # fmt: skip
    _insert(session, version, roster, run)
    return version


def load_roster(
    session: Session, center: str, first_day: date, number: int | None = None
) -> StoredRoster:
    """A version of the roster that begins on a Monday, by default the latest.

    Raises DatabaseRefusal if there is none, or if its rows are not those that were stored.
    """
    versions = list_rosters(session, center, first_day)
    found = [version for version in versions if number in (None, version.number)]
    if not found:
        raise DatabaseRefusal(_absent(first_day, number))
    version = found[-1]
    duties = (Duty(*row) for row in _rows(session, _DUTIES, _DUTY, version))
    away = (AwayDay(*row) for row in _rows(session, _DAYS, _DAY, version))
    roster = NurseRoster.of(first_day, version.weeks, duties, away)
    columns = (_VERSIONS.c["content_fingerprint"], _VERSIONS.c["run"])
    content, run = session.execute(sa.select(*columns).where(_is(_VERSIONS, version))).one()
    if of_roster(roster) != content:
        raise DatabaseRefusal(
            words(
                "Version {number} of the roster from {week} on was changed outside this program;"
                " restore the database from a backup.",
                number=version.number,
                week=first_day,
            )
        )
    return StoredRoster(version, roster, run)


def list_rosters(
    session: Session, center: str, first_day: date | None = None
) -> tuple[RosterVersion, ...]:
    """Every version of the center, or of one Monday, in order of Monday and number."""
    query = sa.select(*(_VERSIONS.c[name] for name in _HEAD)).where(_VERSIONS.c["center"] == center)
    if first_day is not None:
        query = query.where(_VERSIONS.c["first_day"] == first_day)
    rows = session.execute(query.order_by(_VERSIONS.c["first_day"], _VERSIONS.c["number"]))
    return tuple(RosterVersion(*row) for row in rows)


def roster_on(versions: Iterable[RosterVersion], day: date) -> RosterVersion | None:
    """The version that holds on a day: the one stored last of those that cover it."""
    covering = (version for version in versions if version.covers(day))
    return max(covering, key=lambda one: (one.created_at, one.number), default=None)


def of_roster(roster: NurseRoster) -> str:
    """The same for equal rosters of equal weeks."""
    rows = [
        (roster.first_day, roster.weeks),
        *(tuple(getattr(row, name) for name in _DUTY) for row in roster.duties),
        *(tuple(getattr(row, name) for name in _DAY) for row in roster.away),
    ]
    return sha256(json.dumps(rows, default=str).encode()).hexdigest()


def _require_sound(roster: NurseRoster, now: datetime) -> None:
    if now.utcoffset() is None:
        raise ValueError(f"a moment without a time zone: {now}")
    rows: list[Duty | AwayDay] = [*roster.duties, *roster.away]
    outside = [row for row in rows if not roster.first_day <= row.day < roster.end_day]
    twice = len({(row.nurse, row.day) for row in roster.duties}) != len(roster.duties)
    if outside or twice:
        raise ValueError(f"duties outside the roster's weeks or twice on a day: {outside[:3]}")


def _insert(
    session: Session, version: RosterVersion, roster: NurseRoster, run: Mapping[str, Any] | None
) -> None:
    head = {name: getattr(version, name) for name in _HEAD}
    document = dict(run) if run is not None else None
    session.execute(
        sa.insert(_VERSIONS).values(**head, content_fingerprint=of_roster(roster), run=document)
    )
    key = {name: head[name] for name in _KEY}
    for table, names, rows in ((_DUTIES, _DUTY, roster.duties), (_DAYS, _DAY, roster.away)):
        values = [key | {name: getattr(row, name) for name in names} for row in rows]
        if values:
            session.execute(sa.insert(table), values)


def _rows(
    session: Session, table: sa.Table, names: tuple[str, ...], version: RosterVersion
) -> Iterable[Any]:
    return session.execute(sa.select(*(table.c[name] for name in names)).where(_is(table, version)))


def _is(table: sa.Table, version: RosterVersion) -> sa.ColumnElement[bool]:
    return sa.and_(*(table.c[name] == getattr(version, name) for name in _KEY))


def _absent(first_day: date, number: int | None) -> Any:
    if number is None:
        return words("There is no stored roster from {week} on.", week=first_day)
    return words(
        "There is no version {number} of the roster from {week} on.", number=number, week=first_day
    )
