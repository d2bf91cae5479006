"""A plan with all that every question about it asks for again: rules, columns, who sits where.

A session that the plan has against the rules, because somebody took the word for it, is left
where it is: the patient's week is then the only one, as if nothing else were legal. Rows that the
plan overfills are as wide as it fills them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product

import numpy as np

from domain.concession import DoctorAllows
from domain.plan import Assignment, Plan
from domain.problem import Problem
from scheduler.check import Verdict, check, enabled
from scheduler.model import PROMISES, Model
from scheduler.planner import build_model
from scheduler.program import Bools, Ints
from scheduler.rules import RULES
from scheduler.rules.rule import Rule
from scheduler.targets import narrowed
from scheduler.timetable import tiers_of
from scheduler.walks import zone_masks
from scheduler.weeks import Berth, Weeks, weeks_of

UNPLACED = 0
"""The position of the week without sessions among a patient's weeks."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A patient's weeks from one Monday that keep all sessions, the unplaced one first, and the
    position of the one that the plan has."""

    weeks: Weeks
    now: int

    @property
    def patient(self) -> str:
        """Whose."""
        return self.weeks.patient

    @property
    def key(self) -> tuple[str, date]:
        """Whose, and from which Monday on."""
        return self.weeks.patient, self.weeks.monday


@dataclass(frozen=True)
class Ground:
    """Problem, plan and rules, and what follows from them, each found when first asked for.

    Of a ground that is `known`, and differs only for the patients `touched` and in how many seats
    there are, everybody else's weeks are taken over.
    """

    problem: Problem
    plan: Plan
    rules: tuple[Rule, ...]
    let_go: frozenset[DoctorAllows] = frozenset()
    known: Ground | None = None
    touched: frozenset[str] = frozenset()

    @cached_property
    def model(self) -> Model:
        """What all rules ask for, without those that a doctor lets go for somebody: these say
        only which day may follow which."""
        model = build_model(self.problem, self.rules)
        for patient in sorted({one.patient for one in self.let_go}):
            spared = {one.rule for one in self.let_go if one.patient == patient}
            kept = [rule for rule in self.rules if rule.hard and rule.name not in spared]
            alone = build_model(narrowed(self.problem, frozenset({patient})), kept)
            model.follow_ups[patient] = alone.follow_ups[patient]
        return model

    @cached_property
    def verdict(self) -> Verdict:
        """What the judge says of the plan."""
        return check(self.problem, self.plan, self.rules)

    @cached_property
    def zones(self) -> Mapping[str, int]:
        """Every zone's stations as bits."""
        return zone_masks(self.model)

    @cached_property
    def tiers(self) -> tuple[int, ...]:
        """The tiers that weeks can cost something in."""
        return tiers_of(self.model)

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Everybody's weeks, by patient and Monday."""
        same: dict[tuple[str, date], Standing] = {}
        if self.known is not None and self.known.tiers == self.tiers:
            same = {one.key: one for one in self.known.standings if one.patient not in self.touched}
        keys = product(sorted(self.problem.patient), self.problem.mondays)
        return tuple(same.get(key) or self.standing(*key) for key in keys)

    def standing(self, patient: str, monday: date) -> Standing:
        """One patient's weeks with no fewer sessions than planned and no other promise broken."""
        rows = self.plan.by_week.get((patient, monday), ())
        weeks = self._weeks(patient, monday)
        now = self._position(weeks, rows)
        if now is None:
            return Standing(self._as_it_is(patient, monday, rows), now=1)
        keep = self._keeps_all(weeks, len(rows), int(self._broken_promises(weeks)[now]))
        return Standing(chosen(weeks, np.flatnonzero(keep)), int(keep[:now].sum()))

    def legal_weeks(self, patient: str, monday: date) -> Weeks:
        """The same by the rules alone, whatever the plan has the patient do against them."""
        rows = self.plan.by_week.get((patient, monday), ())
        weeks = self._weeks(patient, monday)
        now = self._position(weeks, rows)
        broken = 0 if now is None or not rows else int(self._broken_promises(weeks)[now])
        return chosen(weeks, np.flatnonzero(self._keeps_all(weeks, len(rows), broken)))

    def _weeks(self, patient: str, monday: date) -> Weeks:
        return weeks_of(self.model, patient, monday, tuple(self.zones.items()), self.tiers)

    def _keeps_all(self, weeks: Weeks, sessions: int, broken: int) -> Bools:
        """Which weeks have so many sessions and break no more promises; the unplaced one too."""
        keep: Bools = (weeks.choice >= 0).sum(axis=1) >= max(1, sessions)
        keep &= self._broken_promises(weeks) <= broken
        keep[UNPLACED] = True
        return keep

    def _position(self, weeks: Weeks, rows: tuple[Assignment, ...]) -> int | None:
        """Which of the weeks the rows are; `None` if none is."""
        if not rows:
            return UNPLACED
        berths = {(berth.turn, berth.zone): i for i, berth in enumerate(weeks.berths)}
        mine = [i for row in rows if (i := berths.get((row.turn, self._zone(row)))) is not None]
        wide = weeks.choice.shape[1]
        seated = len(mine) == len(rows) <= wide and all(
            weeks.berths[i].seats & self.model.bit[row.station]
            for i, row in zip(mine, rows, strict=True)
        )
        if not seated:
            return None
        sought = np.sort(np.array([*mine, *[-1] * (wide - len(mine))], np.int16))
        found = np.flatnonzero((np.sort(weeks.choice, axis=1) == sought).all(axis=1))
        return int(found[0]) if len(found) else None

    def _zone(self, row: Assignment) -> str:
        return self.problem.station[row.station].zone

    def _broken_promises(self, weeks: Weeks) -> Ints:
        if PROMISES not in self.tiers:
            return np.zeros(len(weeks.choice), np.int64)
        broken: Ints = weeks.cost[:, self.tiers.index(PROMISES)]
        return broken

    def _as_it_is(self, patient: str, monday: date, rows: tuple[Assignment, ...]) -> Weeks:
        """Unplaced, or exactly these sessions at exactly these stations."""
        berths = tuple(
            Berth(row.turn, self._zone(row), self.model.bit[row.station]) for row in rows
        )
        every = np.arange(len(berths), dtype=np.int16)
        ends = [(rows[0].day - monday).days, (rows[-1].day - monday).days]
        return Weeks(
            patient,
            monday,
            berths,
            np.array([np.full_like(every, -1), every], np.int16),
            np.zeros((2, len(self.tiers)), np.int64),
            np.array([[-1, -1], ends], np.int8),
        )


def ground_of(
    problem: Problem,
    plan: Plan,
    rules: Iterable[Rule] = RULES,
    let_go: Iterable[DoctorAllows] = (),
) -> Ground:
    """What questions about a plan stand on. The plan must name only patients, shifts and
    stations of the problem, and nobody twice in a turn."""
    return Ground(problem, plan, enabled(problem, rules), frozenset(let_go))


def chosen(weeks: Weeks, positions: Ints) -> Weeks:
    """Some of the weeks."""
    return replace(
        weeks,
        choice=weeks.choice[positions],
        cost=weeks.cost[positions],
        days=weeks.days[positions],
    )
