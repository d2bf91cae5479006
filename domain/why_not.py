"""Why a patient does not sit in a slot: the question and its answer, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.calendar import Turn
from domain.concession import Concession
from domain.plan import Change, Plan, RuleCost, Violation
from domain.shortage import Fact, Place
from domain.words import Words


@dataclass(frozen=True, slots=True)
class Ask:
    """A seat asked about: a turn and, where somebody cares, the zone or the station."""

    patient: str
    turn: Turn
    zone: str | None = None
    station: str | None = None


class SeatAnswer(StrEnum):
    """What became of the question. `UNSETTLED`: the time was up before anything was proven."""

    SITS = "sits there"
    POSSIBLE = "possible"
    BLOCKED = "blocked"
    UNSETTLED = "unsettled"


class BlockKind(StrEnum):
    """A patient's own facts alone, or too many people for too few seats."""

    LOCAL = "local"
    COUNTING = "counting"


@dataclass(frozen=True, slots=True)
class Block:
    """A smallest set of facts that forbids the seat.

    Local: what rules make of the patient's own data; without any one of the facts there is a
    legal week with the seat in it. Counting: of the sessions of these `people`, the patient's in
    the seat among them, `needed` can be nowhere but in these places, which have `seats`; without
    any one of the people the others fit into these places, and without the limit of any one of
    the places all do. `by` says how that is known: a `count` of what every legal week needs, or
    the `search`, which counts nothing: in every combination of their legal weeks the people need
    more than the places have. `smallest` is false where not each was left out once: the time was
    up, or nobody can have the turn at all.
    """

    kind: BlockKind
    facts: tuple[Fact, ...]
    words: Words
    people: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    needed: int = 0
    seats: int = 0
    by: str = ""
    smallest: bool = True


@dataclass(frozen=True, slots=True)
class Least:
    """A count, and the proven bound below which no plan gets it."""

    found: int
    bound: int

    @property
    def proven(self) -> bool:
        """True if nothing is better."""
        return self.found <= self.bound


@dataclass(frozen=True, slots=True)
class Way:
    """A plan with the seat in it, made by planning again and judged by the checker.

    `concessions` is what must change first, nothing if it is possible as things are; `said` is
    the same in words, and `minutes` what it weighs in a nurse's ordinary time. `others` are
    patients besides the one who asks who come at other times, `sessions` all sessions at other
    times, `stations` those that only change seats. `costs` are the differences of the soft
    rules to the plan in force. `broken` are violations that the plan in force does not have: of
    rules that a doctor was assumed to let go, and no others.
    """

    concessions: tuple[Concession, ...]
    said: tuple[Words, ...]
    minutes: int
    plan: Plan
    changes: tuple[Change, ...]
    costs: tuple[RuleCost, ...]
    broken: tuple[Violation, ...]
    others: Least
    sessions: Least
    stations: int


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The answer. `now` says why the seat is not free as the week stands; `block` why no plan
    has it in which everybody keeps all sessions; `way` the cheapest plan that has it after all.
    `complete` is false where the time was up before every change was tried that could help."""

    ask: Ask
    answer: SeatAnswer
    words: Words
    now: tuple[Words, ...] = ()
    block: Block | None = None
    way: Way | None = None
    complete: bool = True
