"""Every table of a center's files, in the order in which they are read, written and explained."""

from __future__ import annotations

from db.files.calendar_rows import (
    ABSENCES,
    LEDGER,
    LOCKS,
    PATTERNS,
    SESSIONS,
    WISHES,
    WORK_SHIFTS,
)
from db.files.columns import Table
from db.files.duties import CREW_RULES, DUTY_KINDS
from db.files.nurses import CONTRACTS, NURSE_DAYS, NURSE_LEDGER
from db.files.people import PATIENTS, PRESCRIPTIONS, SEROLOGY
from db.files.places import CLOSURES, HOLDS, MACHINES, NURSES, PLACEMENTS, STAFFING, STATIONS
from db.files.site import CENTER, RULES, SHIFTS, ZONES
from domain.words import Label

TABLES: tuple[Table, ...] = (
    CENTER,
    ZONES,
    SHIFTS,
    RULES,
    STATIONS,
    MACHINES,
    PLACEMENTS,
    CLOSURES,
    HOLDS,
    STAFFING,
    NURSES,
    DUTY_KINDS,
    CREW_RULES,
    CONTRACTS,
    NURSE_DAYS,
    NURSE_LEDGER,
    PATIENTS,
    PRESCRIPTIONS,
    SEROLOGY,
    PATTERNS,
    WISHES,
    ABSENCES,
    WORK_SHIFTS,
    LEDGER,
    LOCKS,
    SESSIONS,
)


def table(name: str) -> Table:
    """The table of a register's field."""
    return next(one for one in TABLES if one.name == name)


README = Label("read me", "说明")
"""The workbook's first sheet, for people; reading passes over it."""
