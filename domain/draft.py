"""A week being edited by hand: a stored version and the moves made on it since. Pure.

Moves are kept one by one, so that nothing is lost with a closed browser and everything can be
undone; a new version is made of them when somebody saves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.plan import Assignment, Plan


@dataclass(frozen=True, slots=True)
class Move:
    """One session placed, moved or taken out; several that belong together, as in a swap, are
    one `Step`. `before` is missing for a session that had no place, `after` for one that is
    taken out."""

    before: Assignment | None
    after: Assignment | None

    @property
    def patient(self) -> str:
        """Whose session."""
        there = self.after or self.before
        if there is None:
            raise ValueError("a move from nowhere to nowhere")
        return there.patient


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody did at once. `overridden` are the hard rules it breaks, with a reason;
    `undone_by` is the number of the deed that undid it, if one did and still counts."""

    number: int
    who: str
    at: datetime
    moves: tuple[Move, ...]
    overridden: tuple[str, ...] = ()
    reason: str = ""
    undone_by: int | None = None

    @property
    def undone(self) -> bool:
        """True if it does not count."""
        return self.undone_by is not None


class Outdated(ValueError):
    """A move of a session that is not there any more, or onto its own place."""


def moved(plan: Plan, moves: Iterable[Move]) -> Plan:
    """The plan after some moves at once. Raises Outdated if a session is not where it was."""
    rows = set(plan.assignments)
    steps = tuple(moves)
    for move in steps:
        if move.before is not None:
            if move.before not in rows:
                raise Outdated(f"{move.before} is not in the plan")
            rows.remove(move.before)
    for move in steps:
        if move.after is not None:
            if move.after in rows:
                raise Outdated(f"{move.after} is in the plan already")
            rows.add(move.after)
    return Plan.of(plan.first_day, plan.weeks, rows)


def edited(base: Plan, steps: Iterable[Step]) -> Plan:
    """The version with every step on it that is not undone. Raises Outdated."""
    plan = base
    for step in steps:
        if not step.undone:
            plan = moved(plan, step.moves)
    return plan


def standing_undos(undoes: Mapping[int, int | None]) -> Mapping[int, int]:
    """By the number of a step the one of the deed that undid it. `undoes` names, for each deed on
    a draft by number, the earlier one that it takes back: a step, or an undoing, which is redone
    by that."""
    found: dict[int, int] = {}
    for number, earlier in sorted(undoes.items(), reverse=True):
        if earlier is not None and number not in found:
            found[earlier] = number
    return found


def to_redo(steps: Iterable[Step]) -> Step | None:
    """The step that was undone last; `None` if something else was done since."""
    every = tuple(steps)
    last = max((step.number for step in every), default=0)
    gone = {step.undone_by: step for step in every if step.undone_by and step.undone_by > last}
    return gone[max(gone)] if gone else None
