"""From a ward to its roster: rules to shape, the shape solved, leads named, all of it judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.nurse_roster import NurseRoster
from domain.ward import Ward
from domain.words import Words, words
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from scheduler.roster.shape import Shape
from scheduler.roster.solve import Impossible, Solved, solve
from scheduler.ward.check import RosterVerdict, check_roster, enabled
from scheduler.ward.draft import Draft
from scheduler.ward.leads import with_leads
from scheduler.ward.rules import NURSE_RULES
from scheduler.ward.rules.rule import NurseRule


@dataclass(frozen=True, slots=True)
class RosterRun:
    """How a roster came about: what it costs, what no roster can cost less than, seconds."""

    cost: int
    bound: int
    seconds: float
    seed: int
    workers: int

    @property
    def proven(self) -> bool:
        """True if there is no better roster."""
        return self.bound >= self.cost


@dataclass(frozen=True, slots=True)
class MadeRoster:
    """A roster, how it came about, and what the judge says of it."""

    roster: NurseRoster
    run: RosterRun
    verdict: RosterVerdict


class NoRoster(ValueError):
    """These nurses' own limits leave them no row at all, whatever the others do; only an
    earlier roster or days away that contradict each other can do that."""

    def __init__(self, nurses: tuple[str, ...]) -> None:
        self.nurses = nurses
        self.reason: Words = words(
            "The limits of {nurses} leave them no row of days at all: look at their contracts, "
            "days away and the roster before.",
            nurses=nurses,
        )
        super().__init__(str(self.reason))

    def __reduce__(self) -> tuple[type[NoRoster], tuple[tuple[str, ...]]]:
        """For one that is raised in another process."""
        return NoRoster, (self.nurses,)


def make_roster(
    ward: Ward,
    effort: Effort,
    onlooker: Onlooker,
    rules: Iterable[NurseRule] = NURSE_RULES,
) -> MadeRoster:
    """The best roster there is by some rules, or the best found in time; under-staffing is never
    hidden: what is missing stands in the verdict's gaps, and the verdict is by every rule.
    Raises NoRoster."""
    draft = draft_of(ward, rules)
    began = onlooker.clock()
    solved = solved_shape(draft, draft.shape(), effort, onlooker)
    bare = NurseRoster.of(
        ward.problem.first_day, ward.problem.weeks, draft.duties(solved.roster), ward.away_days
    )
    run = RosterRun(
        solved.cost, solved.bound, onlooker.clock() - began, effort.seed, effort.threads
    )
    roster = with_leads(ward, bare)
    return MadeRoster(roster, run, check_roster(ward, roster))


def solved_shape(draft: Draft, shape: Shape, effort: Effort, onlooker: Onlooker) -> Solved:
    """A solved shape; raises NoRoster where there is nothing to solve."""
    match solve(shape, effort, onlooker):
        case Impossible(people):
            raise NoRoster(tuple(draft.nurses[at] for at in people))
        case Solved() as solved:
            return solved


def draft_of(ward: Ward, rules: Iterable[NurseRule] = NURSE_RULES) -> Draft:
    """What all enabled rules ask; nobody is sent where there is nobody to care for."""
    draft = Draft(ward)
    for rule in enabled(ward, rules):
        rule.ask(draft)
    for day, idle in _idle(draft):
        for nurse in draft.nurses:
            draft.bar(nurse, (day,), idle)
    return draft


def _idle(draft: Draft) -> Iterable[tuple[date, frozenset[int]]]:
    wanted: dict[date, set[int]] = {day: set() for day in draft.ward.days}
    for need in draft.ward.needs:
        wanted[need.turn.day] |= draft.meets(need) if need.zone or not need.skill else set()
    return ((day, draft.working - posts) for day, posts in wanted.items())
