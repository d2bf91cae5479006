"""Everything a center's files and database hold, as one frozen value.

Reading a folder, a workbook or a database gives a `Register`; writing one and reading it
back gives an equal one. Rows are kept sorted so that equal content is equal value.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from domain.center import (
    Center,
    Closure,
    Hold,
    Machine,
    Nurse,
    Placement,
    Shift,
    Staffing,
    Station,
    Zone,
)
from domain.nurse_terms import Contract, CrewRule, DutyKind, NurseBalance, NurseDay
from domain.patient import (
    Absence,
    Ledger,
    Patient,
    Pattern,
    Prescription,
    Serology,
    Wish,
    WorkShift,
)
from domain.plan import Assignment, Lock
from domain.rulebook import RuleRow


@dataclass(frozen=True, slots=True)
class Register:
    """The center and its people. `sessions` are known assignments: last week's plan at
    least; planning reads them as history and never plans them again."""

    center: Center
    zones: tuple[Zone, ...] = ()
    shifts: tuple[Shift, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    stations: tuple[Station, ...] = ()
    machines: tuple[Machine, ...] = ()
    placements: tuple[Placement, ...] = ()
    closures: tuple[Closure, ...] = ()
    holds: tuple[Hold, ...] = ()
    staffing: tuple[Staffing, ...] = ()
    nurses: tuple[Nurse, ...] = ()
    duty_kinds: tuple[DutyKind, ...] = ()
    crew_rules: tuple[CrewRule, ...] = ()
    contracts: tuple[Contract, ...] = ()
    nurse_days: tuple[NurseDay, ...] = ()
    nurse_ledger: tuple[NurseBalance, ...] = ()
    patients: tuple[Patient, ...] = ()
    prescriptions: tuple[Prescription, ...] = ()
    serology: tuple[Serology, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    wishes: tuple[Wish, ...] = ()
    absences: tuple[Absence, ...] = ()
    work_shifts: tuple[WorkShift, ...] = ()
    ledger: tuple[Ledger, ...] = ()
    locks: tuple[Lock, ...] = ()
    sessions: tuple[Assignment, ...] = ()

    def in_order(self) -> Register:
        """The same register with every table sorted; shifts by their start."""
        tables: dict[str, Any] = {}
        for field in fields(self):
            rows = getattr(self, field.name)
            if isinstance(rows, tuple):
                tables[field.name] = tuple(sorted(rows, key=_order))
        return replace(self, **tables)


def _order(row: object) -> tuple[str, str]:
    return (row.start.isoformat() if isinstance(row, Shift) else "", _text(row))


def _text(value: object) -> str:
    if isinstance(value, frozenset):
        return "{" + ",".join(sorted(_text(part) for part in value)) + "}"
    names = getattr(value, "__dataclass_fields__", None)
    if names:
        return "|".join(_text(getattr(value, name)) for name in names)
    return f"{value:06d}" if isinstance(value, int) else str(value)
