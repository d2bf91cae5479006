"""Inputs that no plan can bring together, found before any search.

A patient's week clashes if no legal week is left in which every promise is kept. Which rules
clash is found by leaving them out one by one; what remains is checked again: together no week,
without any one of them some week.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.by_patient import Row
from domain.calendar import Turn, monday_of
from domain.need import days_here, wanted_sessions
from domain.plan import Lock
from domain.problem import Problem
from domain.shortage import Clash, ClashKind
from domain.words import Words, words
from scheduler.check import enabled
from scheduler.facts import fact, promise
from scheduler.model import Model
from scheduler.planner import build_model
from scheduler.promises import promised_to_strangers, promised_twice
from scheduler.rules import RULES
from scheduler.rules.rule import Rule
from scheduler.walks import has_week, seats_in_week, zone_masks

_FEW = 8
"""Turns that a sentence names one by one."""

_PROMISES = "locked"
_FIRST_TO_GO = ("longest_gap", "every_other_day", "rest_day", "one_zone")
"""Rules that say least about the patient: others are kept if either would do."""


def clashes(
    problem: Problem, rules: Iterable[Rule] = RULES, model: Model | None = None
) -> tuple[Clash, ...]:
    """Every patient's week that no plan can give, with the facts that clash; and promises that
    exclude each other.

    `model` is what `build_model` made of the same problem and rules; with it, nothing has to
    be encoded again.
    """
    hard = tuple(rule for rule in enabled(problem, rules) if rule.hard)
    whole = model or build_model(problem, hard)
    return (
        *_without_prescription(problem),
        *_impossible_weeks(whole, hard),
        *_promises_among_patients(whole, hard),
    )


def _promises_among_patients(model: Model, rules: tuple[Rule, ...]) -> Iterator[Clash]:
    locked = next((rule for rule in rules if rule.name == _PROMISES), None)
    if locked is not None:
        yield from promised_to_strangers(model, locked)
        yield from promised_twice(model, rules, locked)


def _without_prescription(problem: Problem) -> Iterator[Clash]:
    for patient in sorted(problem.patient):
        for monday in problem.mondays:
            here = days_here(problem, patient, monday)
            if here and problem.prescription_of_week(patient, monday) is None:
                said = words(
                    "{patient}, week of {monday}: no prescription", patient=patient, monday=monday
                )
                kind = ClashKind.NO_PRESCRIPTION
                yield Clash(kind, (patient,), monday, wanted=0, facts=(), left=(), words=said)


# --- one patient's week -----------------------------------------------------------------------


def _impossible_weeks(model: Model, rules: tuple[Rule, ...]) -> Iterator[Clash]:
    problem = model.problem
    zones = tuple(zone_masks(model).values())
    suspects = [
        (patient, monday)
        for patient in sorted(problem.patient)
        for monday in problem.mondays
        if wanted_sessions(problem, patient, monday) or _promised(model, patient, monday)
        if not has_week(model, patient, monday, zones)
    ]
    if not suspects:
        return
    inquiry = _Inquiry(problem, rules, frozenset(patient for patient, _ in suspects))
    for patient, monday in suspects:
        left = tuple(seats_in_week(model, patient, monday))
        yield from inquiry.clash(patient, monday, left)


def _promised(model: Model, patient: str, monday: date) -> bool:
    return any(monday_of(turn.day) == monday for turn in model.promises.get(patient, ()))


def _locks(problem: Problem, patient: str, monday: date) -> Iterator[Lock]:
    return (lock for lock in problem.locks.get(patient, ()) if monday_of(lock.day) == monday)


@dataclass(frozen=True, slots=True)
class _Part:
    """A rule, or one promise, and what it alone asks for."""

    rule: Rule
    model: Model
    lock: Lock | None = None


class _Inquiry:
    """Every rule encoded by itself, for the suspects only."""

    def __init__(self, problem: Problem, rules: tuple[Rule, ...], suspects: frozenset[str]) -> None:
        self._problem = _only(problem, suspects)
        self._zones = tuple(zone_masks(Model(self._problem)).values())
        self._promises = next((rule for rule in rules if rule.name == _PROMISES), None)
        parts = [
            _Part(rule, _encoded(self._problem, rule)) for rule in rules if rule.name != _PROMISES
        ]
        order = [*_FIRST_TO_GO, *(rule.name for rule in reversed(rules))]
        self._parts = sorted(parts, key=lambda part: order.index(part.rule.name))

    def clash(self, patient: str, monday: date, left: tuple[Turn, ...]) -> Iterator[Clash]:
        """What clashes in the week without its promises, or else with them."""
        problem = self._problem
        wanted = wanted_sessions(problem, patient, monday)
        parts = self._parts
        kind = ClashKind.NO_WEEK
        if not wanted or self._possible(parts, patient, monday):
            kind = ClashKind.PROMISE
            parts = [*self._promise_parts(patient, monday), *parts]
        parts = self._smallest(parts, patient, monday)
        if [part.rule.name for part in parts] == ["zone_serology"]:
            kind = ClashKind.NO_ZONE
        facts = tuple(
            promise(problem, part.rule, part.lock)
            if part.lock
            else fact(problem, part.rule, patient, monday)
            for part in parts
        )
        told = tuple(one.words for one in facts)
        said = _say(kind, patient, monday, told, tuple(problem.say(turn) for turn in left))
        yield Clash(kind, (patient,), monday, wanted, facts, left, said)

    def _promise_parts(self, patient: str, monday: date) -> Iterator[_Part]:
        rule = self._promises
        if rule is not None:
            for lock in _locks(self._problem, patient, monday):
                register = replace(self._problem.register, locks=(lock,))
                alone = replace(self._problem, register=register)
                yield _Part(rule, _encoded(alone, rule), lock)

    def _smallest(self, parts: Sequence[_Part], patient: str, monday: date) -> list[_Part]:
        """Leaves out what is not needed for the clash, until nothing more can be left out."""
        kept = list(parts)
        count = len(kept) + 1
        while len(kept) < count:
            count = len(kept)
            for part in tuple(kept):
                fewer = [one for one in kept if one is not part]
                if not self._possible(fewer, patient, monday):
                    kept = fewer
        return sorted(kept, key=self._rank)

    def _rank(self, part: _Part) -> int:
        """Promises first, then the patient's own facts, then what is the same for everybody."""
        return len(self._parts) - self._parts.index(part) if part in self._parts else 0

    def _possible(self, parts: Iterable[_Part], patient: str, monday: date) -> bool:
        joined = _joined(self._problem, (part.model for part in parts), patient, monday)
        return has_week(joined, patient, monday, self._zones)


