"""What a rule is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import Words
from scheduler.model import Model


class Rule(Protocol):
    """A rule says in its docstring: one sentence, `Source:`, and for a soft one `Unit:`.

    `check` is written from the sentence, in wall-clock times and domain words, and knows no
    model. `encode` says the same to the model. A hard rule's violations cost 0; the costs of
    a soft rule's violations add up to exactly what `encode` charges.
    """

    name: str
    title: Words
    hard: bool

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every way in which the plan breaks the rule, or what it pays for."""
        ...

    def encode(self, model: Model) -> None:
        """The same, in the model's vocabulary."""
        ...
