"""The standing diary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.calendar import Turn
from domain.patient import Pattern
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class StandingPattern:
    """A patient with standing turns comes at these weekdays and shifts.

    Odd and even weeks are judged by the standing turns that hold in them; a patient who has
    none in a week is free in it.

    Source: practice; the standing diary, of which a week is an exception list. Unit: one for
    each session at another turn.
    """

    name = "standing_pattern"
    title = words("Standing turns")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session at a turn that is not a standing one."""
        for (patient, monday), rows in plan.by_week.items():
            if patient not in problem.patient:
                continue
            standing = _in_week_of(problem, patient, monday)
            usual = {(pattern.weekday, pattern.shift) for pattern in standing}
            for row in rows if usual else ():
                if (row.day.isoweekday(), row.shift) not in usual:
                    yield Violation(
                        self.name,
                        words(
                            "{patient}, {turn}: not a standing turn",
                            patient=patient,
                            turn=problem.say(row.turn),
                        ),
                        cost=1,
                        patient=patient,
                        turn=row.turn,
                    )

    def encode(self, model: Model) -> None:
        """Every turn that no standing one falls on costs one."""
        problem = model.problem
        for patient in problem.patient:
            for turn in problem.turns if patient in problem.patterns else ():
                standing = _in_week_of(problem, patient, turn.day)
                if standing and not any(_falls_on(pattern, turn) for pattern in standing):
                    model.charge(self.name, patient, turn, 1)


def _in_week_of(problem: Problem, patient: str, day: date) -> list[Pattern]:
    week = problem.parity(day)
    return [row for row in problem.patterns.get(patient, ()) if row.parity.covers(week)]


def _falls_on(pattern: Pattern, turn: Turn) -> bool:
    return pattern.shift == turn.shift and pattern.weekday == turn.day.isoweekday()
