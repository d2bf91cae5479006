"""Offers for a session that was missed: every one judged by all rules, the least harmful first.

A free seat is looked for first, then one that is free if others change their stations; only where
a turn has neither are others asked to come at another time, as few as will do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from domain.bad_day import Wait
from domain.calendar import Turn, monday_of
from domain.draft import Move, moved
from domain.frozen import begun
from domain.offer import LATE_HOURS, Judged, Offer
from domain.one_week import one_week
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.waiting import Waiting, waiting
from scheduler.make_up.choices import Choice, choices
from scheduler.make_up.floor import UNMENDED, Hall, ground, hall_of, moves_between
from scheduler.make_up.making_room import LONGEST, RoomMaker
from scheduler.moves import verdict_of
from scheduler.open_seats import Cell

CONSECUTIVE = frozenset({"rest_day"})
"""What a doctor waives who allows a patient sessions on days in a row."""
_TRIED = 4
"""Ways to spend the rest of the week that are tried for each turn offered."""
_ENOUGH = 4
"""Legal ways to make room among which the least harmful is taken."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One missed session: the plan as it is stored, the week without the session, and who sits
    where in it."""

    problem: Problem
    plan: Plan
    week: Plan
    missed: Assignment
    hall: Hall
    maker: RoomMaker
    waived: frozenset[str]


def offers(
    problem: Problem,
    plan: Plan,
    missed: Assignment,
    now: datetime,
    hours: int = LATE_HOURS,
    waived: frozenset[str] = frozenset(),
) -> tuple[Offer, ...]:
    """Every turn in which a missed session can be made up within so many hours, the least harmful
    first; none if there is none, within the week of the session.

    `plan` holds the session, which may be over or still to come; `now` is local. `waived` are
    rules that need not hold for this patient, by the doctor's word. Raises Outdated if the plan
    does not hold the session.
    """
    week, without = _week_without(problem, plan, missed)
    gone = frozenset(begun(week, now))
    there = ground(week, waived)
    counted = _counted(week, without, gone)
    by_turn: defaultdict[Turn, list[Choice]] = defaultdict(list)
    for choice in choices(there, without, counted, missed, gone, hours):
        by_turn[choice.offered.turn].append(choice)
    maker = RoomMaker(ground(week) if waived else there, without, gone, missed.patient)
    case = _Case(problem, plan, without, missed, hall_of(there, without), maker, waived)
    found = (_best(case, _tried(case, mine)) for mine in by_turn.values())
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.harm))


def unmade(problem: Problem, plan: Plan, missed: Assignment, now: datetime) -> Wait | None:
    """The patient's longest wait if the session is not made up. Raises Outdated as `offers`."""
    week, without = _week_without(problem, plan, missed)
    counted = _counted(week, without, frozenset(begun(week, now)))
    rows = without.by_patient.get(missed.patient, ())
    return counted.longest(missed.patient, [row.day for row in rows])


def _week_without(problem: Problem, plan: Plan, missed: Assignment) -> tuple[Problem, Plan]:
    week, alone = one_week(problem, plan, monday_of(missed.day))
    return week, moved(alone, (Move(missed, None),))


def _counted(week: Problem, plan: Plan, gone: frozenset[Turn]) -> Waiting:
    return waiting(week, [row for row in plan.assignments if row.turn in gone])


def _tried(case: _Case, mine: Sequence[Choice]) -> list[tuple[Choice, Hall]]:
    """The ways with fewest turns in which there is no seat, of these the least harmful."""
    halls = [(choice, _given_up(case, choice)) for choice in mine]
    full = [len(_full(case, hall, choice)) for choice, hall in halls]
    order = sorted(range(len(halls)), key=lambda at: (full[at], halls[at][0].order))
    return [halls[at] for at in order[:_TRIED]]


def _best(case: _Case, halls: Sequence[tuple[Choice, Hall]]) -> Offer | None:
    """The least harmful offer of one turn: with the fewest others who come at another time."""
    free = ((choice, _into(case, hall, choice)) for choice, hall in halls)
    found = _least(_offer(case, choice, after) for choice, after in free if after is not None)
    return found or _least(islice(_with_room(case, halls), _ENOUGH))


