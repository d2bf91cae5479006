"""How many sessions a week asks for, and which sessions follow each other.

The two facts on which frequency and gap rules rest, stated once: a prescription counts for
the days on which the center is responsible, and a patient who is treated elsewhere has no
gap that this center could judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import ceil

from domain.calendar import DAY, WEEK, days_from, monday_of
from domain.patient import Prescription
from domain.plan import Plan
from domain.problem import Problem

AWAY_DAYS = 3
"""Whole days of absence in a row after which somebody else must be treating the patient."""


def is_away(problem: Problem, patient: str, day: date) -> bool:
    """True if the patient is treated elsewhere on the day.

    That is: does not belong to the center then, or the day is part of at least `AWAY_DAYS`
    whole days of absence in a row.
    """
    who = problem.patient.get(patient)
    if who is None or day not in who.span:
        return True
    if patient not in problem.absences or not _whole_day_off(problem, patient, day):
        return False
    spell = 1
    for step in (-DAY, DAY):
        near = day + step
        while spell < AWAY_DAYS and _whole_day_off(problem, patient, near):
            spell += 1
            near += step
    return spell >= AWAY_DAYS


def is_always_here(problem: Problem, patient: str) -> bool:
    """True if the patient belongs to the center without end and is never absent."""
    who = problem.patient.get(patient)
    if who is None or patient in problem.absences:
        return False
    return who.span.first is None and who.span.last is None


def _whole_day_off(problem: Problem, patient: str, day: date) -> bool:
    return any(
        absence.start is None and absence.end is None and absence.interval(day) is not None
        for absence in problem.absences.get(patient, ())
    )


def days_here(problem: Problem, patient: str, monday: date) -> int:
    """Days of the week on which the center is responsible for the patient."""
    if is_always_here(problem, patient):
        return 7
    return sum(not is_away(problem, patient, day) for day in days_from(monday, 7))


def wanted_sessions(problem: Problem, patient: str, monday: date) -> int:
    """Sessions that the prescription asks for in the week.

    Every other day asks for at least three. Who is treated elsewhere on some days gets the
    same share of sessions as of days, rounded up.
    """
    prescription = problem.prescription_of_week(patient, monday)
    return _share(problem, prescription, monday, days_here(problem, patient, monday))


def _share(problem: Problem, prescription: Prescription | None, monday: date, days: int) -> int:
    """Sessions of a week of which the patient is here on so many days."""
    if prescription is None:
        return 0
    frequency = prescription.frequency
    full = 3 if frequency.every_other_day else frequency.in_week(problem.parity(monday))
    return ceil(full * days / 7)


def session_counts(problem: Problem, patient: str, monday: date) -> range:
    """How many sessions a planned week may have; an unplaced patient has none.

    A week shared with another center, or any week if the center plans partial weeks, may
    have fewer than wanted. Every other day may have one more.
    """
    prescription = problem.prescription_of_week(patient, monday)
    days = days_here(problem, patient, monday)
    wanted = _share(problem, prescription, monday, days)
    extra = 1 if wanted and prescription and prescription.frequency.every_other_day else 0
    least = min(1, wanted) if days < 7 or problem.register.center.partial_weeks else wanted
    return range(least, wanted + extra + 1)


def treated_elsewhere_between(problem: Problem, patient: str, first: date, then: date) -> bool:
    """True if the gap between two sessions here is not this center's to judge."""
    if is_always_here(problem, patient):
        return False
    inner = days_from(first + DAY, (then - first).days - 1)
    return any(is_away(problem, patient, day) for day in inner)


def session_days(problem: Problem, plan: Plan, patient: str) -> Iterator[tuple[date, ...]]:
    """The patient's session days in unbroken chains, history first.

    A week without any session here breaks the chain: the patient is unplaced and treated
    elsewhere. So does a stay elsewhere between two sessions.
    """
    last_week = [row.day for row in problem.history.get(patient, ())]
    days = last_week + [row.day for row in plan.by_patient.get(patient, ())]
    chain: list[date] = []
    for day in days:
        if chain and _breaks(problem, patient, chain[-1], day):
            yield tuple(chain)
            chain = []
        chain.append(day)
    if chain:
        yield tuple(chain)


def _breaks(problem: Problem, patient: str, first: date, then: date) -> bool:
    if then - first > WEEK and monday_of(then) - monday_of(first) > WEEK:
        return True
    return treated_elsewhere_between(problem, patient, first, then)


def follow_ups(problem: Problem, plan: Plan, patient: str) -> Iterator[tuple[date, date]]:
    """Each planned session day with the one before it in the same chain."""
    for chain in session_days(problem, plan, patient):
        for first, then in pairwise(chain):
            if then >= problem.first_day:
                yield first, then


def last_day(problem: Problem, plan: Plan, patient: str) -> date | None:
    """The patient's last session day, if it is in the horizon's last week and the patient
    stays with the center into the week after."""
    rows = plan.by_patient.get(patient, ())
    if not rows or rows[-1].day < problem.mondays[-1]:
        return None
    day = rows[-1].day
    here = not treated_elsewhere_between(problem, patient, day, problem.end_day + DAY)
    return day if here else None
