"""The weeks that people could have after something has happened, and what each would cost.

What has been held stays. A week is legal, or it has sessions missing; only who cannot keep the
longest gap in any way may break it with all sessions held, by as little as will do. Staying as
planned is always among the choices where the place is still there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from domain.need import session_counts, treated_elsewhere_between, wanted_sessions
from scheduler.model import Model, Together
from scheduler.moves import with_companions
from scheduler.planner import build_model
from scheduler.program import Bools, Ints
from scheduler.repair.measures import MEASURES, Measure
from scheduler.repair.parts import Part, days_of, flagged, joined, marked
from scheduler.repair.situation import Situation
from scheduler.rules.everyone_placed import PRIORITY_FACTOR
from scheduler.rules.longest_gap import longest, next_open_day
from scheduler.rules.rule import Rule
from scheduler.targets import narrowed
from scheduler.walks import pace_of
from scheduler.weeks import Weeks, may_follow, weeks_of

SPACING = frozenset({"longest_gap", "every_other_day"})
"""Rules that a session left out breaks whatever is done."""


@dataclass(frozen=True)
class Choices:
    """Makes the weeks of some people. `loose` knows all rules but those of `spacing`."""

    situation: Situation
    loose: Model
    spacing: Model
    zones: tuple[tuple[str, int], ...]
    tiers: tuple[int, ...]

    @property
    def company(self) -> tuple[Together, ...]:
        """Who of these people should sit together with whom."""
        return tuple(self.loose.together)

    @property
    def known(self) -> frozenset[str]:
        """These people and those who come with them."""
        return frozenset(self.loose.problem.patient)

    def of(self, patient: str) -> tuple[Weeks, int]:
        """The patient's weeks, those with sessions missing among them, and how many sessions
        are owed."""
        owed = self.situation.sessions_owed(patient)
        most = owed + self._more(patient)
        found = self._found(self.loose, patient, range(1, most + 1))
        spaced = self._spaced(patient, found) & self._promised(found)
        if patient in self.situation.entering and spaced.any():
            owed = min(owed, int(found.sessions[spaced].max()))
            found = Part(found.weeks, self._measured(found.weeks, owed))
        full = (found.sessions >= owed) & self._promised(found)
        legal = full & spaced
        if not legal.any():
            found.measured[full, _OVERDUE] = self._overdue(patient, found.days(full))
            legal = full
        parts = [found.where(legal | (found.sessions < owed))]
        if not (legal & (found.measured[:, _SESSIONS] == 0)).any():
            parts.append(self._staying(patient, owed))
        return joined(parts), owed

    def _staying(self, patient: str, owed: int) -> Part:
        """The week as it is planned, where rules were set aside by hand and no legal one has
        it, and what is left of it if sessions are dropped."""
        free = copy(self.loose)
        free.follow_ups = defaultdict(list)
        found = self._found(free, patient, range(1, owed + 1))
        return found.where(self._planned(found.weeks).sum(axis=1) == found.sessions)

    # --- weeks ------------------------------------------------------------------------------

    def _more(self, patient: str) -> int:
        """Sessions that the prescription allows beyond those wanted."""
        problem = self.situation.problem
        most = session_counts(problem, patient, problem.first_day).stop - 1
        return max(0, most - wanted_sessions(problem, patient, problem.first_day))

    def _found(self, model: Model, patient: str, counts: range) -> Part:
        """Weeks with everything that was held."""
        asked = copy(model)
        asked.counts = {(patient, self.situation.monday): counts}
        weeks = weeks_of(asked, patient, self.situation.monday, self.zones, self.tiers)
        turns = {row.turn for row in self.situation.held.get(patient, ())}
        index = np.flatnonzero(marked(weeks, turns).sum(axis=1) == len(turns))
        part = Weeks(
            patient, weeks.monday, weeks.berths, weeks.choice[index], weeks.cost[index],
            weeks.days[index],
        )  # fmt: skip
        return Part(part, self._measured(part, self.situation.sessions_owed(patient)))

    def _spaced(self, patient: str, found: Part) -> Bools:
        """Weeks without too long a gap, from last week to the next."""
        weeks = found.weeks
        pace = pace_of(self.spacing, patient, weeks.monday)
        first, last = (np.array([*ends, True], np.bool_) for ends in (pace.first, pace.last))
        follows = np.ones((8, 8), np.bool_)
        follows[:7, :7] = pace.follows
        days = days_of(weeks)
        good = first[weeks.days[:, 0]] & last[weeks.days[:, 1]]
        for k in range(days.shape[1] - 1):
            good &= follows[days[:, k], days[:, k + 1]]
        return good & self._joins(patient, weeks)

    def _joins(self, patient: str, weeks: Weeks) -> Bools:
        """Weeks that may be followed by the plan's next week."""
        then = self.situation.next_days.get(patient)
        ends = [
            then is None or last < 0 or all(
                may_follow(model, patient, weeks.monday + timedelta(days=int(last)), then)
                for model in (self.loose, self.spacing)
            )
            for last in weeks.days[:, 1]
        ]  # fmt: skip
        return np.array(ends, np.bool_)

    def _overdue(self, patient: str, weeks: Iterable[list[date]]) -> list[int]:
        """Days beyond the longest gap of every week, but for those that are planned already."""
        situation = self.situation
        known = 0
        if patient not in situation.named:
            rows = (*situation.held.get(patient, ()), *situation.due.get(patient, ()))
            known = self._late(patient, sorted(row.day for row in rows))
        return [max(0, self._late(patient, days) - known) for days in weeks]

    def _late(self, patient: str, days: Sequence[date]) -> int:
        """Days beyond the longest gap, added up over a week with these session days."""
        problem = self.situation.problem
        last = [row.day for row in problem.history.get(patient, ())[-1:]]
        after = next_open_day(problem)
        chain = [*last, *days, *([after] if after else [])]
        return sum(
            max(0, (then - first).days - longest(problem, patient, then))
            for first, then in pairwise(chain)
            if not treated_elsewhere_between(problem, patient, first, then)
        )

    # --- what a week means ------------------------------------------------------------------

    def _planned(self, found: Weeks) -> Bools:
        """Which of a week's sessions are in turns of the plan in force, held or due."""
        situation = self.situation
        rows = (*situation.held.get(found.patient, ()), *situation.due.get(found.patient, ()))
        return marked(found, {row.turn for row in rows})

    def _promised(self, found: Part) -> Bools:
        """Weeks that keep every promise still to be kept."""
        locks = self.situation.problem.locks.get(found.weeks.patient, ())
        turns = {lock.turn for lock in locks if lock.turn in self.situation.turns}
        kept: Bools = marked(found.weeks, turns).sum(axis=1) == len(turns)
        return kept

    def _measured(self, found: Weeks, owed: int) -> Ints:
        """The measures of every week if so many sessions are owed; weeks x measures."""
        situation, patient = self.situation, found.patient
        sessions = (found.choice >= 0).sum(axis=1)
        kept = self._planned(found).sum(axis=1)
        retimed = np.maximum(0, sessions - kept - situation.fresh.get(patient, 0))
        coming = {turn for who, turn in situation.underway if who == patient}
        sent_back = len(coming) - marked(found, coming).sum(axis=1)
        missing = np.maximum(0, owed - sessions)
        weight = PRIORITY_FACTOR[situation.problem.patient[patient].priority]
        by_measure = {
            Measure.UNPLACED: missing,
            Measure.SHARED: weight * missing * missing,
            Measure.OVERDUE: np.zeros_like(sessions),
            Measure.UNDERWAY: sent_back,
            Measure.PATIENTS: np.minimum(1, retimed),
            Measure.SESSIONS: retimed,
            Measure.STATIONS: flagged(found, self._elsewhere(found)).sum(axis=1),
        }
        return np.stack([by_measure[one] for one in Measure], axis=1).astype(np.int64)

    def _elsewhere(self, found: Weeks) -> list[bool]:
        """Berths in a turn of the plan in which the planned station will not do."""
        station = {row.turn: row.station for row in self.situation.due.get(found.patient, ())}
        bit = self.loose.bit
        return [
            berth.turn in station and not berth.seats & bit[station[berth.turn]]
            for berth in found.berths
        ]


