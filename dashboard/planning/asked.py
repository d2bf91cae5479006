"""What whoever plans some weeks starts from, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from db.care.outages import with_outages
from db.history import load_problem, plan_in_force
from db.plans import PlanVersion, list_plans, load_plan
from domain.frozen import begun, frozen, in_weeks, is_past
from domain.outage import PlannedOutage
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.words import Words, words


@dataclass(frozen=True, slots=True)
class Weeks:
    """`problem` is the center in these weeks as it is, without the stations whose machines are
    out. `latest` is the last stored version that begins on the same Monday. `in_force` are the
    sessions of these weeks that were published; what has begun of them must stay. `now` is the
    center's local time."""

    problem: Problem
    now: datetime
    outages: tuple[PlannedOutage, ...]
    latest: PlanVersion | None
    in_force: tuple[Assignment, ...] | None

    @property
    def to_search(self) -> Problem:
        """The problem for the search: what was published and has begun is not up to it."""
        if self.in_force is None:
            return self.problem
        return frozen(self.problem, self.in_force, self.now)

    @property
    def over(self) -> bool:
        """True if nothing is left to plan: the weeks are over and were planned."""
        return self.in_force is not None and is_past(self.problem, self.now)

    def lost_past(self, plan: Plan) -> Words | None:
        """What has begun and is not in a plan as it was; a search stopped very early may not
        have come to keep it."""
        if self.in_force is None:
            return None
        turns = set(begun(self.problem, self.now))
        other = sorted(
            {row.turn for row in set(self.in_force) ^ set(plan.assignments)} & turns,
        )
        if not other:
            return None
        return words(
            "Turns that have begun could not be kept as they were: {turns}. Mend them on the"
            " board before this version is published.",
            turns=tuple(self.problem.say(turn) for turn in other),
        )


def read_weeks(
    session: Session, center: str, first_day: date, weeks: int, history_weeks: int, now: datetime
) -> Weeks:
    """The center in these weeks. Raises DatabaseRefusal as `load_problem` does."""
    whole = load_problem(session, center, first_day, weeks, history_weeks)
    problem, outages = with_outages(session, whole, now)
    versions = list_plans(session, center)
    mine = [one for one in versions if one.first_day == first_day]
    return Weeks(
        problem, now, outages, mine[-1] if mine else None, _in_force(session, problem, versions)
    )


def _in_force(
    session: Session, problem: Problem, versions: tuple[PlanVersion, ...]
) -> tuple[Assignment, ...] | None:
    found: list[Assignment] = []
    there = False
    for monday in problem.mondays:
        version = plan_in_force(versions, monday)
        if version is None or version.published is None:
            continue
        there = True
        plan = load_plan(session, version.center, version.first_day, version.number).plan
        week = Problem(problem.register, monday)
        found += in_weeks(week, plan)
    return tuple(found) if there else None
