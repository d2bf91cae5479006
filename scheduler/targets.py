"""Where a session could go, all places at once: free of harm, at a price, or only by breaking
a hard rule. For the colors of a board while somebody carries a session; the whole verdict of
one place is that of `scheduler.moves`.

Stations that no rule can tell apart for this patient are judged once. A place that is taken is
judged for the patient who is carried only, as if it were free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum

from domain.by_patient import Row
from domain.calendar import Turn
from domain.plan import Assignment, Plan, Violation
from domain.problem import Problem
from scheduler.check import enabled
from scheduler.moves import (
    OF_THE_DAY,
    Part,
    compared,
    of_days,
    told_of,
    verdict,
    with_companions,
)
from scheduler.rules import RULES
from scheduler.rules.rule import Rule

Spot = tuple[Turn, str]
"""A turn and a station."""


class Grade(StrEnum):
    """What a place would do to the plan."""

    GOOD = "good"
    COSTS = "costs"
    BREAKS = "breaks"


def grades(
    problem: Problem,
    plan: Plan,
    patient: str,
    carried: Assignment | None,
    rules: Iterable[Rule] = RULES,
    spared: frozenset[str] = frozenset(),
) -> Mapping[Spot, Grade]:
    """The grade of every station in every turn of the horizon for a session of the patient,
    but the one where it is. `carried` is missing for a session without a place; of `spared`
    hard rules nothing is asked, as in a week that is not finished yet."""
    listed = tuple(rule for rule in enabled(problem, rules) if rule.name not in spared)
    asked = _Inquiry(problem, plan, patient, carried, listed)
    return {
        (turn, station): asked.grade(turn, station)
        for turn in problem.turns
        for station in problem.station
        if carried is None or (turn, station) != (carried.turn, carried.station)
    }


class _Inquiry:
    """One session carried over the board; what has been judged is kept."""

    def __init__(
        self,
        problem: Problem,
        plan: Plan,
        patient: str,
        carried: Assignment | None,
        rules: tuple[Rule, ...],
    ) -> None:
        near = with_companions(problem, frozenset({patient}))
        own = tuple(rule for rule in rules if rule.name not in OF_THE_DAY)
        self._problem = problem
        self._narrow = narrowed(problem, near)
        self._patient = patient
        self._carried = carried
        self._rules = rules
        self._near = near
        self._own = {hard: [r for r in own if r.hard is hard] for hard in (True, False)}
        self._crowd = [r for r in rules if r.name in OF_THE_DAY and r.name != "one_per_station"]
        mine = [row for one in near for row in plan.by_patient.get(one, ())]
        self._mine = Plan.of(plan.first_day, plan.weeks, mine)
        self._plan = plan
        self._marked = _marked(problem, plan, patient)
        self._before = {hard: self._told(self._mine, hard) for hard in (True, False)}
        self._grades: dict[tuple[object, ...], Grade] = {}

    def grade(self, turn: Turn, station: str) -> Grade:
        """Of one place."""
        problem = self._problem
        zone, day = problem.station[station].zone, turn.day
        is_open = problem.is_open(station, turn)
        named = station if station in self._marked else None
        alike = (turn, zone, problem.abilities(station, day), is_open, named)
        if alike not in self._grades:
            self._grades[alike] = self._grade(turn, station)
        return self._grades[alike]

    def _grade(self, turn: Turn, station: str) -> Grade:
        """Hard rules first: most places break one, and nothing more needs to be asked."""
        after = self._with(self._mine, turn, station)
        hard = compared(self._before[True], self._told(after, True))
        if hard.found:
            return Grade.BREAKS
        soft = compared(self._before[False], self._told(after, False))
        found = verdict(self._problem, self._rules, soft + self._crowded(turn, station))
        if not found.legal:
            return Grade.BREAKS
        return Grade.COSTS if found.worse else Grade.GOOD

    def _told(self, plan: Plan, hard: bool) -> Counter[Violation]:
        return told_of(self._narrow, plan, self._near, self._own[hard])

    def _crowded(self, turn: Turn, station: str) -> Part:
        """In the zones that lose and gain a patient; only their rows are looked at."""
        left = {self._carried} if self._carried else set()
        days = frozenset({turn.day, *(row.day for row in left)})
        zones = {self._zone(station), *(self._zone(row.station) for row in left)}
        rows = [
            row
            for row in self._plan.assignments
            if row.day in days and self._zone(row.station) in zones
        ]
        before = Plan.of(self._plan.first_day, self._plan.weeks, rows)
        after = self._with(before, turn, station)
        return of_days(self._problem, before, after, days, self._crowd)

    def _zone(self, station: str) -> str:
        return self._problem.station[station].zone

    def _with(self, plan: Plan, turn: Turn, station: str) -> Plan:
        rows = [row for row in plan.assignments if row != self._carried]
        rows.append(Assignment(turn.day, turn.shift, station, self._patient))
        return Plan.of(plan.first_day, plan.weeks, rows)


def _marked(problem: Problem, plan: Plan, patient: str) -> frozenset[str]:
    """Stations that some rule knows by name for this patient."""
    named = {
        *(row.station for row in problem.patterns.get(patient, ())),
        *(row.station for row in problem.locks.get(patient, ())),
        *(row.station for row in problem.history.get(patient, ())),
        *(row.station for row in plan.by_patient.get(patient, ())),
    }
    return frozenset(code for code in named if code is not None)


def narrowed(problem: Problem, people: frozenset[str]) -> Problem:
    """The same problem as if these were all its patients."""
    register = problem.register

    def of(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(row for row in rows if row.patient in people)

    kept = replace(
        register,
        patients=tuple(one for one in register.patients if one.code in people),
        prescriptions=of(register.prescriptions),
        serology=of(register.serology),
        patterns=of(register.patterns),
        wishes=of(register.wishes),
        absences=of(register.absences),
        work_shifts=of(register.work_shifts),
        ledger=of(register.ledger),
        locks=of(register.locks),
        sessions=of(register.sessions),
    )
    return replace(problem, register=kept)
