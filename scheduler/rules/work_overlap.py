"""Not during work."""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar import DAY, Interval, days_from
from domain.patient import WorkShift
from domain.plan import Assignment, Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class WorkOverlap:
    """A patient is not at the center while at work, on the way between the two, or changing.

    Being at the center lasts from coming through the door to leaving it; the way and the
    changing are added to the working hours on both sides.

    Source: proposal of this product, set by the doctor; there is no rule on labor for people
    on dialysis.
    """

    name = "work_overlap"
    title = words("Not during work")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session that clashes with work; each work block once."""
        for patient, rows in plan.by_patient.items():
            blocks = _blocks(problem, rows)
            for row in rows if blocks else ():
                here = problem.presence(patient, row.turn)
                for work, hours, away in blocks:
                    if away.overlaps(here):
                        yield _clash(problem, row, here, work, hours)

    def encode(self, model: Model) -> None:
        """Turns that clash are barred."""
        problem = model.problem
        for patient in problem.patient:
            busy = _busy(problem, patient)
            for turn in problem.turns if busy else ():
                here = problem.presence(patient, turn)
                if any(one.start < here.end and one.end > here.start for one in busy):
                    model.bar(patient, turn)


def _blocks(
    problem: Problem, rows: tuple[Assignment, ...]
) -> list[tuple[WorkShift, Interval, Interval]]:
    """Work from the day before the patient's first session to two days after the last: its
    hours, and these with the way and the changing."""
    patient, first, last = rows[0].patient, rows[0].day, rows[-1].day
    if patient not in problem.work_shifts:
        return []
    near = days_from(first - DAY, (last - first).days + 4)
    return [
        (work, hours, hours.widened(work.transfer_minutes, work.transfer_minutes))
        for day in near
        for work, hours in problem.work_on(patient, day)
    ]


def _clash(
    problem: Problem, row: Assignment, here: Interval, work: WorkShift, hours: Interval
) -> Violation:
    return Violation(
        "work_overlap",
        words(
            "{patient}, {turn}: here from {come} to {leave}, "
            "works from {start} to {end}, {transfer} minutes away",
            patient=row.patient,
            turn=problem.say(row.turn),
            come=here.start,
            leave=here.end,
            start=hours.start,
            end=hours.end,
            transfer=work.transfer_minutes,
        ),
        patient=row.patient,
        turn=row.turn,
    )


def _busy(problem: Problem, patient: str) -> list[Interval]:
    """All working hours of the horizon and around it, with the way and the changing."""
    near = days_from(problem.first_day - DAY, len(problem.days) + 3)
    return [
        hours.widened(work.transfer_minutes, work.transfer_minutes)
        for day in near
        for work, hours in problem.work_on(patient, day)
    ]
