"""What a command works on: a center and weeks, from files or from the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clearshift.cli.clock import now_at
from clearshift.cli.refusal import Refusal
from clearshift.settings import Settings
from db.care.outages import with_outages
from db.connection import reading
from db.files import CenterRefused, read_center
from db.history import load_problem
from db.load import load_centers, load_register
from db.opening import is_absent, masked, open_database
from db.plans import PlanVersion, StoredPlan, list_plans, load_plan
from domain.calendar import WEEK, monday_of
from domain.next_week import week_to_plan
from domain.outage import PlannedOutage
from domain.plan import Plan
from domain.problem import Problem
from domain.register import Register
from domain.words import Words, words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: a week or none, how many, a center or none, files or none."""

    week: date | None = None
    weeks: int = 1
    center: str | None = None
    files: Path | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What there is. `before` is the latest stored plan that begins on the same Monday;
    `stored` is false for files. `remark` says why it is this week, if nobody asked for it;
    `outages` are the machines that cannot be counted on, of which the problem is without those
    that are closed."""

    problem: Problem
    stored: bool
    before: StoredPlan | None = None
    remark: Words | None = None
    outages: tuple[PlannedOutage, ...] = ()

    @property
    def center(self) -> str:
        """The center's code."""
        return self.problem.register.center.code

    @property
    def replaced(self) -> Plan | None:
        """The plan that a new version replaces."""
        return self.before.plan if self.before else None

    @property
    def latest(self) -> int | None:
        """Number of the latest stored version, if there is one."""
        return self.before.version.number if self.before else None


def given(settings: Settings, wanted: Wanted) -> Given:
    """The problem that is meant. Raises Refusal, DatabaseRefusal, OSError."""
    if wanted.files is None:
        return _from_database(settings, wanted)
    if wanted.center is not None:
        raise Refusal(words("--center and --from exclude each other."))
    return _from_files(wanted.files, wanted)


def read_register(path: Path) -> Register:
    """A center's files. Raises Refusal with every problem in them."""
    try:
        return read_center(path)
    except CenterRefused as refused:
        raise Refusal(*(problem.words() for problem in refused.problems)) from refused


def center_code(codes: tuple[str, ...], asked: str | None) -> str:
    """The center that is meant: the one asked for, else the only one.

    Raises Refusal if none or several are stored; one that is not there, the database refuses.
    """
    if asked is not None:
        return asked
    if not codes:
        raise Refusal(words("There is no center in the database yet; clearshift import reads one."))
    if len(codes) > 1:
        raise Refusal(
            words("The database holds several centers; choose one: --center {codes}.", codes=codes)
        )
    return codes[0]


def require_database(url: str) -> None:
    """Raises Refusal if there is no database at all: nothing has been imported yet."""
    engine = open_database(url)
    if is_absent(engine):
        raise Refusal(
            words(
                "There is no database {place} yet; clearshift import reads a center into it.",
                place=masked(engine.url),
            )
        )


def _from_files(path: Path, wanted: Wanted) -> Given:
    register = read_register(path)
    monday, remark = (wanted.week, None) if wanted.week else week_of(register, ())
    return Given(Problem(register, monday, wanted.weeks), stored=False, remark=remark)


def _from_database(settings: Settings, wanted: Wanted) -> Given:
    require_database(settings.database.url)
    with reading(open_database(settings.database.url)) as session:
        code = center_code(tuple(one.code for one in load_centers(session)), wanted.center)
        versions = list_plans(session, code)
        monday, remark = wanted.week, None
        if monday is None:
            monday, remark = week_of(load_register(session, code), versions)
        whole = load_problem(session, code, monday, wanted.weeks, settings.plan.history_weeks)
        problem, out = with_outages(session, whole, now_at(whole.register.center))
        there = any(version.first_day == monday for version in versions)
        before = load_plan(session, code, monday) if there else None
    return Given(problem, stored=True, before=before, remark=remark, outages=out)


def week_of(register: Register, versions: Sequence[PlanVersion]) -> tuple[date, Words | None]:
    """The Monday to work on if nobody says, and why it is not the coming one where it is not."""
    today = now_at(register.center).date()
    last = max((row.day for row in register.sessions), default=None)
    planned = {
        version.first_day + WEEK * number for version in versions for number in range(version.weeks)
    }
    monday = week_to_plan(today, last, planned)
    if monday == monday_of(today) + WEEK or last is None:
        return monday, None
    return monday, words(
        "The center's last known session is on {day}; another week can be chosen with --week.",
        day=last,
    )