_OVERDUE, _SESSIONS = (MEASURES.index(one) for one in (Measure.OVERDUE, Measure.SESSIONS))


def choices_of(
    situation: Situation,
    people: frozenset[str],
    rules: Iterable[Rule],
    tiers: tuple[int, ...],
) -> Choices:
    """What is needed to make the weeks of these people, with the center's costs by tier."""
    listed = tuple(rules)
    narrow = narrowed(situation.problem, with_companions(situation.problem, people))
    loose = build_model(narrow, (rule for rule in listed if rule.name not in SPACING))
    spacing = build_model(narrow, (rule for rule in listed if rule.name in SPACING))
    loose.promises.clear()
    for patient in sorted(people):
        _settle(situation, loose, patient)
    zones = tuple((code, loose.mask(at)) for code, at in narrow.zone_stations.items())
    return Choices(situation, loose, spacing, zones, tiers)


def _settle(situation: Situation, model: Model, patient: str) -> None:
    """What was held can be nowhere else; a place once given by hand may be kept; nothing else
    begins any more in turns that have begun."""
    problem = situation.problem
    held = {row.turn: row for row in situation.held.get(patient, ())}
    for turn in problem.turns:
        if turn in held:
            model.barred[patient].discard(turn)
            model.seats[patient, turn] = model.bit[held[turn].station]
        elif not situation.may_sit(patient, turn):
            model.barred[patient].add(turn)
    if patient in situation.named:
        return
    for row in situation.due.get(patient, ()):
        if problem.is_open(row.station, row.turn):
            allowed = model.allowed(patient, row.turn)
            model.barred[patient].discard(row.turn)
            model.seats[patient, row.turn] = allowed | model.bit[row.station]
