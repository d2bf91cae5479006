"""Who gives up a session, or goes to another center: as few patients as can be, in one search.

A session given up and a week without a place are things that the search may pay for, so that
its optimum is the fewest and its bound the proof, instead of trying people one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar import Parity
from domain.need import wanted_sessions
from domain.plan import Plan
from domain.problem import Problem
from domain.remedied import may_have_fewer
from domain.remedy import FewerSessions
from scheduler.effort import Effort
from scheduler.model import Model
from scheduler.planner import Onlooker
from scheduler.remedies.fit import Settled, plain_model, settle

PatientWeek = tuple[str, date]
"""A patient's code and the Monday of a week."""

_FULL = 3


@dataclass(frozen=True, slots=True)
class Spared:
    """Fewer sessions for some patients, and the plan that goes with it, still to be judged;
    `fewest` if no fewer patients would do, the urgent counted more than others."""

    remedy: FewerSessions
    plan: Plan
    fewest: bool


@dataclass(frozen=True, slots=True)
class Useless:
    """Fewer sessions for everybody listed would not do; `proven`, or only not found."""

    proven: bool


def fewer_sessions(
    problem: Problem, allowed: Iterable[str], source: str, effort: Effort, onlooker: Onlooker
) -> Spared | Useless:
    """As few of the allowed patients as will do, on five sessions a fortnight.

    In a horizon of several weeks a patient's short week is every other one; which one is
    settled beforehand, by turns, so that odd and even weeks are relieved alike.
    """
    short = _short_weeks(problem, allowed)
    model = _all_or_nothing(problem)
    price = sum(_price(model, patient, monday) for patient, monday in short)
    for patient, monday in short:
        model.count(patient, monday, range(_FULL - 1, _FULL + 1))
    found = settle(model, effort, onlooker, fewest=True)
    lacking = dict(_lacking(problem, found.plan))
    if not lacking.keys() <= short or max(lacking.values(), default=0) > 1:
        return Useless(proven=found.bound > price)
    fewer = FewerSessions(
        odd=tuple(sorted(_in(problem, lacking, Parity.ODD))),
        even=tuple(sorted(_in(problem, lacking, Parity.EVEN))),
        source=source,
    )
    return Spared(fewer, found.plan, fewest=found.cost <= found.bound)


def fewest_elsewhere(problem: Problem, effort: Effort, onlooker: Onlooker) -> Settled:
    """The plan in which as few patients as can be have no place, and everybody else all
    sessions; the urgent count more than others."""
    return settle(_all_or_nothing(problem), effort, onlooker, fewest=True)


def _all_or_nothing(problem: Problem) -> Model:
    """Nobody has a part of a week's sessions, whatever the center plans otherwise."""
    model = plain_model(problem)
    for (patient, monday), counts in tuple(model.counts.items()):
        wanted = wanted_sessions(problem, patient, monday)
        model.count(patient, monday, range(wanted, counts.stop))
    return model


def _short_weeks(problem: Problem, allowed: Iterable[str]) -> frozenset[PatientWeek]:
    """The weeks in which each of them could come twice: all odd ones, or all even ones. Where
    only one of the two is in the horizon, it is everybody's."""
    parities = sorted({problem.parity(monday) for monday in problem.mondays})
    may = [p for p in sorted(allowed) if p in problem.patient and may_have_fewer(problem, p)]
    return frozenset(
        (patient, monday)
        for number, patient in enumerate(may)
        for monday in problem.mondays
        if problem.parity(monday) is parities[number % len(parities)]
        and wanted_sessions(problem, patient, monday) == _FULL
    )


def _price(model: Model, patient: str, monday: date) -> int:
    """What one session less weighs."""
    return sum(table[_FULL - 1] for _, table in model.missing_charges[patient, monday])


def _lacking(problem: Problem, plan: Plan) -> Iterator[tuple[PatientWeek, int]]:
    """Weeks with fewer sessions than wanted, and how many fewer."""
    for patient in problem.patient:
        for monday in problem.mondays:
            planned = len(plan.by_week.get((patient, monday), ()))
            missing = wanted_sessions(problem, patient, monday) - planned
            if missing > 0:
                yield (patient, monday), missing


def _in(problem: Problem, weeks: Iterable[PatientWeek], parity: Parity) -> frozenset[str]:
    return frozenset(patient for patient, monday in weeks if problem.parity(monday) is parity)
