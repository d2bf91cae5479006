"""Frames typed by hand from a protocol's document, with what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Example:
    """A whole frame as it is on the wire; its values in our units; the alarms it raises
    (`None`: it does not speak of alarms)."""

    name: str
    raw: bytes
    values: Mapping[str, float] = field(default_factory=dict)
    alarms: frozenset[str] | None = None
