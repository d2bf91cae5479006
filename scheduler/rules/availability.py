"""Only when the patient can come."""

from __future__ import annotations

from collections.abc import Iterator

from domain.calendar import DAY, Interval, days_from
from domain.patient import Absence
from domain.plan import Assignment, Plan, Violation
from domain.problem import Problem
from domain.words import Words, words
from scheduler.model import Model


class Availability:
    """A patient sits only on days with the center and never while away.

    Being here lasts from coming through the door to leaving it; hours that only touch do not
    clash.

    Source: patient's word.
    """

    name = "availability"
    title = words("Patient is available")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session outside the patient's time with the center or during an absence."""
        for row in plan.assignments:
            reason = _outside(problem, row) or _away(problem, row)
            if reason:
                yield Violation(self.name, reason, patient=row.patient, turn=row.turn)

    def encode(self, model: Model) -> None:
        """Turns that clash are barred."""
        problem = model.problem
        for patient, who in problem.patient.items():
            hours = _hours_away(problem, patient)
            for turn in problem.turns:
                here = problem.presence(patient, turn) if hours else None
                if turn.day not in who.span or (here and any(here.overlaps(h) for h in hours)):
                    model.bar(patient, turn)


def _outside(problem: Problem, row: Assignment) -> Words | None:
    who = problem.patient.get(row.patient)
    if who is None or row.day in who.span:
        return None
    return words(
        "{patient}, {turn}: not with the center on this day",
        patient=row.patient,
        turn=problem.say(row.turn),
    )


def _away(problem: Problem, row: Assignment) -> Words | None:
    absences = problem.absences.get(row.patient)
    if not absences:
        return None
    here = problem.presence(row.patient, row.turn)
    clash = _clash(absences, here)
    if clash is None:
        return None
    absence, hours = clash
    return words(
        "{patient}, {turn}: here from {come} to {leave}, away from {start} to {end} ({reason})",
        patient=row.patient,
        turn=problem.say(row.turn),
        come=here.start,
        leave=here.end,
        start=hours.start,
        end=hours.end,
        reason=absence.reason,
    )


def _clash(absences: tuple[Absence, ...], here: Interval) -> tuple[Absence, Interval] | None:
    before = here.start.date() - DAY
    for day in days_from(before, (here.end.date() - before).days + 1):
        for absence in absences:
            hours = absence.interval(day)
            if hours is not None and hours.overlaps(here):
                return absence, hours
    return None


def _hours_away(problem: Problem, patient: str) -> list[Interval]:
    """All absences from two days before the horizon to two days after, joined end to end."""
    absences = problem.absences.get(patient, ())
    near = days_from(problem.first_day - 2 * DAY, len(problem.days) + 4)
    hours = [h for day in near for absence in absences if (h := absence.interval(day))]
    joined: list[Interval] = []
    for one in sorted(hours):
        if joined and one.start <= joined[-1].end:
            joined[-1] = Interval(joined[-1].start, max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined
