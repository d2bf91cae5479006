"""Who sits at a station now, by the plan in force: only for those who may see names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.cues import load_cues
from db.history import plan_in_force
from db.load import load_register
from db.plans import list_plans, load_plan
from domain.center import Shift
from domain.patient import Patient
from domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Seated:
    """A patient whose turn it is, and the shift."""

    patient: Patient
    shift: Shift
    until: datetime


def seated(session: Session, center: str, station: str, now: datetime) -> Seated | None:
    """By the published plan and its times; `now` is in the center's zone. Nobody if no plan is
    in force."""
    days = (now.date(), now.date() - timedelta(days=1))
    versions = [one for one in list_plans(session, center) if one.published]
    found = {plan_in_force(versions, day) for day in days} - {None}
    register = load_register(session, center)
    shifts = {one.code: one for one in register.shifts}
    patients = {one.code: one for one in register.patients}
    local = now.replace(tzinfo=None)
    there: dict[datetime, Seated] = {}
    for version in found:
        if version is None:
            continue
        plan = load_plan(session, center, version.first_day, version.number).plan
        times = load_cues(session, (center, version.first_day), version.number)
        problem = Problem(register, version.first_day, version.weeks, times)
        for row in plan.assignments:
            if row.station != station or row.day not in days or row.shift not in shifts:
                continue
            own = problem.session(row.patient, row.turn)
            until = max(own.end, shifts[row.shift].interval(row.day).end)
            if own.start <= local < until and row.patient in patients:
                there[own.start] = Seated(patients[row.patient], shifts[row.shift], until)
    return there[max(there)] if there else None
