"""What a set of papers is made from, and the language it is said in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from domain.calendar import Turn
from domain.patient import Patient
from domain.plan import Assignment, Change, Plan
from domain.problem import Problem
from domain.words import Label, Say, Words, words


@dataclass(frozen=True, slots=True)
class Voice:
    """A language (`en`, `zh`) and what says words in it."""

    language: str
    say: Say

    def label(self, label: Label) -> str:
        """A name that the center gave, in this language if it has one."""
        first, second = (label.zh, label.en) if self.language == "zh" else (label.en, label.zh)
        return first or second

    def day(self, day: date) -> str:
        """A date with its weekday."""
        return self.say(words("{day}", day=day))


@dataclass(frozen=True, slots=True)
class Imprint:
    """When, by whom and as which version a plan was printed; center's local time. `anchor` is
    the head of the audit at that moment, where there is one."""

    printed_at: datetime
    version: int
    author: str
    anchor: str = ""


class UnprintablePlan(ValueError):
    """The plan names what the center does not have, or seats two on one station."""

    def __init__(self, reasons: tuple[Words, ...]) -> None:
        super().__init__("; ".join(map(str, reasons)))
        self.reasons = reasons


@dataclass(frozen=True)
class Edition:
    """A plan with everything its papers tell. `changes` are against last week, `unplaced`
    the patients who miss sessions with the reason each. Raises UnprintablePlan where a sheet
    would have to leave a name out."""

    problem: Problem
    plan: Plan
    imprint: Imprint
    changes: tuple[Change, ...] = ()
    unplaced: tuple[tuple[str, Words], ...] = ()

    def __post_init__(self) -> None:
        reasons = tuple(_unprintable(self.problem, self.plan))
        if reasons:
            raise UnprintablePlan(reasons)

    @cached_property
    def patient(self) -> Mapping[str, Patient]:
        """Every patient on the center's books by code, also those who have left."""
        return {patient.code: patient for patient in self.problem.register.patients}

    @cached_property
    def seated(self) -> Mapping[tuple[Turn, str], Assignment]:
        """Who sits where, by turn and station."""
        return {(row.turn, row.station): row for row in self.plan.assignments}

    @cached_property
    def moved(self) -> frozenset[Assignment]:
        """Sessions that differ from last week's."""
        return frozenset(change.after for change in self.changes if change.after)

    def turns_on(self, day: date) -> tuple[Turn, ...]:
        """The day's turns by start: those the center runs and those the plan uses anyway."""
        planned = {turn for turn in self.plan.by_turn if turn.day == day}
        shift = self.problem.shift
        every = {*self.problem.turns_on(day), *planned}
        return tuple(sorted(every, key=lambda turn: (shift[turn.shift].start, turn.shift)))


def fingerprint(plan: Plan) -> str:
    """Sixteen hexadecimal digits that equal plans share and others do not."""
    rows = [f"{plan.first_day}|{plan.weeks}"]
    rows += ["\x1f".join((str(r.day), r.shift, r.station, r.patient)) for r in plan.assignments]
    return hashlib.sha256("\x1e".join(rows).encode()).hexdigest()[:16]


def _unprintable(problem: Problem, plan: Plan) -> Iterator[Words]:
    if (plan.first_day, plan.weeks) != (problem.first_day, problem.weeks):
        yield words(
            "the plan begins on {plan} and the week to print on {problem}",
            plan=plan.first_day,
            problem=problem.first_day,
        )
        return
    zones = {zone.code for zone in problem.register.zones}
    known = {patient.code for patient in problem.register.patients}
    for row in plan.assignments:
        if row.day not in problem.days:
            yield words("{day} is not a day of the plan", day=row.day)
        if row.patient not in known:
            yield words("patient {code} is not in the center's files", code=row.patient)
        if row.shift not in problem.shift:
            yield words("shift {code} is not in the center's files", code=row.shift)
        if row.station not in problem.station:
            yield words("station {code} is not in the center's files", code=row.station)
        elif problem.station[row.station].zone not in zones:
            yield words("station {code} stands in no zone", code=row.station)
    for (day, shift, station), many in Counter(
        (row.day, row.shift, row.station) for row in plan.assignments
    ).items():
        if many > 1:
            yield words(
                "{count} patients sit on station {station} on {day}, shift {shift}",
                count=many,
                station=station,
                day=day,
                shift=shift,
            )
