"""Planning again with the seat promised: who else has to move, as few people as can be.

Nobody may lose a session. First it is settled whether that can be at all, then fewest people
besides the one who asks, then fewest sessions at other times, then the center's own order. The
plan in force with the asker's week taken out is where the search starts, so there is always a
beginning; that week weighs more than everything else together.

Only people who could matter enter: those who may use a zone that the asker could use, those who
may use a zone of theirs, and so on, with everybody who comes with one of them. All others share no
row with any of these, so their part of the plan is as good as it is, and the optimum over these
with the others left alone is the optimum over all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from domain.calendar import Turn, monday_of
from domain.why_not import Ask, Least
from scheduler.effort import Effort, Watch
from scheduler.program import Bools, Ints
from scheduler.search import search
from scheduler.tiers import Staircase, apart, blocks
from scheduler.timetable import Timetable, timetable_of
from scheduler.weeks import Berth, Weeks
from scheduler.why_not.ground import UNPLACED, Ground, Standing, chosen
from scheduler.why_not.own import in_place

_LOST, _OTHERS, _SESSIONS = -3, -2, -1
"""Tiers before all of the center's."""
_NOBODY = Least(0, 0)


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of everybody who could matter, and which of them the plan has now: the asker's
    is the unplaced week, `held` the turns that the plan gives the asker."""

    timetable: Timetable
    now: Ints
    asker: int
    held: frozenset[Turn]


@dataclass(frozen=True, slots=True)
class Arranged:
    """Everybody's berths in the best arrangement found; none if nobody can have it without
    somebody losing a session. `settled` is false if neither could be proven in time."""

    berths: Mapping[str, tuple[Berth, ...]] | None
    settled: bool
    others: Least = _NOBODY
    sessions: Least = _NOBODY


def arranged(table: Table, effort: Effort, watch: Watch) -> Arranged:
    """The best arrangement, or the proof that there is none."""
    timetable = _priced(table)
    stairs = Staircase(timetable)
    marks, proven = table.now, True
    costs: dict[int, Least] = {}
    for block in blocks(timetable):
        program = stairs.program(block)
        outcome = search(program, stairs.start(program, marks), effort, watch)
        stairs.settle(block, program, outcome)
        marks = outcome.columns.mark
        found = tuple(apart(block, outcome.cost))
        bounds = tuple(apart(block, outcome.bound))
        for index, cost, bound in zip(block.tiers, found, bounds, strict=True):
            costs[timetable.tiers[index]] = Least(cost, bound if proven else 0)
            proven = proven and bound >= cost
        if costs[_LOST].found:
            return Arranged(None, settled=costs[_LOST].proven)
    return Arranged(_berths(timetable, marks), True, costs[_OTHERS], costs[_SESSIONS])


def _berths(timetable: Timetable, marks: Ints) -> dict[str, tuple[Berth, ...]]:
    found: dict[str, tuple[Berth, ...]] = {}
    for column in marks.tolist():
        patient, berths = timetable.berths(column)
        found[patient] = (*found.get(patient, ()), *berths)
    return found


# --- columns ----------------------------------------------------------------------------------


def table_of(ground: Ground, ask: Ask) -> Table | None:
    """Everything to choose among; `None` if no legal week of the asker has the seat in it."""
    own = asked_weeks(ground, ask)
    if len(own.choice) == 1:
        return None
    people = _who_matter(ground, ask.patient, own)
    parts = [one for one in ground.standings if one.weeks.patient in people]
    asker = next(i for i, one in enumerate(parts) if _is_asked(one, own))
    parts[asker] = Standing(own, UNPLACED)
    timetable = timetable_of(ground.model, tuple(one.weeks for one in parts))
    now = timetable.first[:-1] + np.array([one.now for one in parts], np.int64)
    rows = ground.plan.by_week.get((own.patient, own.monday), ())
    held = frozenset(row.turn for row in rows)
    return Table(_as_wide_as_used(timetable, now), now, asker, held)


def _is_asked(standing: Standing, own: Weeks) -> bool:
    return (standing.weeks.patient, standing.weeks.monday) == (own.patient, own.monday)


def asked_weeks(ground: Ground, ask: Ask) -> Weeks:
    """The asker's weeks that keep all sessions and have the seat, after the unplaced one."""
    legal = ground.legal_weeks(ask.patient, monday_of(ask.turn.day))
    weeks = in_place(ground.model, ask, legal)
    right = [i for i, one in enumerate(weeks.berths) if one.turn == ask.turn and one.seats]
    has: Bools = np.asarray(np.isin(weeks.choice, right).any(axis=1))
    has[UNPLACED] = True
    return chosen(weeks, np.flatnonzero(has))


def _who_matter(ground: Ground, asker: str, own: Weeks) -> frozenset[str]:
    """Who could stand in the way of whom, from the asker on."""
    used = {weeks.patient: _zones(weeks) for weeks in (s.weeks for s in ground.standings)}
    zones, people = _zones(own), {asker}
    pairs = [(pair.first, pair.second) for pair in ground.model.together]
    while True:
        near = {who for who, mine in used.items() if mine & zones} | people
        near |= {who for pair in pairs if near.intersection(pair) for who in pair}
        if near == people:
            return frozenset(people)
        people = near
        zones = zones.union(*(used.get(who, frozenset()) for who in people))


def _zones(weeks: Weeks) -> frozenset[str]:
    return frozenset(berth.zone for berth in weeks.berths)


def _as_wide_as_used(timetable: Timetable, now: Ints) -> Timetable:
    """Rows that the plan overfills, with somebody's word for it, take what it has in them."""
    used = timetable.columns.take(now).usage(len(timetable.limit))
    used[timetable.overflow_row] = 0
    return replace(timetable, limit=np.maximum(timetable.limit, used))


# --- what it costs ----------------------------------------------------------------------------


def _priced(table: Table) -> Timetable:
    """The timetable with three tiers before its own: weeks lost, people and sessions moved."""
    timetable = table.timetable
    positions = (table.now - timetable.first[:-1]).tolist()
    parts = [_prices(weeks, at) for weeks, at in zip(timetable.weeks, positions, strict=True)]
    parts[table.asker] = _asker_prices(timetable.weeks[table.asker], table.held)
    prices = np.concatenate([*parts, np.zeros((len(timetable.overflow_row), 3), np.int64)])
    return replace(
        timetable,
        tiers=(_LOST, _OTHERS, _SESSIONS, *timetable.tiers),
        tier_cost=np.concatenate([prices, timetable.tier_cost], axis=1),
    )


def _prices(weeks: Weeks, now: int) -> Ints:
    """Of each week: lost, moved, and how many sessions lie where none was."""
    count = len(weeks.choice)
    lost = np.zeros(count, np.int64)
    lost[UNPLACED] = 1 if now != UNPLACED else 0
    other = (np.arange(count) != now).astype(np.int64)
    turns = frozenset(weeks.berths[i].turn for i in weeks.choice[now] if i >= 0)
    return np.stack([lost, other, _moved(weeks, turns)], axis=1)


def _asker_prices(weeks: Weeks, held: frozenset[Turn]) -> Ints:
    """The same of who asks, who is not counted among the people."""
    lost = np.zeros(len(weeks.choice), np.int64)
    lost[UNPLACED] = 1
    return np.stack([lost, np.zeros_like(lost), _moved(weeks, held)], axis=1)


def _moved(weeks: Weeks, turns: frozenset[Turn]) -> Ints:
    elsewhere = np.array([berth.turn not in turns for berth in weeks.berths] + [False], np.int64)
    moved: Ints = elsewhere[weeks.choice].sum(axis=1)
    return moved
