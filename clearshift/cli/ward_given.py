"""The ward that a roster command works on, from files or from the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clearshift.cli.given import center_code, read_register, require_database, week_of
from clearshift.cli.refusal import Refusal
from clearshift.settings import Settings
from db.connection import reading
from db.load import load_centers, load_register
from db.nurse_rosters import RosterVersion, StoredRoster, list_rosters, load_roster, roster_on
from db.opening import open_database
from db.plans import list_plans
from db.ward import load_ward
from domain.calendar import WEEK, monday_of
from domain.plan import Plan
from domain.problem import Problem
from domain.ward import Ward
from domain.words import words
from scheduler.ward.needs import needs_of


@dataclass(frozen=True, slots=True)
class WardGiven:
    """A ward, and the latest stored roster of the same first day, if there is one."""

    ward: Ward
    stored: bool
    before: StoredRoster | None = None

    @property
    def center(self) -> str:
        """The center's code."""
        return self.ward.problem.register.center.code

    @property
    def latest(self) -> int | None:
        """Number of the latest version of these weeks."""
        return self.before.version.number if self.before else None


def ward_given(
    settings: Settings, week: date | None, weeks: int, center: str | None, files: Path | None
) -> WardGiven:
    """The ward of some weeks, by default those that are next to be planned. Raises Refusal,
    DatabaseRefusal, OSError."""
    if files is not None:
        return _from_files(files, week, weeks)
    require_database(settings.database.url)
    with reading(open_database(settings.database.url)) as session:
        code = center_code(tuple(one.code for one in load_centers(session)), center)
        monday = week or week_of(load_register(session, code), list_plans(session, code))[0]
        rows = load_ward(session, code, monday, weeks)
        known = list_rosters(session, code, monday)
        before = load_roster(session, code, monday) if known else None
    needs = needs_of(rows.problem, rows.plans)
    return WardGiven(_rosterable(Ward(rows.problem, needs, rows.before)), True, before)


def ward_stored(
    settings: Settings, week: date | None, center: str | None, number: int | None = None
) -> tuple[WardGiven, StoredRoster]:
    """The roster that holds in a week, by default the last one stored, with its ward. Raises
    Refusal if there is none."""
    require_database(settings.database.url)
    with reading(open_database(settings.database.url)) as session:
        code = center_code(tuple(one.code for one in load_centers(session)), center)
        version = _meant(list_rosters(session, code), week)
        stored = load_roster(session, code, version.first_day, number)
        rows = load_ward(session, code, version.first_day, stored.version.weeks)
        before = load_roster(session, code, version.first_day)
    needs = needs_of(rows.problem, rows.plans)
    return WardGiven(Ward(rows.problem, needs, rows.before), True, before), stored


def _meant(versions: tuple[RosterVersion, ...], week: date | None) -> RosterVersion:
    if week is None:
        found = max(versions, key=lambda one: (one.created_at, one.number), default=None)
    else:
        found = roster_on(versions, week)
    if found is None:
        raise Refusal(words("There is no stored roster yet; clearshift roster make makes one."))
    return found


def _from_files(path: Path, week: date | None, weeks: int) -> WardGiven:
    register = read_register(path)
    monday = week or week_of(register, ())[0]
    problem = Problem(register, monday, weeks)
    mondays = sorted({monday_of(row.day) for row in register.sessions})
    plans = {
        one: Plan.of(one, 1, (row for row in register.sessions if one <= row.day < one + WEEK))
        for one in mondays
    }
    return WardGiven(_rosterable(Ward(problem, needs_of(problem, plans))), False)


def _rosterable(ward: Ward) -> Ward:
    """Raises Refusal where there is nobody to roster, or nothing to roster for."""
    if not ward.nurse:
        raise Refusal(words("The center has no nurses on its books; its table nurses is empty."))
    if not ward.needs:
        raise Refusal(
            words("There is no plan to take the need from; clearshift plan makes one first.")
        )
    return ward
