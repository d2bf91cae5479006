"""Why not? One question about a plan, answered: blocked by what, or possible at which price.

The order is that of proof. First the patient's own week; then everybody's, planned again with the
seat in it; where that fails, the smallest set of people and places that clash, by counting before
any search. Then changes, cheapest first, each planned again. What is answered with a plan has
been through the checker.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from heapq import heappop, heappush

from domain.calendar import Turn, monday_of
from domain.concession import Concession, DoctorAllows, OtherPlace, conceded, price, touched
from domain.plan import Plan
from domain.problem import Problem
from domain.remedy import GuestElsewhere
from domain.why_not import Ask, Block, BlockKind, SeatAnswer, Way, WhyNot
from domain.words import Words, words
from scheduler.effort import Effort, Watch
from scheduler.planner import Onlooker
from scheduler.rules import RULES
from scheduler.rules.rule import Rule
from scheduler.why_not.arrange import Table, arranged, table_of
from scheduler.why_not.core import counted, hopeless
from scheduler.why_not.ground import Ground, ground_of
from scheduler.why_not.helping import Scene, for_crowd, for_own_week, own_changes
from scheduler.why_not.own import OwnWeek, Part, opening_fact
from scheduler.why_not.said import (
    blocked_words,
    possible_words,
    sits_words,
    unsettled_words,
)
from scheduler.why_not.seats import fullness
from scheduler.why_not.toll import Case, Toll, missing
from scheduler.why_not.way import Disagreement, way_of

ENOUGH = Effort(seconds=15.0, workers=1, joint_seconds=0.0)
"""What one question is worth: several times what it takes, for slow and busy computers."""


@dataclass(frozen=True, slots=True)
class _Stuck:
    """It cannot be with these changes; what could lift the block."""

    block: Block
    helping: tuple[Concession, ...]


def why_not(
    problem: Problem,
    plan: Plan,
    ask: Ask,
    effort: Effort,
    onlooker: Onlooker,
    rules: Iterable[Rule] = RULES,
    begun: Collection[Turn] = (),
    ground: Ground | None = None,
    ways: bool = True,
) -> WhyNot:
    """Why the patient does not have the seat in the plan, and what it would take; without
    `ways` no changes are tried where it is blocked.

    What has begun must be promised and shut in the problem already (`domain.frozen`); `begun`
    are these turns. `ground` is `ground_of` the same problem, plan and rules, for who asks more
    than once. Raises KeyError for a patient, shift, zone or station that the problem does not
    know, and ValueError for a day outside its weeks.
    """
    _require(problem, ask)
    there = [row for row in plan.by_turn.get(ask.turn, ()) if row.patient == ask.patient]
    for row in there:
        if ask.zone in (None, problem.station[row.station].zone) and ask.station in (
            None,
            row.station,
        ):
            return WhyNot(ask, SeatAnswer.SITS, sits_words(problem, ask, row.station))
    watch = _watch(effort, onlooker)
    known = ground or ground_of(problem, plan, rules)
    return _Inquiry(known, ask, effort, watch, begun).answer(ways=ways)


def _require(problem: Problem, ask: Ask) -> None:
    zones = {zone.code for zone in problem.register.zones}
    known = (
        (ask.patient, problem.patient),
        (ask.turn.shift, problem.shift),
        (ask.zone, (None, *zones)),
        (ask.station, (None, *problem.station)),
    )
    for code, there in known:
        if code not in there:
            raise KeyError(code)
    if not problem.first_day <= ask.turn.day < problem.end_day:
        raise ValueError(f"{ask.turn.day} lies outside the weeks from {problem.first_day} on")


def _watch(effort: Effort, onlooker: Onlooker) -> Watch:
    deadline = None
    if effort.seconds is not None and not effort.deterministic:
        deadline = onlooker.clock() + effort.seconds
    return Watch(onlooker.clock, deadline, onlooker.stop, lambda *_: None)


class _Inquiry:
    """One question, tried with no change and then with some."""

    def __init__(
        self, ground: Ground, ask: Ask, effort: Effort, watch: Watch, begun: Collection[Turn]
    ) -> None:
        self._ground = ground
        self._problem = ground.problem
        self._ask = ask
        self._effort = effort
        self._watch = watch
        self._begun = begun
        self._tolls: list[Toll] = []

    def answer(self, *, ways: bool) -> WhyNot:
        """As things are, else blocked, with the cheapest way out."""
        ask, problem = self._ask, self._problem
        first = _over(problem, ask) if ask.turn in self._begun else self._tried(())
        match first:
            case Way():
                said = possible_words(problem, ask, first)
                return WhyNot(ask, SeatAnswer.POSSIBLE, said, self._now(), way=first)
            case _Stuck(block):
                way, complete = self._cheapest(first) if ways else (None, False)
                said = blocked_words(problem, ask, block)
                now = () if block.kind is BlockKind.LOCAL else self._now()
                return WhyNot(ask, SeatAnswer.BLOCKED, said, now, block, way, complete)
            case None:
                said = unsettled_words(problem, ask)
                return WhyNot(ask, SeatAnswer.UNSETTLED, said, self._now())

    def _now(self) -> tuple[Words, ...]:
        return tuple(fullness(self._ground, self._ask))

    def _cheapest(self, first: _Stuck) -> tuple[Way | None, bool]:
        """The cheapest changes that make room, and whether everything cheaper was tried."""
        waiting: list[tuple[int, int, tuple[Concession, ...]]] = []
        seen: set[frozenset[Concession]] = {frozenset()}
        self._push(waiting, seen, (), first)
        complete = True
        while waiting and not self._watch.over:
            _, _, concessions = heappop(waiting)
            found = self._tried(concessions)
            match found:
                case Way():
                    return found, complete
                case _Stuck():
                    self._push(waiting, seen, concessions, found)
                case None:
                    complete = False
        return None, complete and not waiting

    def _push(
        self,
        waiting: list[tuple[int, int, tuple[Concession, ...]]],
        seen: set[frozenset[Concession]],
        concessions: tuple[Concession, ...],
        stuck: _Stuck,
    ) -> None:
        for one in stuck.helping:
            more = (*concessions, one)
            if one not in concessions and frozenset(more) not in seen:
                seen.add(frozenset(more))
                heappush(waiting, (price(self._problem, more), len(seen), more))

    # --- one set of changes -------------------------------------------------------------------

    def _tried(self, concessions: tuple[Concession, ...]) -> Way | _Stuck | None:
        """Planned with these changes; `None` if it was not settled in time."""
        problem = conceded(self._problem, concessions)
        ask = _asked(self._ask, concessions)
        let_go = frozenset(one for one in concessions if isinstance(one, DoctorAllows))
        rules = self._ground.rules
        scene = Scene(problem, rules, ask, self._begun)
        kept = len(self._ground.plan.by_week.get((ask.patient, monday_of(ask.turn.day)), ()))
        own = OwnWeek(problem, rules, ask, kept, frozenset(one.rule for one in let_go))
        if not own.possible():
            parts = own.smallest()
            return _Stuck(_own_block(own, parts), tuple(for_own_week(scene, parts)))
        mine = Case(problem, self._ground.plan, ask, concessions)
        toll = next((one for one in self._tolls if missing(one, mine, rules)), None)
        if toll is not None:
            return self._crowded(scene, toll, mine)
        ground = self._ground if not concessions else self._changed(problem, concessions, let_go)
        table = table_of(ground, ask)
        if table is None:
            raise Disagreement(f"no week has {ask}, though the patient's rules leave one")
        if hopeless(table, self._effort, self._watch):
            return self._stuck(ground, scene, table, mine)
        found = arranged(table, self._effort, self._watch)
        if found.berths is not None:
            return way_of(self._ground, ground, concessions, found)
        if not found.settled:
            return None
        return self._stuck(ground, scene, table, mine)

    def _stuck(self, ground: Ground, scene: Scene, table: Table, mine: Case) -> _Stuck | None:
        """Of changes that do not help only what to try next is wanted, not why."""
        roughly = bool(mine.changes)
        found = counted(ground, scene.ask, table, self._effort, self._watch, roughly=roughly)
        if found is None:
            return None
        under = frozenset(mine.changes)
        toll = Toll(found.block, found.rows, found.needs, found.block.seats, under)
        if found.block.by == "count":
            self._tolls.append(toll)
        return self._crowded(scene, toll, mine)

    def _crowded(self, scene: Scene, toll: Toll, mine: Case) -> _Stuck:
        """With what could lift it: the asker's own changes if all of them together do anything,
        others' where each does."""
        short = missing(toll, mine, scene.rules) if toll.block.by == "count" else 0
        if not short:
            return _Stuck(toll.block, (*own_changes(scene), *for_crowd(scene, toll.block)))
        own = tuple(one for one in own_changes(scene) if one not in mine.changes)
        others = (one for one in for_crowd(scene, toll.block) if one not in mine.changes)
        helping = [one for one in others if self._less(toll, mine, (one,)) < short]
        if self._less(toll, mine, own) < short:
            helping.extend(own)
        return _Stuck(toll.block, tuple(helping))

    def _less(self, toll: Toll, mine: Case, more: tuple[Concession, ...]) -> int:
        """What is missing with some changes more."""
        changed = conceded(mine.problem, more)
        ask = _asked(mine.ask, more)
        case = replace(mine, problem=changed, ask=ask, changes=(*mine.changes, *more))
        return missing(toll, case, self._ground.rules)

    def _changed(
        self, problem: Problem, concessions: tuple[Concession, ...], let_go: frozenset[DoctorAllows]
    ) -> Ground:
        """The ground with the changes; whom another center treats does not sit here."""
        gone = {p for one in concessions if isinstance(one, GuestElsewhere) for p in one.patients}
        plan = self._ground.plan
        rows = (row for row in plan.assignments if row.patient not in gone)
        left = Plan.of(plan.first_day, plan.weeks, rows)
        whose = touched(concessions)
        known = None if whose is None else self._ground
        return Ground(problem, left, self._ground.rules, let_go, known, whose or frozenset())


def _asked(ask: Ask, concessions: Iterable[Concession]) -> Ask:
    """The question, without its place where any other will do."""
    if any(isinstance(one, OtherPlace) for one in concessions):
        return replace(ask, zone=None, station=None)
    return ask


def _over(problem: Problem, ask: Ask) -> _Stuck:
    """Nobody changes what has begun."""
    said = words("the turn has begun already")
    fact = opening_fact(problem, ask, said)
    return _Stuck(Block(BlockKind.LOCAL, (fact,), said, smallest=False), ())


def _own_block(own: OwnWeek, parts: tuple[Part, ...]) -> Block:
    facts = own.facts(parts)
    said = words("{facts}", facts=tuple(fact.words for fact in facts))
    return Block(BlockKind.LOCAL, facts, said, smallest=bool(parts))
