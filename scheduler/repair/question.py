"""What every step of a repair needs to know."""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.effort import Effort, Watch
from scheduler.repair.limits import RepairLimits
from scheduler.repair.room import Room
from scheduler.repair.situation import Situation
from scheduler.rules.rule import Rule


@dataclass(frozen=True)
class Question:
    """One week to mend: how things stand, what may be done, how hard to try."""

    situation: Situation
    room: Room
    limits: RepairLimits
    rules: tuple[Rule, ...]
    effort: Effort
    watch: Watch