def _only(problem: Problem, patients: frozenset[str]) -> Problem:
    """The same problem as if these were all its patients."""
    register = problem.register
    kept = replace(
        register,
        patients=tuple(who for who in register.patients if who.code in patients),
        prescriptions=_of(register.prescriptions, patients),
        serology=_of(register.serology, patients),
        absences=_of(register.absences, patients),
        work_shifts=_of(register.work_shifts, patients),
        locks=_of(register.locks, patients),
        sessions=_of(register.sessions, patients),
    )
    return replace(problem, register=kept)


def _of(rows: tuple[Row, ...], patients: frozenset[str]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.patient in patients)


def _encoded(problem: Problem, rule: Rule) -> Model:
    model = Model(problem)
    rule.encode(model)
    return model


def _joined(problem: Problem, models: Iterable[Model], patient: str, monday: date) -> Model:
    """One patient's week under what several models ask."""
    joined = Model(problem)
    for model in models:
        joined.one_zone = joined.one_zone or model.one_zone
        joined.barred[patient] |= model.barred.get(patient, set())
        joined.follow_ups[patient] += model.follow_ups.get(patient, [])
        joined.promises[patient] += model.promises.get(patient, [])
        if (patient, monday) in model.counts:
            joined.count(patient, monday, model.counts[patient, monday])
        for turn in problem.turns:
            if (patient, turn) in model.seats:
                joined.restrict(patient, turn, model.seats[patient, turn])
    return joined


def _say(
    kind: ClashKind,
    patient: str,
    monday: date,
    facts: tuple[Words, ...],
    left: tuple[Words, ...],
) -> Words:
    if kind is ClashKind.NO_ZONE:
        return words("{patient}, week of {monday}: {facts}", patient=patient, monday=monday,
                     facts=facts)  # fmt: skip
    if kind is ClashKind.PROMISE:
        return words(
            "{patient}, week of {monday}: a promise cannot be kept: {facts}",
            patient=patient,
            monday=monday,
            facts=facts,
        )
    if not left:
        return words(
            "{patient}, week of {monday}: no turn is left: {facts}",
            patient=patient,
            monday=monday,
            facts=facts,
        )
    if len(left) > _FEW:
        return words(
            "{patient}, week of {monday}: no legal week: {facts}",
            patient=patient,
            monday=monday,
            facts=facts,
        )
    return words(
        "{patient}, week of {monday}: no legal week: {facts}; left are only {turns}",
        patient=patient,
        monday=monday,
        facts=facts,
        turns=left,
    )
