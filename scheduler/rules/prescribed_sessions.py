"""As many sessions as prescribed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.need import session_counts
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import Words, words
from scheduler.model import Model


class PrescribedSessions:
    """A week that is planned for a patient has as many sessions as the prescription asks for.

    An odd and an even week may differ. Every other day may have one more than the three that
    fit into any week. A week shared with another center, and any week of a center that plans
    partial weeks, may have fewer. A week without any session is `everyone_placed`'s matter.

    Source: doctor's prescription.
    """

    name = "prescribed_sessions"
    title = words("Prescribed sessions")
    hard = True

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every planned week with too few or too many sessions."""
        for (patient, monday), rows in plan.by_week.items():
            counts = session_counts(problem, patient, monday)
            if len(rows) not in counts:
                yield Violation(
                    self.name, _wrong(patient, monday, len(rows), counts), patient=patient
                )

    def encode(self, model: Model) -> None:
        """A planned week has one of the right counts."""
        problem = model.problem
        for patient in problem.patient:
            for monday in problem.mondays:
                model.count(patient, monday, session_counts(problem, patient, monday))


def _wrong(patient: str, monday: date, planned: int, counts: range) -> Words:
    most = counts[-1]
    if most == 0:
        return words(
            "{patient}, week of {monday}: {planned} sessions, none is prescribed",
            patient=patient,
            monday=monday,
            planned=planned,
        )
    if counts[0] == most:
        return words(
            "{patient}, week of {monday}: {planned} sessions instead of {wanted}",
            patient=patient,
            monday=monday,
            planned=planned,
            wanted=most,
        )
    return words(
        "{patient}, week of {monday}: {planned} sessions instead of {least} to {most}",
        patient=patient,
        monday=monday,
        planned=planned,
        least=max(1, counts[0]),
        most=most,
    )
