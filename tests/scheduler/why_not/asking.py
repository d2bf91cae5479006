"""Asking in tests: to the proof, by one worker, and nobody looking on."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic
from typing import Any

from domain.plan import Plan
from domain.problem import Problem
from domain.why_not import Ask, Block, WhyNot
from scheduler.planner import Onlooker
from scheduler.why_not.answer import why_not
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.worlds import MONDAY, booked


def ask_for(text: str, **place: str) -> Ask:
    """A question said as "patient shift day": "P1 pm Tue"."""
    patient, shift, day = text.split()
    (row,) = booked(f"{patient} - {shift} {day}", monday=MONDAY)
    return Ask(patient, row.turn, **place)


def asked(problem: Problem, plan: Plan, text: str, **about: Any) -> WhyNot:
    """The answer to such a question; `zone` and `station` belong to it."""
    place = {name: about.pop(name) for name in ("zone", "station") if name in about}
    return why_not(problem, plan, ask_for(text, **place), TO_THE_END, Onlooker(monotonic), **about)


def rules_of(block: Block | None) -> list[str]:
    """The rules of a block's facts."""
    assert block is not None
    return [fact.rule for fact in block.facts]


def sessions(plan: Plan, patient: str) -> list[str]:
    """A patient's sessions as "A1 am 03-02"."""
    rows: Iterable[Any] = plan.by_patient.get(patient, ())
    return [f"{row.station} {row.shift} {row.day:%m-%d}" for row in rows]
