"""Saying no to input: what a command raises when it does not accept what it was given."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from domain.words import Words


@runtime_checkable
class WithReasons(Protocol):
    """A refusal of any layer: every reason at once, and nothing has been changed."""

    reasons: tuple[Words, ...]


class Refusal(Exception):
    """The command line's own refusal."""

    def __init__(self, *reasons: Words) -> None:
        super().__init__("; ".join(str(reason) for reason in reasons))
        self.reasons = reasons
