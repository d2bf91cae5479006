"""What a pending move would do, as lines for the panel and the form: rule by rule, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.board.opened import Opened
from domain.calendar import Turn
from domain.draft import Move, moved
from domain.need import wanted_sessions
from domain.plan import Assignment, Plan, RuleCost, Violation
from domain.words import Words, words
from scheduler.moves import MoveVerdict, verdict_of
from scheduler.rules import RULES
from scheduler.targets import Grade

_TITLES: Mapping[str, Words] = {rule.name: rule.title for rule in RULES}


UNFINISHED = frozenset({"every_other_day", "longest_gap", "prescribed_sessions"})
"""Hard rules that a week of too few sessions breaks by itself, until the others are placed."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a move would do. `needing` are the hard rules that it breaks and that need a reason
    now; `unfinished` those of a week that still lacks sessions: they are asked for when the
    draft is saved, or nobody could be placed session by session."""

    verdict: MoveVerdict
    needing: tuple[Violation, ...]
    unfinished: tuple[Violation, ...]

    @property
    def grade(self) -> Grade:
        """How bad it is."""
        if self.needing:
            return Grade.BREAKS
        return Grade.COSTS if self.verdict.worse or self.unfinished else Grade.GOOD


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a move does. `kind` is `broken`, `unfinished`, `mended`, `worse` or
    `better`."""

    kind: str
    rule: Words
    said: Words


def moves_to(
    opened: Opened, patient: str, before: Assignment | None, turn: Turn, station: str
) -> tuple[Move, ...]:
    """The moves that put a session there; who sits there already takes its place.

    From outside the board nobody can be exchanged: then two sit at one station, and the rules
    say so.
    """
    after = Assignment(turn.day, turn.shift, station, patient)
    there = [
        row
        for row in opened.plan.by_turn.get(turn, ())
        if row.station == station and row.patient != patient
    ]
    if before is None or not there:
        return (Move(before, after),)
    other = there[0]
    back = Assignment(before.day, before.shift, before.station, other.patient)
    return (Move(before, after), Move(other, back))


def judged(opened: Opened, moves: Iterable[Move]) -> Judgement:
    """The verdict on the plan as it is now. Raises Outdated if a session is not there."""
    steps = tuple(moves)
    verdict = verdict_of(opened.problem, opened.known, steps)
    after = moved(opened.known, steps)
    needing: list[Violation] = []
    unfinished: list[Violation] = []
    for one in verdict.broken:
        waits = one.rule in UNFINISHED and one.patient and lacks(opened, after, one.patient)
        (unfinished if waits else needing).append(one)
    return Judgement(verdict, tuple(needing), tuple(unfinished))


def lacks(opened: Opened, plan: Plan, patient: str, more: int = 0) -> bool:
    """True if some week of the patient has fewer sessions than wanted, even with some more."""
    problem = opened.problem
    return any(
        len(plan.by_week.get((patient, monday), ())) + more
        < wanted_sessions(problem, patient, monday)
        for monday in problem.mondays
    )


def lines(judgement: Judgement) -> tuple[Line, ...]:
    """Hard rules broken, then mended, then what costs more and what costs less."""
    verdict = judgement.verdict
    return (
        *(Line("broken", rule_title(one.rule), one.words) for one in judgement.needing),
        *(Line("unfinished", rule_title(one.rule), one.words) for one in judgement.unfinished),
        *(Line("mended", rule_title(one.rule), one.words) for one in verdict.mended),
        *_soft(verdict),
    )


def headline(judgement: Judgement) -> Words:
    """The verdict in one sentence."""
    verdict = judgement.verdict
    rules = {one.rule for one in judgement.needing}
    if len(rules) == 1:
        return words("Breaks a hard rule")
    if rules:
        return words("Breaks {count} hard rules", count=len(rules))
    if judgement.unfinished:
        return words("Allowed for now: the week still lacks sessions")
    if verdict.worse:
        return words("Allowed, but the plan gets worse")
    if verdict.costs or verdict.mended:
        return words("Allowed, and the plan gets better")
    return words("Allowed, nothing gets worse")


def rule_title(rule: str) -> Words:
    """What people call a rule."""
    return _TITLES[rule]


def _soft(verdict: MoveVerdict) -> Iterator[Line]:
    """Each soft rule whose cost changes, with what it says after, or said before."""
    for cost in sorted(verdict.costs, key=lambda one: (one.cost < 0, one.tier)):
        kind, told = ("worse", verdict.paid) if cost.cost > 0 else ("better", verdict.saved)
        mine = [one for one in told if one.rule == cost.rule]
        yield Line(kind, rule_title(cost.rule), _told(cost, mine))


def _told(cost: RuleCost, violations: list[Violation]) -> Words:
    said = tuple(one.words for one in violations)
    if not said:
        return words("costs {cost} less", cost=-cost.cost)
    if cost.cost > 0:
        return words("{what} (costs {cost} more)", what=said, cost=cost.cost)
    return words("no longer: {what} (costs {cost} less)", what=said, cost=-cost.cost)
