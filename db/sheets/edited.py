"""What an edited weekly workbook says: what changed, and what could not be understood."""

from __future__ import annotations

from dataclasses import dataclass

from domain.calendar import Turn
from domain.plan import Change, Plan
from domain.words import Words


@dataclass(frozen=True, slots=True)
class Edit:
    """A seat that somebody changed: codes of who sat there and who does now."""

    sheet: str
    cell: str
    turn: Turn
    station: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Something in the workbook that is not taken, and why. `cell` is empty where it is about
    a whole sheet, and `sheet` too where it is about the file."""

    sheet: str
    cell: str
    words: Words


@dataclass(frozen=True, slots=True)
class EditedPlan:
    """A weekly workbook read back.

    `plan` is the whole plan with every edit in it, and `None` as soon as anything is refused.
    `changes` are what the understood edits amount to. `remarks` say what was seen and means
    nothing, a comment for instance. Every seat that was written is counted once, as unchanged,
    as an edit, or under a refusal.
    """

    plan: Plan | None
    changes: tuple[Change, ...] = ()
    edits: tuple[Edit, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[Refusal, ...] = ()
    unchanged: int = 0
