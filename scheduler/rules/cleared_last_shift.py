"""Lately cleared patients come last."""

from __future__ import annotations

from collections.abc import Iterator

from domain.center import Infection
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class ClearedLastShift:
    """A patient whose infection cleared lately sits in the last shift of the day.

    Last is the shift that starts last of those that the center runs on that weekday.

    Source: Chinese blood-purification SOP 2021, second hand (check the printed book): last
    shift for six months after clearing. Limit: days under observation, 183.
    """

    name = "cleared_last_shift"
    title = words("Cleared patients last")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every session of such a patient after which another shift starts."""
        for row in plan.assignments:
            if Infection.CLEARED not in problem.infection(row.patient, row.day):
                continue
            start = problem.shift[row.shift].start
            shifts = [problem.shift[turn.shift] for turn in problem.turns_on(row.day)]
            later = [shift for shift in shifts if shift.start > start]
            if later:
                yield Violation(
                    self.name,
                    words(
                        "{patient}, {turn}: cleared, under observation, "
                        "belongs into the last shift, {last}",
                        patient=row.patient,
                        turn=problem.say(row.turn),
                        last=later[-1].name,
                    ),
                    patient=row.patient,
                    turn=row.turn,
                )

    def encode(self, model: Model) -> None:
        """All turns but those that start last are barred."""
        problem = model.problem
        for day in problem.days:
            turns = problem.turns_on(day)
            last = max((problem.shift[turn.shift].start for turn in turns), default=None)
            early = [turn for turn in turns if problem.shift[turn.shift].start != last]
            for patient in problem.patient:
                if Infection.CLEARED in problem.infection(patient, day):
                    for turn in early:
                        model.bar(patient, turn)
