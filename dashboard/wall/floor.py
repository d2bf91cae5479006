"""Where machines stand: zones, and the stations in each in the order in which people count."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.register import Register
from domain.words import Label


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """`place` is of each station its zone, as an index of `zones`, and its turn on a walk
    through all of them."""

    zones: tuple[Label, ...] = ()
    place: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def floor_plan(register: Register | None) -> FloorPlan:
    """By zone, room and station as the register has them; nothing without one."""
    if register is None:
        return FloorPlan()
    index = {zone.code: number for number, zone in enumerate(register.zones)}
    ordered = sorted(
        (one for one in register.stations if one.zone in index),
        key=lambda one: (index[one.zone], counted(one.room), counted(one.code)),
    )
    place = {one.code: (index[one.zone], turn) for turn, one in enumerate(ordered)}
    return FloorPlan(tuple(zone.name for zone in register.zones), place)


def counted(code: str) -> tuple[tuple[bool, int, str], ...]:
    """A sort key by which A2 stands before A10."""
    parts = re.findall(r"\d+|\D+", code)
    return tuple((part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)
