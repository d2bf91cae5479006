"""Fingerprints: was this plan made from these facts, and is it still what was stored?"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, time
from hashlib import sha256

from db.rows import KINDS
from domain.plan import Plan
from domain.problem import Problem
from domain.words import Words


def of_problem(problem: Problem) -> str:
    """The same for equal registers and weeks, in whatever order their rows are."""
    register = problem.register.in_order()
    rows = ((kind.name, *kind.values(row)) for kind in KINDS for row in kind.of(register))
    return _digest([(problem.first_day, problem.weeks), *rows])


def of_plan(plan: Plan) -> str:
    """The same for plans with equal sessions in equal weeks."""
    rows = ((row.day, row.shift, row.station, row.patient) for row in sorted(plan.assignments))
    return _digest([(plan.first_day, plan.weeks), *rows])


def _digest(rows: Iterable[tuple[object, ...]]) -> str:
    digest = sha256()
    for row in rows:
        digest.update(json.dumps(row, default=_plain).encode())
    return digest.hexdigest()


def _plain(value: object) -> object:
    match value:
        case frozenset():
            return sorted(value)
        case date() | time():
            return value.isoformat()
        case Words():
            return str(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no fingerprint")
