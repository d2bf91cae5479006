"""Who comes when after something has happened: as few people as possible enter the search.

It begins with those who cannot stay. Everybody else is held where the plan has them, and after
each search the prices of the seats say who could help. Why that is exact: let y be the prices,
none below 0, and let somebody outside hold seats worth v. Any other week costs at least one
patient and one session at another time, or one session missing, so at these prices it is better
than staying by less than v minus that cost. As long as the cost less v exceeds the slack between
the best choice found and what the prices prove, no choice that is as good moves that person,
whatever else is done: the bound holds for the whole center, and so do all later tiers. Whoever
fails that test enters, and the search is made again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace

import numpy as np

from domain.plan import Assignment
from scheduler.greedy import greedy
from scheduler.model import Together
from scheduler.program import SCALE, Ints
from scheduler.repair.choices import choices_of
from scheduler.repair.measures import MEASURES, Measure
from scheduler.repair.question import Question
from scheduler.repair.room import Crowd
from scheduler.repair.situation import Situation
from scheduler.search import search
from scheduler.state import Outcome
from scheduler.tiers import Block, Staircase, apart, blocks, with_row
from scheduler.timetable import Timetable, timetable_of
from scheduler.weeks import Berth, Weeks

_MANY, _SAMPLE, _BATCH = 400, 24, 150
"""People up to whom all of a crowd enter at once; else so many for each one who must leave, and
then so many at a time of those whom the prices call for."""


@dataclass(frozen=True, slots=True)
class Found:
    """One tier as the search left it: what it costs and what is proven."""

    tier: int
    cost: int
    bound: int


@dataclass(frozen=True)
class Retimed:
    """The turns of everybody who entered the search, in order of time, the sessions owed to
    them, the search's tiers, and who is beyond the longest gap whatever is done."""

    berths: Mapping[str, tuple[Berth, ...]]
    owed: Mapping[str, int]
    tiers: tuple[Found, ...]
    overdue: frozenset[str] = frozenset()


def retimed(question: Question) -> Retimed:
    """The best turns for everybody within the effort; nobody enters if all can stay."""
    situation, room = question.situation, question.room
    struck = _struck(situation)
    crowds = tuple(room.crowded())
    first = struck.union(*(one.patients for one in crowds)) & situation.problem.patient.keys()
    if not first:
        return Retimed({}, {}, tuple(Found(tier, 0, 0) for tier in MEASURES))
    near = _near(question, first)
    few = len(near) <= _MANY
    asked = _Asked(question, first)
    if few and 2 * len(first) > len(near):
        asked.ask(near)  # most of them would be asked in the end
    else:
        asked.ask(first if few else struck | _sample(crowds, first))
    step = None
    while True:
        step = _Step(question, asked, step)
        more = step.helpers(ties=few)
        few = few and len(asked.weeks) + len(more) <= _MANY
        if more and not few:
            more = step.helpers(ties=False)
        if not more or question.watch.over:
            return step.settled(exact=not more, ties=few)
        asked.ask(frozenset(more if few else more[:_BATCH]))


def _struck(situation: Situation) -> frozenset[str]:
    """Patients whom the troubles concern by name, or whose session broke off."""
    cut = {row.patient for row in situation.cut}
    return (situation.named | cut) & situation.problem.patient.keys()


def _near(question: Question, people: frozenset[str]) -> frozenset[str]:
    """These people and all who sit in a zone in which one of them does."""
    station = question.situation.problem.station
    rows = [(row.patient, station[row.station].zone) for row in question.situation.rows]
    zones = {zone for patient, zone in rows if patient in people}
    known = question.situation.problem.patient.keys()
    return people | ({patient for patient, zone in rows if zone in zones} & known)


def _sample(crowds: tuple[Crowd, ...], known: frozenset[str]) -> frozenset[str]:
    """Some of every crowd, those first who are in several of them."""
    often = Counter(patient for crowd in crowds for patient in crowd.patients)
    found: set[str] = set()
    for crowd in crowds:
        there = sorted(known.intersection(crowd.patients), key=lambda one: (-often[one], one))
        found.update(there[: _SAMPLE * crowd.excess])
    return frozenset(found)


