"""Sentences as data: what is said, kept apart from the language it is said in.

The text is English with named gaps and is also the key of the translation catalog. Whoever
shows it chooses the language; nothing in here does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Label:
    """A name that the center gave in both languages; either may be empty, not both."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.en or self.zh


Gap = str | int | float | date | datetime | time | Label


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence with its gaps filled, not yet in any language."""

    text: str
    gaps: tuple[tuple[str, Gap | Words | tuple[Gap | Words, ...]], ...] = ()

    def __str__(self) -> str:
        """English, for logs and test output; screens and papers go through the catalog."""
        return self.text.format(**{name: _plain(value) for name, value in self.gaps})


Say = Callable[[Words], str]
"""What says words in a language."""


def words(text: str, /, **gaps: Gap | Words | tuple[Gap | Words, ...]) -> Words:
    """A sentence: `words("{patient} sits twice", patient="P007")`."""
    return Words(text, tuple(gaps.items()))


def _plain(value: Gap | Words | tuple[Gap | Words, ...]) -> str:
    if isinstance(value, tuple):
        return ", ".join(_plain(part) for part in value)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return str(value)