def _with_room(case: _Case, halls: Sequence[tuple[Choice, Hall]]) -> Iterator[Offer]:
    """Legal offers for which others come at another time, never more than for one found before."""
    fewest = LONGEST
    for choice, hall in halls:
        full = _full(case, hall, choice)
        if len(full) != 1:
            continue  # more than one turn to make room in asks too much of too many
        for others, room in case.maker.rooms(hall, full[0]):
            if others > fewest:
                break
            after = _into(case, room, choice)
            offer = _offer(case, choice, after) if after is not None else None
            if offer is not None and offer.judged.legal:
                fewest = others
                yield offer


def _least(found: Iterable[Offer]) -> Offer | None:
    return min((one for one in found if one.judged.legal), key=lambda one: one.harm, default=None)


def _full(case: _Case, hall: Hall, choice: Choice) -> list[Cell]:
    """The turns of the choice in which there is no seat."""
    cells = [(berth.zone, berth.turn) for berth in choice.extra]
    return [cell for cell in cells if hall.seated(case.missed.patient, cell, ()) is None]


def _given_up(case: _Case, choice: Choice) -> Hall:
    hall = case.hall
    for row in choice.given_up:
        hall = hall.without(row)
    return hall


def _into(case: _Case, hall: Hall, choice: Choice) -> Hall | None:
    """The hall with every turn of the choice, if each has a seat and nobody else moves."""
    patient = case.missed.patient
    own = (row.station for row in case.week.by_patient.get(patient, ()))
    likes = tuple(dict.fromkeys((case.missed.station, *own)))
    found: Hall | None = hall
    for berth in choice.extra:
        if found is not None:
            found = found.seated(patient, (berth.zone, berth.turn), likes)
    return found


def _offer(case: _Case, choice: Choice, after: Hall) -> Offer:
    """What a week with the session made up means, as moves of the plan as it is stored."""
    patient = case.missed.patient
    moves = _moves(case, choice, after)
    others = [one for one in moves if one.patient != patient]
    retimed = {one.patient for one in others if _turn(one.before) != _turn(one.after)}
    session = moves[0].after
    if session is None:
        raise ValueError("an offer without a session")
    return Offer(
        session=session,
        moves=moves,
        wait=choice.wait,
        hours=choice.hours,
        own=len(choice.given_up),
        others=tuple(sorted(retimed)),
        reseated=tuple(sorted({one.patient for one in others} - retimed)),
        judged=judged(case.problem, case.plan, case.missed, moves, case.waived),
    )


def _moves(case: _Case, choice: Choice, after: Hall) -> tuple[Move, ...]:
    """From the stored plan: the missed session to the offered one, the patient's others, then
    those of other people."""
    patient = case.missed.patient
    made = moves_between(case.hall, after)
    rows = {one.after.turn: one.after for one in made if one.patient == patient and one.after}
    extra = [rows[berth.turn] for berth in choice.extra]
    own = [Move(case.missed, extra[0]), *map(Move, choice.given_up, extra[1:])]
    return (*own, *(one for one in made if one.patient != patient))


def _turn(row: Assignment | None) -> Turn | None:
    return row.turn if row is not None else None


def judged(
    problem: Problem,
    plan: Plan,
    missed: Assignment | None,
    moves: Iterable[Move],
    waived: frozenset[str] = frozenset(),
) -> Judged:
    """What all rules say of moves, as against the plan without a session that was missed: a gap
    that is too long by now is nobody's fault who mends it. `waived` are rules of which the doctor
    has said that they need not hold for this patient now."""
    steps = tuple(moves)
    if missed is None:
        verdict = verdict_of(problem, plan, steps)
        return Judged(verdict.broken, (), verdict.costs)
    base = moved(plan, (Move(missed, None),))
    rest = (Move(None, one.after) if one.before == missed else one for one in steps)
    verdict = verdict_of(problem, base, rest)
    own = [one for one in verdict.broken if one.patient == missed.patient]
    owed = {one.rule for one in verdict.mended if one.patient == missed.patient} & UNMENDED
    left = tuple(one for one in own if one.rule in owed)
    freed = tuple(one for one in own if one.rule in waived and one not in left)
    broken = tuple(one for one in verdict.broken if one not in left and one not in freed)
    return Judged(broken, left, verdict.costs, freed)
