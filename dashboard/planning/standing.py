"""The week under way as whoever mends it starts from, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from dashboard.planning.result import known_part
from db.care.outages import with_outages
from db.chain import standing
from db.cues import load_cues
from db.history import load_problem
from db.plans import PlanVersion, StoredPlan
from domain.calendar import Turn, monday_of
from domain.frozen import begun
from domain.outage import PlannedOutage
from domain.plan import Plan
from domain.problem import Problem


@dataclass(frozen=True, slots=True)
class StandingWeek:
    """`stored` is the version to go on from, `problem` the center in its weeks without the
    stations whose machines are out. `now` is the center's local time; `monday` the week meant."""

    problem: Problem
    stored: StoredPlan
    now: datetime
    monday: date
    outages: tuple[PlannedOutage, ...]

    @property
    def version(self) -> PlanVersion:
        """The version to go on from."""
        return self.stored.version

    @property
    def plan(self) -> Plan:
        """Its plan, without sessions at places that the center no longer has."""
        return known_part(self.problem, self.stored.plan)

    @property
    def gone(self) -> frozenset[Turn]:
        """The turns that have begun."""
        return frozenset(begun(self.problem, self.now))


def standing_week(
    session: Session, center: str, day: date, history_weeks: int, now: datetime
) -> StandingWeek:
    """The week of a day. Raises DatabaseRefusal if there is no plan that anybody can go on
    from."""
    stored = standing(session, center, day)
    version = stored.version
    whole = load_problem(session, center, version.first_day, version.weeks, history_weeks)
    there, outages = with_outages(session, whole, now)
    cues = load_cues(session, (center, version.first_day), version.number)
    return StandingWeek(replace(there, choreography=cues), stored, now, monday_of(day), outages)
