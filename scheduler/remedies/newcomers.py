"""People who might come, drawn by chance from people like those who are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from domain.calendar import Span
from domain.patient import Absence, Prescription, Serology, Wish, WishKind, WorkShift
from domain.problem import Problem

Copied = TypeVar("Copied", Absence, Prescription, Serology, Wish, WorkShift)
Pairs = Sequence[tuple[str, str]]
"""Whom each newcomer is like, and the newcomer's code."""

_PREFIX = "+"


def with_newcomers(problem: Problem, count: int, seed: int) -> Problem:
    """The problem with so many further patients.

    Each is like one who is there, drawn with the seed: the same prescription, blood, word on
    nights, working hours and wishes, but without habits, history, promises or company. The
    first few of many are the same people as if they were few. Nobody there: nobody comes.
    """
    likes = sorted(code for code in problem.patient if problem.prescription_of_week(
        code, problem.first_day) is not None)  # fmt: skip
    if not likes or not count:
        return problem
    drawn = np.random.default_rng(seed).integers(0, len(likes), count).tolist()
    pairs = [(likes[index], f"{_PREFIX}{number:03d}") for number, index in enumerate(drawn, 1)]
    register = problem.register
    return replace(
        problem,
        register=replace(
            register,
            patients=(
                *register.patients,
                *(
                    replace(problem.patient[like], code=code, name=code, span=Span(), phone="")
                    for like, code in pairs
                ),
            ),
            prescriptions=(*register.prescriptions, *_copied(problem.prescriptions, pairs)),
            serology=(*register.serology, *_copied(problem.serology, pairs)),
            absences=(*register.absences, *_copied(problem.absences, pairs)),
            work_shifts=(*register.work_shifts, *_copied(problem.work_shifts, pairs)),
            wishes=(*register.wishes, *_copied(_own_wishes(problem), pairs)),
        ),
    )


def _copied(rows: Mapping[str, tuple[Copied, ...]], pairs: Pairs) -> Iterator[Copied]:
    """The rows of those whom the newcomers are like, in the newcomers' names."""
    for like, code in pairs:
        for row in rows.get(like, ()):
            yield replace(row, patient=code)


def _own_wishes(problem: Problem) -> Mapping[str, tuple[Wish, ...]]:
    """Wishes that speak of nobody else."""
    return {
        patient: tuple(wish for wish in wishes if wish.kind is not WishKind.COMPANION)
        for patient, wishes in problem.wishes.items()
    }
