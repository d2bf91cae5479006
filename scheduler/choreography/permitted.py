"""By how many minutes a session may begin later as far as its patient is concerned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from domain.calendar import Turn
from domain.choreography import Choreography, Cue
from domain.plan import Plan
from domain.problem import Problem
from scheduler.check import enabled

Session = tuple[str, Turn]
"""A patient in a turn."""

_OF_THE_CLOCK = frozenset({"availability", "work_overlap", "work_recovery", "night_rest"})
"""The hard rules that ask at which hour a patient comes and goes, session by session."""


def permitted(
    problem: Problem, plan: Plan, delays: tuple[int, ...]
) -> Mapping[Session, tuple[int, ...]]:
    """Which of the delays break no rule of the patient that beginning with the shift keeps.
    Beginning with the shift is always among them: it is what the plan says."""
    busy = _of_the_busy(problem, plan)
    at_once = _broken(problem, busy, 0)
    broken = {delay: _broken(problem, busy, delay) for delay in delays if delay}
    sessions = [(row.patient, row.turn) for row in plan.assignments]
    return {
        one: (0, *(delay for delay, found in broken.items() if found[one] <= at_once[one]))
        for one in sessions
    }


def _of_the_busy(problem: Problem, plan: Plan) -> Plan:
    """The sessions of those who work or are away: nobody else's hours can clash."""
    rows = (
        row
        for row in plan.assignments
        if row.patient in problem.work_shifts or row.patient in problem.absences
    )
    return Plan.of(plan.first_day, plan.weeks, rows)


def _broken(problem: Problem, plan: Plan, delay: int) -> Counter[Session]:
    """How many rules each session breaks if everybody begins so much later."""
    cues = (Cue(row.day, row.shift, row.patient, delay, nurse=1) for row in plan.assignments)
    late = replace(problem, choreography=Choreography.of(cues))
    found: Counter[Session] = Counter()
    for rule in enabled(late):
        if rule.name in _OF_THE_CLOCK:
            for one in rule.check(late, plan):
                if one.patient is not None and one.turn is not None:
                    found[one.patient, one.turn] += 1
    return found
