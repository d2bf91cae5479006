""" "Why not?" of a stored plan: what is read, what is asked, and the rows that are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from dashboard.planning.asked import read_weeks
from dashboard.planning.compared import CHANGE_WORDS
from dashboard.planning.costs import rule_title
from dashboard.planning.result import known_part
from db.plans import PlanVersion, load_plan
from domain.calendar import Turn, days_from
from domain.frozen import begun, frozen
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.rulebook import STANDARD_ROWS
from domain.shortage import Fact
from domain.why_not import Ask, Way, WhyNot
from domain.words import Words, words
from scheduler.planner import Onlooker
from scheduler.rules.units import UNITS
from scheduler.why_not.answer import ENOUGH, why_not


@dataclass(frozen=True, slots=True)
class Asked:
    """A stored plan that questions are asked about, by the data as they are now. If it was put
    in force, everything stays in `problem` that has begun."""

    version: PlanVersion
    problem: Problem
    plan: Plan
    begun: tuple[Turn, ...]

    @property
    def people(self) -> Mapping[str, str]:
        """Names by code, of who is with the center in these weeks."""
        return {code: who.name for code, who in self.problem.patient.items()}

    @property
    def places(self) -> tuple[str | None, ...]:
        """Any, then zones, then stations, by code."""
        zones = (zone.code for zone in self.problem.register.zones)
        return (None, *zones, *self.problem.station)

    def turns_of(self, monday: date) -> tuple[Turn, ...]:
        """The week's turns, also those in which a shift does not run."""
        shifts = sorted(self.problem.shift.values(), key=lambda one: (one.start, one.code))
        return tuple(Turn(day, one.code) for day in days_from(monday, 7) for one in shifts)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One session that the way changes."""

    patient: str
    kind: Words
    before: Words | None
    after: Words | None


def read(
    session: Session, center: str, first_day: date, history_weeks: int, now: datetime
) -> Asked:
    """The latest version. Raises DatabaseRefusal if there is none."""
    stored = load_plan(session, center, first_day)
    weeks = read_weeks(session, center, first_day, stored.plan.weeks, history_weeks, now)
    plan = known_part(weeks.problem, stored.plan)
    if stored.version.published is None:
        return Asked(stored.version, weeks.problem, plan, ())
    problem = frozen(weeks.problem, plan.assignments, now)
    return Asked(stored.version, problem, plan, begun(weeks.problem, now))


def answered(asked: Asked, ask: Ask, clock: Callable[[], float]) -> WhyNot:
    """The answer; takes up to a few seconds."""
    return why_not(asked.problem, asked.plan, ask, ENOUGH, Onlooker(clock), begun=asked.begun)


def ask_of(asked: Asked, patient: str, turn: Turn, place: str | None) -> Ask:
    """The question; a place is the code of a zone or of a station."""
    if place in asked.problem.station:
        return Ask(patient, turn, station=place)
    return Ask(patient, turn, zone=place)


def fact_rows(problem: Problem, facts: tuple[Fact, ...]) -> Iterator[tuple[Words, Words, Words]]:
    """Rule, what it makes of the data, and where it comes from: a standard row's source in the
    reader's language, else as the center wrote it."""
    standard = {row.source for row in STANDARD_ROWS}
    for one in facts:
        source = problem.row(one.rule).source
        said = Words(source) if source in standard else words("{source}", source=source)
        yield rule_title(one.rule), one.words, said


def change_rows(problem: Problem, way: Way) -> tuple[ChangeRow, ...]:
    """Whose sessions change, the asker's with everybody's."""
    return tuple(
        ChangeRow(
            one.patient, CHANGE_WORDS[one.kind], _place(problem, one.before),
            _place(problem, one.after),
        )
        for one in way.changes
    )  # fmt: skip


def _place(problem: Problem, row: Assignment | None) -> Words | None:
    if row is None:
        return None
    return words("{turn}, {station}", turn=problem.say(row.turn), station=row.station)


def cost_rows(way: Way) -> Iterator[tuple[Words, int, Words]]:
    """What each rule finds worse or better, in its own unit."""
    for one in way.costs:
        yield rule_title(one.rule), one.cost, UNITS.get(one.rule, words("cost"))
