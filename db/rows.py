"""How each table of the register is stored: domain values to rows and back.

A row's columns are the fields of its domain class in order; a field that is itself a domain
value takes one column for each of its own fields. Nothing is named twice: a field added to the
domain asks for a column, and a test says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from itertools import islice
from operator import attrgetter
from typing import Any, get_type_hints

import sqlalchemy as sa

from db.tables import metadata
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
from domain.register import Register
from domain.rulebook import RuleRow

Row = (
    Center
    | Zone
    | Shift
    | RuleRow
    | Station
    | Machine
    | Placement
    | Closure
    | Hold
    | Staffing
    | Nurse
    | DutyKind
    | CrewRule
    | Contract
    | NurseDay
    | NurseBalance
    | Patient
    | Prescription
    | Serology
    | Pattern
    | Wish
    | Absence
    | WorkShift
    | Ledger
    | Lock
    | Assignment
)
"""A row of the register, whichever its table."""


@dataclass(frozen=True)
class Kind:
    """One table of the register.

    `about` are the columns that say what a row speaks of: an old and a new row about the same
    thing are one row that changed. Where `keyed` they are also the table's key; elsewhere
    several rows may speak of the same thing, and a number is the key.
    """

    name: str
    row: type[Any]
    about: tuple[str, ...]
    keyed: bool = False

    @cached_property
    def table(self) -> sa.Table:
        """The table that holds the rows."""
        return metadata.tables[self.name]

    @property
    def center_column(self) -> str:
        """The column that holds the center's code."""
        return "center" if "center" in self.table.c else "code"

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that tell a center's rows apart."""
        return self.about if self.keyed else ("number",)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that hold a row's fields, in their order."""
        return tuple("_".join(path) for path in _paths(self.row))

    @cached_property
    def values(self) -> Callable[[Any], tuple[Any, ...]]:
        """From a row to the values of its columns."""
        return _getter(_paths(self.row))

    @cached_property
    def subject(self) -> Callable[[Any], tuple[Any, ...]]:
        """What a row speaks of."""
        path = dict(zip(self.columns, _paths(self.row), strict=True))
        return _getter([path[column] for column in self.about])

    @cached_property
    def build(self) -> Callable[[Iterable[Any]], Any]:
        """From the values of its columns to a row."""
        return _builder(self.row)

    def of(self, register: Register) -> tuple[Any, ...]:
        """The register's rows of this kind."""
        if self.row is Center:
            return (register.center,)
        found: tuple[Any, ...] = getattr(register, self.name)
        return found


KINDS = (
    Kind("centers", Center, ("code",), keyed=True),
    Kind("zones", Zone, ("code",), keyed=True),
    Kind("shifts", Shift, ("code",), keyed=True),
    Kind("rules", RuleRow, ("rule", "valid_from"), keyed=True),
    Kind("stations", Station, ("code",), keyed=True),
    Kind("machines", Machine, ("code",), keyed=True),
    Kind("placements", Placement, ("machine", "station")),
    Kind("closures", Closure, ("reason", "shift", "zone", "station")),
    Kind("holds", Hold, ("zone", "shift", "reason")),
    Kind("staffing", Staffing, ("zone", "shift", "weekdays", "span_first")),
    Kind("nurses", Nurse, ("code",), keyed=True),
    Kind("duty_kinds", DutyKind, ("code",), keyed=True),
    Kind("crew_rules", CrewRule, ("zone", "shift", "skill")),
    Kind("contracts", Contract, ("nurse", "span_first")),
    Kind("nurse_days", NurseDay, ("nurse", "kind", "span_first")),
    Kind("nurse_ledger", NurseBalance, ("nurse", "burden"), keyed=True),
    Kind("patients", Patient, ("code",), keyed=True),
    Kind("prescriptions", Prescription, ("patient", "span_first")),
    Kind("serology", Serology, ("patient", "marker", "day")),
    Kind("patterns", Pattern, ("patient", "weekday", "parity")),
    Kind("wishes", Wish, ("patient", "kind", "value")),
    Kind("absences", Absence, ("patient", "span_first")),
    Kind("work_shifts", WorkShift, ("patient", "weekdays", "parity", "span_first")),
    Kind("ledger", Ledger, ("patient", "burden"), keyed=True),
    Kind("locks", Lock, ("patient", "day")),
    Kind("sessions", Assignment, ("patient", "day")),
)
"""Every table of the register; a table comes after those that its rows refer to."""


Path = tuple[str, ...]


def _paths(row: type[Any]) -> list[Path]:
    """The way to each plain value in a row, such as ("span", "first")."""
    hints = get_type_hints(row)
    return [
        (field.name, *inner)
        for field in fields(row)
        for inner in (_paths(hints[field.name]) if is_dataclass(hints[field.name]) else [()])
    ]


def _getter(paths: Sequence[Path]) -> Callable[[Any], tuple[Any, ...]]:
    getter = attrgetter(*(".".join(path) for path in paths))
    return getter if len(paths) > 1 else lambda row: (getter(row),)


def _builder(row: type[Any]) -> Callable[[Iterable[Any]], Any]:
    hints = get_type_hints(row)
    parts: list[type[Any]] = [hints[field.name] for field in fields(row)]
    inner = [(_builder(of), len(fields(of))) if is_dataclass(of) else None for of in parts]
    if not any(inner):
        return lambda values: row(*values)

    def build(values: Iterable[Any]) -> Any:
        rest = iter(values)
        return row(
            *(next(rest) if part is None else part[0](islice(rest, part[1])) for part in inner)
        )

    return build
