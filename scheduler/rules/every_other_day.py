"""Every other day, Sundays included."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.calendar import DAY, days_from
from domain.need import follow_ups, last_day
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import FollowUp, Model


class EveryOtherDay:
    """Who is prescribed every other day comes two days after the last session, or on the
    first open day after that.

    Judged by the prescription in force on the day of the earlier session. A session that was
    due before the horizon began is due on its first open day. The last session of the horizon
    is late enough if the next one is due in the week after.

    Source: doctor's prescription.
    """

    name = "every_other_day"
    title = words("Every other day")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session that is not on its due day, and a due day without a session."""
        for patient in plan.by_patient:
            prescriptions = problem.prescriptions.get(patient, ())
            if any(row.frequency.every_other_day for row in prescriptions):
                yield from _late_or_early(problem, plan, patient)

    def encode(self, model: Model) -> None:
        """Only the due day may follow; after the horizon, any day if none is due before."""
        problem = model.problem
        for patient in problem.patient:
            due = {
                day: due
                for day in (*days_from(problem.first_day - 7 * DAY, 7), *problem.days)
                if (due := due_day(problem, patient, day)) is not None
            }
            if due:
                model.space(patient, _on_time(due, problem.end_day))


def _on_time(due: dict[date, date], end_day: date) -> FollowUp:
    def legal(first: date, then: date) -> bool:
        wanted = due.get(first, then)
        return then == wanted or (then >= end_day and wanted >= end_day)

    return legal


def _late_or_early(problem: Problem, plan: Plan, patient: str) -> Iterator[Violation]:
    for first, then in follow_ups(problem, plan, patient):
        due = due_day(problem, patient, first)
        if due is not None and then != due:
            yield _not_due(patient, first, then, due)
    last = last_day(problem, plan, patient)
    due = None if last is None else due_day(problem, patient, last)
    if last is not None and due is not None and due < problem.end_day:
        yield _missed(patient, last, due)


def due_day(problem: Problem, patient: str, first: date) -> date | None:
    """The day of the session after one on `first`: the first open day from two days later on,
    the last day of the week after the horizon if none is open; `None` if the prescription on
    `first` is another."""
    prescription = problem.prescription(patient, first)
    if prescription is None or not prescription.frequency.every_other_day:
        return None
    due = max(first + 2 * DAY, problem.first_day)
    last = problem.end_day + 6 * DAY
    while due < last and not problem.is_open_day(due):
        due += DAY
    return due


def _not_due(patient: str, first: date, then: date, due: date) -> Violation:
    return Violation(
        "every_other_day",
        words(
            "{patient}: after {first} due on {due}, not on {then}",
            patient=patient,
            first=first,
            due=due,
            then=then,
        ),
        patient=patient,
    )


def _missed(patient: str, last: date, due: date) -> Violation:
    return Violation(
        "every_other_day",
        words(
            "{patient}: after {last} due on {due}, not planned",
            patient=patient,
            last=last,
            due=due,
        ),
        patient=patient,
    )
