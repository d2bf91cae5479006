"""A week under the doctor's rule for a bad day: the same center with what is allowed. Pure.

Nothing here decides who gets less; it only says what may be. Every row that is made differs from
the center's own by what the doctor allowed and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby

from domain.bad_day import DoctorsRule, Shortened
from domain.calendar import DAY, Span, Turn
from domain.center import Modality
from domain.patient import Prescription
from domain.plan import Assignment
from domain.problem import Problem
from domain.rulebook import RuleRow

LEAST_MINUTES = 60
"""Nothing shorter is a session; a doctor's rule below this is refused."""

_FREED = ("every_other_day",)
"""Hard rules that do not hold on a bad day: the longest wait stands in for them."""


def eased(problem: Problem, rule: DoctorsRule, today: date) -> Problem:
    """The week with everything that the rule allows from `today` on, also shorter sessions and
    plain dialysis for everybody: what a search may make use of."""
    easier = tuple(_eased_prescriptions(problem, rule, today))
    register = replace(problem.register, prescriptions=easier)
    return under_rule(replace(problem, register=register), rule)


def under_rule(problem: Problem, rule: DoctorsRule) -> Problem:
    """The week by the doctor's longest gap, and with fewer sessions than prescribed, as there
    are not enough for all. Prescriptions stay as they are."""
    register = problem.register
    center = replace(register.center, partial_weeks=True)
    rules = _rules(problem, rule)
    return replace(problem, register=replace(register, center=center, rules=rules))


def _rules(problem: Problem, rule: DoctorsRule) -> tuple[RuleRow, ...]:
    rows = problem.register.rules
    changed = [RuleRow(name, date.min, enabled=False) for name in _FREED]
    if rule.line is not None:
        changed.append(
            RuleRow("longest_gap", date.min, enabled=True, limit=rule.line, source=rule.source)
        )
    names = {row.rule for row in changed}
    return (*(row for row in rows if row.rule not in names), *changed)


def _eased_prescriptions(
    problem: Problem, rule: DoctorsRule, today: date
) -> Iterator[Prescription]:
    days = [day for day in problem.days if day >= today]

    def ease(prescription: Prescription) -> Prescription:
        minutes = shortest(prescription.minutes, rule)
        modality = Modality.HD if rule.plain else prescription.modality
        return replace(prescription, minutes=minutes, modality=modality)

    changed = {
        (code, day): ease(found)
        for code in sorted(problem.patient)
        for day in days
        if (found := problem.prescription(code, day)) is not None
    }
    return prescribed_on(problem, changed)


def shortest(prescribed: int, rule: DoctorsRule) -> int:
    """Minutes that a session may come down to; never more than prescribed."""
    return prescribed if rule.minutes is None else min(prescribed, rule.minutes)


# --- what a plan makes of it ------------------------------------------------------------------


def shortened(
    problem: Problem,
    ahead: Iterable[Assignment],
    rule: DoctorsRule,
    tight: frozenset[str] = frozenset(),
) -> tuple[Shortened, ...]:
    """The planned sessions that are shorter than prescribed: as long as their shift has room
    for, but never below what the rule allows; those of `tight` patients, whose own time is
    short, as short as it allows. `problem` has the prescriptions as they are."""
    found = []
    for row in ahead:
        prescribed = problem.minutes(row.patient, row.day)
        room = 0 if row.patient in tight else room_minutes(problem, row.turn)
        minutes = max(shortest(prescribed, rule), min(prescribed, room))
        if minutes < prescribed:
            found.append(Shortened(row.patient, row.turn, minutes, prescribed))
    return tuple(found)


def room_minutes(problem: Problem, turn: Turn) -> int:
    """Minutes that a session in the turn can last, the turnover after it left out."""
    shift = problem.shift[turn.shift]
    return shift.interval(turn.day).minutes - shift.turnover_minutes


def as_given(
    problem: Problem, rule: DoctorsRule, ahead: Iterable[Assignment], short: Iterable[Shortened]
) -> Problem:
    """The center with dated prescriptions for the planned sessions as they are to be given; all
    others stay as they are. This is what papers print and what is stored with the plan."""
    minutes = {(one.patient, one.turn.day): one.minutes for one in short}
    changed = {}
    for row in ahead:
        found = problem.prescription(row.patient, row.day)
        if found is not None:
            changed[row.patient, row.day] = replace(
                found,
                minutes=minutes.get((row.patient, row.day), found.minutes),
                modality=Modality.HD if rule.plain else found.modality,
            )
    register = replace(problem.register, prescriptions=tuple(prescribed_on(problem, changed)))
    return replace(problem, register=register)


def prescribed_on(
    problem: Problem, changed: Mapping[tuple[str, date], Prescription]
) -> Iterator[Prescription]:
    """All prescriptions, with those in force on some days taken apart so that these days have
    their own; no two that are made here overlap."""
    for original in problem.register.prescriptions:
        mine = [
            (day, one)
            for day in problem.days
            if (one := changed.get((original.patient, day))) is not None
            and problem.prescription(original.patient, day) is original
            and not _alike(one, original)
        ]
        yield from _apart(original, mine) if mine else (original,)


def _alike(one: Prescription, other: Prescription) -> bool:
    return replace(one, span=other.span) == other


def _apart(original: Prescription, days: list[tuple[date, Prescription]]) -> Iterator[Prescription]:
    """The original with some days cut out of it, in order of time."""
    begin = original.span.first
    for first, last, one in _runs(days):
        if begin is None or begin < first:
            yield replace(original, span=Span(begin, first - DAY))
        yield replace(one, span=Span(first, last))
        begin = last + DAY
    if original.span.last is None or (begin is not None and begin <= original.span.last):
        yield replace(original, span=Span(begin, original.span.last))


def _runs(
    days: list[tuple[date, Prescription]],
) -> Iterator[tuple[date, date, Prescription]]:
    """Days in a row with the same prescription, as first and last."""
    numbered = enumerate(days)
    for _, group in groupby(numbered, key=lambda pair: _run_key(*pair)):
        there = [pair[1] for pair in group]
        yield there[0][0], there[-1][0], there[0][1]


def _run_key(index: int, entry: tuple[date, Prescription]) -> tuple[date, int, Modality]:
    day, one = entry
    return (day - timedelta(days=index), one.minutes, one.modality)
