"""What a rule of the roster is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from domain.nurse_roster import NurseFinding, NurseRoster
from domain.ward import Ward
from domain.words import Words
from scheduler.ward.draft import Draft


class NurseRule(Protocol):
    """A rule says in its docstring: one sentence, `Source:`, for a soft one `Unit:`.

    `check` is written from the sentence, in wall-clock times and the ward's words, and knows no
    shape. `ask` says the same to the shape. A hard rule's findings cost 0; the costs of a soft
    rule's findings add up to exactly what the shape charges.
    """

    name: str
    title: Words
    hard: bool

    def check(self, ward: Ward, roster: NurseRoster) -> Iterator[NurseFinding]:
        """Every way in which the roster breaks the rule, or what it pays for."""
        ...

    def ask(self, draft: Draft) -> None:
        """The same, in the shape's vocabulary."""
        ...
