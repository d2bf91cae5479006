"""A bad day from the question to the stored version, for the terminal and for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from db.chain import Signed, go_on
from db.drafts import Override
from db.fingerprint import of_problem
from db.load import load_register
from db.plans import PlanVersion, StoredPlan
from db.save import save_register
from domain.bad_day import BadDay, Condition, DoctorsRule
from domain.easing import as_given
from domain.one_week import one_week, put_back
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.short_turns import with_more_turns
from domain.trouble import StationOut
from domain.troubled import cut_off, troubled
from scheduler.check import check
from scheduler.repair.limits import RepairLimits

COUNTS_FROM = RepairLimits().counts_from
"""Percent of its minutes from which a session that breaks off counts as held."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """What is to be planned: one week with what is lost closed, the plan that people know
    without sessions that broke off, who allowed what, and the moment. `whole` is the center in
    all weeks of the stored plan as it is."""

    whole: Problem
    problem: Problem
    known: Plan
    broken_off: tuple[Assignment, ...]
    rule: DoctorsRule
    now: datetime
    stations: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()

    @property
    def over(self) -> bool:
        """True if no turn of the week is still to begin."""
        clock = self.now.replace(tzinfo=None)
        shift = self.problem.shift
        return all(shift[t.shift].interval(t.day).start <= clock for t in self.problem.turns)


def lost_stations(problem: Problem, codes: Iterable[str], day: date) -> tuple[str, ...]:
    """The stations that codes of stations, machines and zones mean on a day, sorted."""
    asked = frozenset(codes)
    found = {station.code for station in problem.register.stations
             if station.code in asked or station.zone in asked}  # fmt: skip
    placed = (one for one in problem.register.placements if day in one.span)
    found |= {one.station for one in placed if one.machine in asked}
    return tuple(sorted(found))


def ordered(
    problem: Problem,
    plan: Plan,
    monday: date,
    now: datetime,
    rule: DoctorsRule,
    stations: tuple[str, ...],
    end: datetime | None = None,
) -> Ordered:
    """The question for one week of a plan; `now` is the center's local time, and `end` too."""
    usual, known = one_week(problem, plan, monday)
    week = with_more_turns(usual, rule, now)
    start = now.replace(tzinfo=None)
    troubles = tuple(StationOut(station, start, end) for station in stations)
    lost = cut_off(week, known.assignments, troubles, now, COUNTS_FROM)
    kept = [row for row in known.assignments if row not in lost]
    return Ordered(
        problem, troubled(week, troubles, now), Plan.of(monday, 1, kept), lost, rule, now, stations
    )


def stored_bad_day(
    session: Session, base: StoredPlan, asked: Ordered, answer: BadDay, signed: Signed
) -> PlanVersion:
    """The answer as a version on top of the one it was made from, in force if that one is; its
    shortened sessions become dated prescriptions and its turns dated shifts, in the same
    transaction.

    Raises DatabaseRefusal if another version came between.
    """
    center = base.version.center
    plan = put_back(base.plan, answer.plan)
    register = load_register(session, center)
    fresh = Problem(register, answer.plan.first_day)
    given = _given(with_more_turns(fresh, asked.rule, asked.now), asked, answer)
    if given.register != register:
        save_register(session, given.register.in_order())
    overrides = tuple(_overrides(asked, answer, signed))
    return go_on(
        session, base.version, plan, of_problem(asked.whole),
        replace(signed, overrides=overrides), answer.run,
    )  # fmt: skip


def given_problem(asked: Ordered, answer: BadDay) -> Problem:
    """The week with the sessions as long as they are to be given, for papers."""
    return _given(asked.problem, asked, answer)


def _given(problem: Problem, asked: Ordered, answer: BadDay) -> Problem:
    ahead = [row for row in answer.plan.assignments if row not in answer.begun]
    return as_given(problem, asked.rule, ahead, answer.shortened)


def _overrides(asked: Ordered, answer: BadDay, signed: Signed) -> Iterator[Override]:
    """The hard rules that the week breaks now and did not before: the doctor decided so."""
    before = set(check(asked.problem, asked.known).broken)
    after = check(given_problem(asked, answer), answer.plan).broken
    reason = asked.rule.source or signed.note or "bad day"
    broken = {(one.rule, one.patient or "") for one in after if one not in before}
    for rule, patient in sorted(broken):
        yield Override(rule, patient, signed.author, reason, signed.now)
