"""Those who come together sit together."""

from __future__ import annotations

from collections.abc import Iterator

from domain.patient import WishKind
from domain.plan import Plan, Violation
from domain.problem import Problem
from domain.words import words
from scheduler.model import Model


class Companions:
    """Patients of one household or one transport, of whom one wished for it, come in the same
    turns.

    Source: household or transport together. Unit: for each turn in which exactly one of the
    two sits, the strength (1 to 3) of the wish, the stronger one if both wished.
    """

    name = "companions"
    title = words("Companions together")
    hard = False

    def check(self, problem: Problem, plan: Plan) -> Iterator[Violation]:
        """Every pair with turns in which one of them sits alone."""
        for (first, second), strength in companions(problem).items():
            turns = [{row.turn for row in plan.by_patient.get(one, ())} for one in (first, second)]
            alone = sorted(turns[0] ^ turns[1])
            if alone:
                yield Violation(
                    self.name,
                    words(
                        "{first} and {second}: apart {turns}",
                        first=first,
                        second=second,
                        turns=tuple(problem.say(turn) for turn in alone),
                    ),
                    cost=strength * len(alone),
                    patient=first,
                )

    def encode(self, model: Model) -> None:
        """Being apart costs."""
        for (first, second), strength in companions(model.problem).items():
            model.charge_apart(self.name, first, second, strength)


def companions(problem: Problem) -> dict[tuple[str, str], int]:
    """The strongest wish of every pair; the pair in order of codes."""
    pairs: dict[tuple[str, str], int] = {}
    for patient in problem.patient:
        for wish in problem.wishes.get(patient, ()):
            other = wish.value
            if wish.kind is WishKind.COMPANION and other in problem.patient and other != patient:
                pair = (min(patient, other), max(patient, other))
                pairs[pair] = max(wish.strength, pairs.get(pair, 0))
    return pairs
