"""What a screen is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.desk import Desk
from dashboard.rights import Right
from domain.words import Words


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of the staff's application. `path` is its address; `icon` the name of a
    Material symbol; whoever has `right` sees it in the menu, and nobody else can open it."""

    path: str
    title: Words
    icon: str
    section: Words
    right: Right
    show: Callable[[Desk], None]
