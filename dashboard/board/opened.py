"""A week as it lies on the table: one version, what has been changed on it, and what is known
of the center in these days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from dashboard.site import Site
from db.care.upkeep import facts_of
from db.cues import load_cues
from db.drafts import Override, overrides_of, steps_of
from db.history import load_problem, plan_in_force
from db.plans import PlanVersion, StoredPlan, list_plans, load_plan
from domain.calendar import WEEK, Turn, days_from
from domain.draft import Outdated, Step, edited, moved, to_redo
from domain.outage import PlannedOutage, concerning, counted, outages
from domain.past import is_over
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.check import Verdict, check

_LOOKED_BACK = timedelta(days=30)
"""What the wire told before that says nothing of a machine's next patient."""


@dataclass(frozen=True)
class Opened:
    """`versions` are all of the plan's Monday. `plan` is the version with the steps that count,
    which only the latest has; `left` are steps on the version before that nobody has saved and
    that could still be made. `monday` is the week shown, of a plan that may have several; `now`
    is local."""

    problem: Problem
    monday: date
    now: datetime
    versions: tuple[PlanVersion, ...]
    stored: StoredPlan
    steps: tuple[Step, ...]
    plan: Plan
    in_force: PlanVersion | None
    left: tuple[Step, ...] = ()
    overrides: tuple[Override, ...] = ()
    outages: tuple[PlannedOutage, ...] = ()

    @property
    def version(self) -> PlanVersion:
        """The version that is edited or looked at."""
        return self.stored.version

    @property
    def latest(self) -> bool:
        """True if nobody has stored a later version; only then can it be edited."""
        return self.version.number == self.versions[-1].number

    @property
    def counting(self) -> tuple[Step, ...]:
        """The steps that are not undone."""
        return tuple(step for step in self.steps if not step.undone)

    @property
    def redoable(self) -> bool:
        """True if an undone step can be brought back: nothing else was done since."""
        return to_redo(self.steps) is not None

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The week shown."""
        return tuple(days_from(self.monday, 7))

    @cached_property
    def turns(self) -> tuple[Turn, ...]:
        """The turns of the week shown: those that the center runs and those planned anyway."""
        planned = {row.turn for row in self.known.assignments if row.day in self.days}
        every = {turn for day in self.days for turn in self.problem.turns_on(day)} | planned
        shift = self.problem.shift
        return tuple(sorted(every, key=lambda t: (t.day, shift[t.shift].start, t.shift)))

    @cached_property
    def known(self) -> Plan:
        """The plan without sessions at stations or in shifts that the center no longer has."""
        rows = (row for row in self.plan.assignments if self.knows(row))
        return Plan.of(self.plan.first_day, self.plan.weeks, rows)

    @cached_property
    def verdict(self) -> Verdict:
        """What all rules say of the plan as it is now."""
        return check(self.problem, self.known)

    @cached_property
    def stored_verdict(self) -> Verdict:
        """What they say of the version as it is stored."""
        rows = filter(self.knows, self.stored.plan.assignments)
        return check(self.problem, Plan.of(self.plan.first_day, self.plan.weeks, rows))

    def knows(self, row: Assignment) -> bool:
        """True if the center has the session's station and shift."""
        return row.station in self.problem.station and row.shift in self.problem.shift

    def is_over(self, turn: Turn) -> bool:
        """True if the turn can no longer be changed."""
        return is_over(self.problem, turn, self.now)

    def after(self, step: Step) -> Opened:
        """The same with one more step, for who has just made it."""
        steps = (*self.steps, step)
        return replace(self, steps=steps, plan=edited(self.stored.plan, steps))


def planned_weeks(session: Session, center: str) -> tuple[date, ...]:
    """The Monday of every week that some stored plan covers, the last one first."""
    return tuple(
        sorted(
            {one.first_day + WEEK * n for one in list_plans(session, center)
             for n in range(one.weeks)},
            reverse=True,
        )
    )  # fmt: skip


def opened(
    session: Session, site: Site, monday: date, number: int | None, now: datetime
) -> Opened | None:
    """The plan that covers a week, in this version or its latest; `None` if there is none.

    Raises DatabaseRefusal if there is no version of that number.
    """
    covering = [one for one in list_plans(session, site.center) if one.covers(monday)]
    if not covering:
        return None
    first = max(covering, key=lambda one: (one.created_at, one.number)).first_day
    stored = load_plan(session, site.center, first, number)
    version = stored.version
    there, out = _problem(session, site, version, now)
    times = load_cues(session, (site.center, first), version.number)
    versions = tuple(one for one in covering if one.first_day == first)
    latest = version == versions[-1]
    steps = steps_of(session, site.center, first, version.number) if latest else ()
    return Opened(
        problem=replace(there, choreography=times),
        monday=monday,
        now=now,
        versions=versions,
        stored=stored,
        steps=steps,
        plan=edited(stored.plan, steps),
        in_force=_published(covering, monday),
        left=_left(session, stored) if latest else (),
        overrides=overrides_of(session, site.center, first, version.number),
        outages=out,
    )


def with_steps(session: Session, there: Opened, now: datetime) -> Opened:
    """The same with the steps as they are now, when nothing else has happened meanwhile."""
    version = there.version
    steps = steps_of(session, version.center, version.first_day, version.number)
    return replace(there, now=now, steps=steps, plan=edited(there.stored.plan, steps))


def _left(session: Session, stored: StoredPlan) -> tuple[Step, ...]:
    """Steps on the parent that are not in this version, as far as they can be made on it."""
    version, plan = stored.version, stored.plan
    if version.parent is None:
        return ()
    found = []
    for step in steps_of(session, version.center, version.first_day, version.parent):
        try:
            plan = plan if step.undone else moved(plan, step.moves)
        except Outdated:
            continue
        if not step.undone:
            found.append(step)
    return tuple(found)


def _published(covering: list[PlanVersion], monday: date) -> PlanVersion | None:
    found = plan_in_force(covering, monday)
    return found if found is not None and found.published else None


def _problem(
    session: Session, site: Site, version: PlanVersion, now: datetime
) -> tuple[Problem, tuple[PlannedOutage, ...]]:
    """The center in the version's weeks, without the stations whose machines are out."""
    whole = load_problem(session, site.center, version.first_day, version.weeks, site.history_weeks)
    if whole.end_day <= now.date():
        return whole, ()
    found = outages(facts_of(session, whole.register, now - _LOOKED_BACK), now)
    return counted(whole, found, now), concerning(whole, found, now)