class _Asked:
    """The people in the search and their weeks, made once; they grow in number."""

    def __init__(self, question: Question, first: frozenset[str]) -> None:
        rows = (question.situation.problem.row(one.name) for one in question.rules if not one.hard)
        self._question = question
        self._first = first
        self.tiers = (*MEASURES, *sorted({row.tier for row in rows if row.tier is not None}))
        self.weeks: dict[str, Weeks] = {}
        self.owed: dict[str, int] = {}
        self.known: frozenset[str] = frozenset()
        self.company: dict[Together, None] = {}

    def ask(self, people: frozenset[str]) -> None:
        """More people."""
        question = self._question
        choices = choices_of(
            question.situation, people, question.rules, self.tiers[len(MEASURES) :]
        )
        for patient in sorted(people):
            self.weeks[patient], self.owed[patient] = choices.of(patient)
        self.known |= choices.known
        self.company |= dict.fromkeys(choices.company)

    def in_order(self) -> list[Weeks]:
        """Who can stay first, whom a trouble concerns by name last."""
        struck = _struck(self._question.situation)
        order = sorted(self.weeks, key=lambda one: (one in self._first, one in struck, one))
        return [self.weeks[patient] for patient in order]


class _Step:
    """One search among those who are asked, all others staying; it begins with what the step
    before it has found, which is often the best and then only waits for its proof."""

    def __init__(self, question: Question, asked: _Asked, before: _Step | None) -> None:
        self._question = question
        self._asked = asked
        self._table = _table(question, asked)
        self._stairs = Staircase(self._table)
        self._order = blocks(self._table)
        again = before.again(self._table) if before else None
        self._chosen: Ints = greedy(self._table, frozenset()) if again is None else again
        self._found: list[Found] = []
        self._outcome = self._search(self._order[0])

    def again(self, table: Timetable) -> Ints | None:
        """Its choice as columns of a later step, everybody who is new there staying; `None` if
        there is no room for that."""
        ours = (self._chosen - self._table.first[:-1]).tolist()
        offset = {id(one): there for one, there in zip(self._table.weeks, ours, strict=True)}
        chosen = table.first[:-1].copy()
        for group, weeks in enumerate(table.weeks):
            there = offset.get(id(weeks))
            chosen[group] += _cheapest(weeks) if there is None else there
        used = table.columns.take(chosen).usage(len(table.limit))
        used[table.overflow_row] = 0
        return chosen if (used <= table.limit).all() else None

    def helpers(self, *, ties: bool) -> list[str]:
        """People outside who might be part of a better choice than the best, or with `ties` of
        one as good; the most promising first."""
        block, outcome, table = self._order[0], self._outcome, self._table
        dearer = min(
            _together(block, Measure.PATIENTS, Measure.SESSIONS),
            _together(block, Measure.UNPLACED, Measure.SHARED),
        )
        held = Staircase(table).program(block).columns.reduced(outcome.prices)
        known = self._question.situation.problem.patient
        groups = [
            g
            for g, one in enumerate(table.weeks)
            if one.patient not in self._asked.weeks and one.patient in known
        ]
        harm: Ints = dearer * SCALE - held[table.first[groups]]
        enough = outcome.slack if ties else outcome.slack - SCALE
        useful = np.flatnonzero((harm < 0) | (harm <= enough))
        ordered = useful[np.argsort(harm[useful], kind="stable")]
        return [table.weeks[groups[i]].patient for i in ordered.tolist()]

    def settled(self, *, exact: bool, ties: bool) -> Retimed:
        """The remaining tiers, one block after the other. Not `exact`: there was no time for
        people who might have helped, so nothing is proven; without `ties` nothing is of the
        tiers after the first block."""
        proven = len(self._found) if exact else 0
        for block in self._order[1:]:
            self._search(block)
        if exact and ties:
            proven = len(self._found)
        berths = (self._table.berths(int(column)) for column in self._chosen)
        mine = {patient: there for patient, there in berths if patient in self._asked.weeks}
        tiers = (
            one if number < proven else replace(one, bound=0)
            for number, one in enumerate(self._found)
        )
        late = self._table.tier_cost[self._chosen, MEASURES.index(Measure.OVERDUE)] > 0
        overdue = (self._table.berths(int(column))[0] for column in self._chosen[late])
        return Retimed(mine, self._asked.owed, tuple(tiers), frozenset(overdue))

    def _search(self, block: Block) -> Outcome:
        """What is proven of a tier holds only if all before it are settled."""
        question, stairs = self._question, self._stairs
        program = stairs.program(block)
        start = stairs.start(program, self._chosen)
        outcome = search(program, start, question.effort, question.watch)
        stairs.settle(block, program, outcome)
        self._chosen = outcome.columns.mark
        proven = all(one.bound >= one.cost for one in self._found)
        costs, bounds = apart(block, outcome.cost), apart(block, outcome.bound)
        for tier, cost, bound in zip(block.tiers, costs, bounds, strict=True):
            self._found.append(Found(self._table.tiers[tier], cost, bound if proven else 0))
            proven = proven and bound >= cost
        return outcome


