"""What a role may do: the one table that screens, routes and every write go by."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from domain.account import Role


class Right(StrEnum):
    """One thing that somebody may do or see."""

    SEE_WEEK = "see the week with names"
    EDIT_WEEK = "move sessions and save versions"
    PLAN = "start and stop searches"
    PUBLISH = "put a version in force"
    OVERRIDE = "break a hard rule with a reason"
    EDIT_MASTER = "change the center's data"
    PRINT = "print papers"
    ANSWER_PATIENTS = "make patients' links and decide on their requests"
    SEE_MACHINES = "see machines live"
    TAKE_ALARMS = "take, note and hand over alarms"
    ENTER_CARE = "enter disinfection, maintenance and tests"
    SEE_BOOKS = "see the books of telemetry"
    KEEP_DISPLAYS = "make and revoke displays"
    KEEP_ACCOUNTS = "make and close accounts"
    SEE_AUDIT = "see who did what"


_EVERYBODY = frozenset({Right.SEE_MACHINES})
_CLINICAL = _EVERYBODY | {Right.SEE_WEEK, Right.PRINT}

RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.HEAD_NURSE: _CLINICAL
        | {
            Right.EDIT_WEEK,
            Right.PLAN,
            Right.PUBLISH,
            Right.OVERRIDE,
            Right.EDIT_MASTER,
            Right.ANSWER_PATIENTS,
            Right.TAKE_ALARMS,
            Right.KEEP_DISPLAYS,
            Right.SEE_AUDIT,
        },
        Role.NURSE: _CLINICAL | {Right.TAKE_ALARMS},
        Role.DOCTOR: _CLINICAL,
        Role.TECHNICIAN: _EVERYBODY
        | {Right.TAKE_ALARMS, Right.ENTER_CARE, Right.SEE_BOOKS, Right.KEEP_DISPLAYS},
        Role.ADMIN: _EVERYBODY
        | {Right.SEE_BOOKS, Right.KEEP_DISPLAYS, Right.KEEP_ACCOUNTS, Right.SEE_AUDIT},
    }
)
"""An administrator keeps the accounts and sees no patient."""


def may(role: Role, right: Right) -> bool:
    """True if the role has the right."""
    return right in RIGHTS[role]
