"""How things stand in one week when a repair begins: what is over, what is due, what is owed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.by_patient import by_patient
from domain.calendar import Span, Turn, monday_of
from domain.center import Closure
from domain.frozen import begun
from domain.need import is_away, wanted_sessions
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.register import Register
from domain.trouble import PatientBack, PatientJoins, StationOut, Trouble, WaterOff
from domain.troubled import cut_off, owed_again, troubled
from domain.words import words
from scheduler.repair.limits import RepairLimits


@dataclass(frozen=True)
class Situation:
    """One week of a plan in force. `before` and `problem` are the center without and with the
    troubles; both have only this week as their horizon.

    `held` are sessions of turns that have begun, `due` those still to come, among them those
    that broke off too early at a station and may go on at another (`cut`); where the water
    failed nobody goes on (`lost`). Who is no patient of the week any more is in neither but in
    `others`. `owed` are sessions wanted of the week in all and `fresh` those of them that the
    plan had no place for; both name only patients for whom they are not what is planned.
    `entering` begin or come back in mid-week: of them no more is owed than their own week has
    room for. `next_days` are the first session days in a further week of the plan.
    """

    before: Problem
    problem: Problem
    now: datetime
    turns: frozenset[Turn]
    held: Mapping[str, tuple[Assignment, ...]]
    due: Mapping[str, tuple[Assignment, ...]]
    others: tuple[Assignment, ...]
    cut: tuple[Assignment, ...]
    lost: tuple[Assignment, ...]
    owed: Mapping[str, int]
    fresh: Mapping[str, int]
    entering: frozenset[str]
    named: frozenset[str]
    underway: frozenset[tuple[str, Turn]]
    next_days: Mapping[str, date]

    @property
    def monday(self) -> date:
        """The week."""
        return self.problem.first_day

    @property
    def rows(self) -> Iterator[Assignment]:
        """Every session that the plan has and that was not missed."""
        for rows in (*self.held.values(), *self.due.values(), self.others):
            yield from rows

    def sessions_owed(self, patient: str) -> int:
        """Sessions that the patient should have in the week, held ones included."""
        planned = len(self.held.get(patient, ())) + len(self.due.get(patient, ()))
        return self.owed.get(patient, planned)

    def may_sit(self, patient: str, turn: Turn) -> bool:
        """True if the turn is still to begin, or is the one that broke off for the patient."""
        return turn in self.turns or any(
            row.patient == patient and row.turn == turn for row in self.cut
        )


def situation_of(
    problem: Problem,
    plan: Plan,
    troubles: tuple[Trouble, ...],
    now: datetime,
    limits: RepairLimits,
) -> Situation:
    """The week of a problem of one week. The plan may have more weeks."""
    clock = now.replace(tzinfo=None)
    rows = tuple(row for row in plan.assignments if monday_of(row.day) == problem.first_day)
    gone = frozenset(begun(problem, clock))
    share = limits.counts_from
    out = [one for one in troubles if isinstance(one, StationOut)]
    dry = [one for one in troubles if isinstance(one, WaterOff)]
    lost = cut_off(problem, rows, dry, clock, share)
    missed = frozenset((*owed_again(problem, rows, troubles), *lost))
    cut = tuple(row for row in cut_off(problem, rows, out, clock, share) if row not in missed)
    changed = broken_off(troubled(problem, troubles, clock), cut)
    there = [row for row in rows if row not in missed]
    mine = [row for row in there if row.patient in changed.patient]
    held = by_patient(row for row in mine if row.turn in gone and row not in cut)
    due = by_patient(row for row in mine if row.turn not in gone or row in cut)
    owed, fresh = _owed(changed, held, due, missed, troubles)
    named = _named(problem.register, changed.register) | owed.keys()
    leaving = _underway(problem, due, clock, limits.underway_minutes)
    return Situation(
        before=problem,
        problem=changed,
        now=clock,
        turns=frozenset(turn for turn in problem.turns if turn not in gone),
        held=held,
        due=due,
        others=tuple(row for row in there if row.patient not in changed.patient),
        cut=cut,
        lost=lost,
        owed=owed,
        fresh=fresh,
        entering=frozenset(
            one.patient for one in troubles if isinstance(one, (PatientBack, PatientJoins))
        ),
        named=named,
        underway=frozenset(one for one in leaving if one[0] not in named),
        next_days=_next_days(plan, problem.end_day),
    )


def _next_days(plan: Plan, monday: date) -> dict[str, date]:
    """The first day of a plan's sessions in the week after, by patient."""
    rows = (row for row in plan.assignments if monday_of(row.day) == monday)
    return {patient: mine[0].day for patient, mine in by_patient(rows).items()}


def broken_off(problem: Problem, cut: Iterable[Assignment]) -> Problem:
    """The problem in which nobody goes on at a station at which a session broke off."""
    reason = words("the session broke off")
    shut = tuple(
        Closure(Span(row.day, row.day), reason, row.shift, station=row.station) for row in cut
    )
    register = replace(problem.register, closures=(*problem.register.closures, *shut))
    return replace(problem, register=register) if shut else problem


def _owed(
    problem: Problem,
    held: Mapping[str, tuple[Assignment, ...]],
    due: Mapping[str, tuple[Assignment, ...]],
    missed: Iterable[Assignment],
    troubles: Iterable[Trouble],
) -> tuple[dict[str, int], dict[str, int]]:
    """Sessions owed of the week, and those of them without a place, where they differ from what
    is planned: after a missed session, for who joins or is back, and for who is away so long
    that somebody else treats them."""
    again = Counter(row.patient for row in missed)
    full = {one.patient for one in troubles if isinstance(one, (PatientBack, PatientJoins))}
    full -= held.keys()
    asked = sorted({*again, *full, *problem.absences} & problem.patient.keys())
    owed, fresh = {}, {}
    for patient in asked:
        planned = (*held.get(patient, ()), *due.get(patient, ()))
        here = sum(not is_away(problem, patient, row.day) for row in planned)
        wanted = wanted_sessions(problem, patient, problem.first_day)
        count = wanted if patient in full else min(wanted, here + again[patient])
        count = max(count, len(held.get(patient, ())))
        if count != len(planned) or patient in again:
            owed[patient] = count
            fresh[patient] = max(0, count - here)
    return owed, fresh


def _named(before: Register, after: Register) -> frozenset[str]:
    """Patients of whom the troubles change what is known."""
    people = {who.code for who in set(before.patients) ^ set(after.patients)}
    away = {row.patient for row in set(before.absences) ^ set(after.absences)}
    promised = {lock.patient for lock in set(before.locks) ^ set(after.locks)}
    return frozenset(people | away | promised)


def _underway(
    problem: Problem, due: Mapping[str, tuple[Assignment, ...]], now: datetime, minutes: int
) -> Iterable[tuple[str, Turn]]:
    """Who has left home for a turn, or is about to."""
    soon = now + timedelta(minutes=minutes)
    for patient, rows in due.items():
        who = problem.patient.get(patient)
        if who is not None:
            leaves = (problem.presence(patient, row.turn).start for row in rows[:1])
            if any(one - timedelta(minutes=who.travel_minutes) <= soon for one in leaves):
                yield patient, rows[0].turn