def _cheapest(weeks: Weeks) -> int:
    """Which of the weeks costs least, tier by tier: the one as planned, where there is one."""
    return int(np.lexsort(weeks.cost.T[::-1])[0])


def _together(block: Block, *measures: Measure) -> int:
    """What one unit of each measure costs in a block, as far as they are in it."""
    counted = {MEASURES.index(one) for one in measures}
    return sum(f for t, f in zip(block.tiers, block.factor, strict=True) if t in counted)


def _table(question: Question, asked: _Asked) -> Timetable:
    """The weeks of who is asked after those of all who sit where these could sit: in this order
    everybody finds a place or does without, the first ones by staying."""
    weeks = asked.in_order()
    zones = frozenset(berth.zone for one in weeks for berth in one.berths)
    stay = _staying(question, asked, zones)
    shared = copy(question.room.model)
    shared.together = list(asked.company)
    fixed = [_fixed(question, patient, rows, len(asked.tiers)) for patient, rows in stay]
    table = timetable_of(shared, (*fixed, *weeks), asked.tiers)
    most = question.limits.patients
    return table if most is None else _limited(table, most)


def _limited(table: Timetable, most: int) -> Timetable:
    """At most so many patients at other times."""
    column = MEASURES.index(Measure.PATIENTS)
    moved: Ints = table.tier_cost[: len(table.columns), column]
    return replace(
        table,
        columns=with_row(table.columns, len(table.limit), moved),
        limit=np.append(table.limit, most),
    )


def _staying(
    question: Question, asked: _Asked, zones: frozenset[str]
) -> list[tuple[str, list[Assignment]]]:
    """Everybody else whose sessions share something with these people, from today on, or from
    a night that is still under way."""
    found: dict[str, list[Assignment]] = {}
    situation = question.situation
    since = min([situation.now.date(), *(row.day for row in situation.cut)])
    for (zone, turn), rows in question.room.crowd.items():
        for row in rows if turn.day >= since else ():
            near = zone in zones or row.patient in asked.known
            if near and row.patient not in asked.weeks:
                found.setdefault(row.patient, []).append(row)
    return sorted(found.items())


def _fixed(question: Question, patient: str, rows: Iterable[Assignment], tiers: int) -> Weeks:
    """A week that stays as it is, and costs nothing."""
    situation, room = question.situation, question.room
    station = situation.problem.station
    berths = tuple(
        Berth(row.turn, station[row.station].zone, room.seats(row)) for row in sorted(rows)
    )
    return Weeks(
        patient,
        situation.monday,
        berths,
        np.arange(len(berths), dtype=np.int16).reshape(1, len(berths)),
        np.zeros((1, tiers), np.int64),
        np.full((1, 2), -1, np.int8),
    )
