"""The patient's own week: do the rules leave one with the seat in it, and which of them do not?

Every rule is encoded by itself for the patient alone, so that any set of them can be asked in
less than a millisecond; the sets are gone through from the smallest on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from domain.calendar import monday_of
from domain.plan import Lock
from domain.problem import Problem
from domain.shortage import Fact
from domain.why_not import Ask
from domain.words import Words, words
from scheduler.facts import fact, promise
from scheduler.model import Model
from scheduler.rules.rule import Rule
from scheduler.targets import narrowed
from scheduler.walks import has_week, zone_masks
from scheduler.weeks import Weeks

_PROMISES = "locked"
_FIRST_TO_GO = ("longest_gap", "every_other_day", "rest_day", "one_zone", "prescribed_sessions")
"""Rules that say least about the seat: others are kept if either would do."""


@dataclass(frozen=True, slots=True)
class Part:
    """A rule, or one promise to the patient, and what it alone asks for."""

    rule: Rule
    model: Model
    lock: Lock | None = None


class OwnWeek:
    """The parts that rule a patient's week, and the seat that is asked for in it. `least` are
    the sessions that the week must have; rules in `let_go` do not count."""

    def __init__(
        self, problem: Problem, rules: Iterable[Rule], ask: Ask, least: int,
        let_go: frozenset[str] = frozenset(),
    ) -> None:  # fmt: skip
        self._problem = narrowed(problem, frozenset({ask.patient}))
        self._ask = ask
        self._least = least
        self._monday = monday_of(ask.turn.day)
        self._zones = tuple(zone_masks(Model(self._problem)).values())
        hard = [rule for rule in rules if rule.hard and rule.name not in let_go]
        self.parts = tuple(self._in_order(hard))

    def _in_order(self, rules: Sequence[Rule]) -> Iterator[Part]:
        """What goes first: rules that say little, then what is the same for everybody, the
        patient's own facts, and promises last."""
        order = [*_FIRST_TO_GO, *(rule.name for rule in reversed(rules))]
        for rule in sorted(rules, key=lambda one: order.index(one.name)):
            if rule.name != _PROMISES:
                yield Part(rule, _encoded(self._problem, rule))
        for rule in rules:
            if rule.name == _PROMISES:
                yield from self._promises(rule)

    def _promises(self, rule: Rule) -> Iterator[Part]:
        for lock in self._problem.locks.get(self._ask.patient, ()):
            if monday_of(lock.day) == self._monday:
                register = replace(self._problem.register, locks=(lock,))
                yield Part(rule, _encoded(replace(self._problem, register=register), rule), lock)

    def possible(self, parts: Iterable[Part] | None = None) -> bool:
        """True if these parts, or all, leave a legal week with the seat in it."""
        joined = self.joined(self.parts if parts is None else parts)
        joined.promises[self._ask.patient].append(self._ask.turn)
        joined.restrict(self._ask.patient, self._ask.turn, place_mask(joined, self._ask))
        return has_week(joined, self._ask.patient, self._monday, self._zones)

    def smallest(self) -> tuple[Part, ...]:
        """The fewest parts that together leave no such week; of equally few, what says most
        about the patient."""
        if self._ask.turn not in self._problem.turns:
            return ()
        speaking = [part for part in reversed(self.parts) if self._says_something(part)]
        sets = (chosen for size in range(len(speaking)) for chosen in combinations(speaking, size))
        return next((one for one in sets if not self.possible(one)), tuple(speaking))

    def _says_something(self, part: Part) -> bool:
        model, patient = part.model, self._ask.patient
        restricted = any(who == patient for who, _ in model.seats)
        spaced = model.follow_ups.get(patient) or model.promises.get(patient)
        counted = (patient, self._monday) in model.counts
        return bool(model.barred.get(patient) or restricted or spaced or counted or model.one_zone)

    def facts(self, parts: Iterable[Part]) -> tuple[Fact, ...]:
        """What the parts make of the patient's data, in words and with their sources."""
        if self._ask.turn not in self._problem.turns:
            said = words("the shift does not run on this day")
            return (opening_fact(self._problem, self._ask, said),)
        return tuple(
            promise(self._problem, part.rule, part.lock)
            if part.lock
            else fact(self._problem, part.rule, self._ask.patient, self._monday)
            for part in parts
        )

    def joined(self, parts: Iterable[Part]) -> Model:
        """The patient's week under what the parts ask, as one model."""
        patient, monday = self._ask.patient, self._monday
        joined = Model(self._problem)
        for model in (part.model for part in parts):
            joined.one_zone = joined.one_zone or model.one_zone
            joined.barred[patient] |= model.barred.get(patient, set())
            joined.follow_ups[patient] += model.follow_ups.get(patient, [])
            joined.promises[patient] += model.promises.get(patient, [])
            if (patient, monday) in model.counts:
                counts = model.counts[patient, monday]
                joined.count(patient, monday, range(max(counts.start, self._least), counts.stop))
            for turn in self._problem.turns:
                if (patient, turn) in model.seats:
                    joined.restrict(patient, turn, model.seats[patient, turn])
        return joined


def opening_fact(problem: Problem, ask: Ask, said: Words) -> Fact:
    """That nobody can sit in the turn, whoever it is."""
    source = problem.row("open_station", ask.turn.day).source
    return Fact("open_station", words("Station is open"), said, source)


def place_mask(model: Model, ask: Ask) -> int:
    """The stations asked for, as bits: one, a zone's, or all."""
    if ask.station is not None:
        return model.bit[ask.station]
    if ask.zone is not None:
        return model.mask(model.problem.zone_stations[ask.zone])
    return model.every_station


def in_place(model: Model, ask: Ask, weeks: Weeks) -> Weeks:
    """The asker's weeks with only the stations asked for in the turn asked for."""
    mask = place_mask(model, ask)
    berths = tuple(
        replace(one, seats=one.seats & mask) if one.turn == ask.turn else one
        for one in weeks.berths
    )
    return replace(weeks, berths=berths)


def _encoded(problem: Problem, rule: Rule) -> Model:
    model = Model(problem)
    rule.encode(model)
    return model
