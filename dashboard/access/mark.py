"""A short state with a symbol and a color, as the lists of accounts and displays show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.words import Words


@dataclass(frozen=True, slots=True)
class Mark:
    """`icon` is the name of a Material symbol; the color says nothing that the words do not."""

    said: Words
    icon: str
    color: Literal["green", "orange", "gray", "red"]
