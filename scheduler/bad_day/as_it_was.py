"""What has begun is as it was, whatever the rules would say of it today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.plan import Assignment, Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import FollowUp, Model
from scheduler.rules.locked import Locked


class AsItWas:
    """A session that was promised takes place in its turn, and one that has begun did so in any
    case.

    The same rule as `locked` to whoever judges a plan. Listed after all other rules, it takes back
    what they say of sessions that have begun: a machine kept free, a nurse too few, a day of rest
    that was missing are past help and must cost nobody the session that he had.

    Source: head nurse's word.
    """

    name = "locked"
    title = words("Promises kept")
    hard = True

    def __init__(self, done: frozenset[Assignment]) -> None:
        self._done = sorted(done)

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every lock that the plan does not keep."""
        return Locked().check(problem, plan)

    def encode(self, model: Model) -> None:
        """Every lock is a promise, and nothing stands against those that were kept."""
        Locked().encode(model)
        turns = {row.turn for row in self._done}
        model.zone_limits = {
            cell: limit for cell, limit in model.zone_limits.items() if cell[1] not in turns
        }
        days: dict[str, set[date]] = {}
        for row in self._done:
            model.barred[row.patient].discard(row.turn)
            model.seats[row.patient, row.turn] = model.bit[row.station]
            days.setdefault(row.patient, set()).add(row.day)
        for patient, past in days.items():
            model.follow_ups[patient] = [_from(past, one) for one in model.follow_ups[patient]]


def _from(past: set[date], legal: FollowUp) -> FollowUp:
    """Any session may come before one that has begun."""
    return lambda first, then: then in past or legal(first, then)
