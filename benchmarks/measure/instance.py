"""The instances: an ordinary week of a synthetic center, by size and seed."""

from __future__ import annotations

from db.sample.center import make_center
from db.sample.size import ordinary_week
from db.sample.spec import FIRST_MONDAY
from domain.problem import Problem
from domain.register import Register


def register_of(machines: int, patients: int, seed: int, *, history: bool = True) -> Register:
    """The center; without history it is to be planned from scratch."""
    return make_center(ordinary_week(machines, patients, history=history), seed)


def problem_of(machines: int, patients: int, seed: int, *, history: bool = True) -> Problem:
    """The center's week."""
    register = register_of(machines, patients, seed, history=history)
    return Problem(register, FIRST_MONDAY)
