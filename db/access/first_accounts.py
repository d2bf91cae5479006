"""The accounts that a center begins with: one administrator, or a ready one for each role in a
demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from db.access.accounts import add_account, find_account, list_accounts, set_password
from db.access.audit import append
from db.access.passwords import hashed
from db.access.tokens import one_time_password
from domain.account import Account, Role

STARTER = "-"
"""Who did it, in the audit, when the program itself has."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A ready account; everybody may know its password."""

    name: str
    role: Role
    password: str


_DEMO = (
    Account("head", "Lin Mei", Role.HEAD_NURSE, must_change=False),
    Account("nurse", "Zhao Yun", Role.NURSE, must_change=False),
    Account("tech", "Wu Qiang", Role.TECHNICIAN, must_change=False),
    Account("doctor", "Sun Li", Role.DOCTOR, must_change=False),
    Account("admin", "Administrator", Role.ADMIN, must_change=False),
)


def first_admin(session: Session, center: str, now: datetime) -> tuple[str, str] | None:
    """Makes an administrator if there is no account at all, and returns name and one-time
    password, which are to be shown once; nothing if somebody can sign in already."""
    if list_accounts(session, center):
        return None
    password = one_time_password()
    admin = Account("admin", "Administrator", Role.ADMIN, must_change=True)
    add_account(session, center, admin, hashed(password), STARTER, now)
    append(session, center, now, STARTER, "", "account.add", admin.name, None, admin)
    return admin.name, password


def demo_accounts(session: Session, center: str, now: datetime) -> tuple[DemoAccount, ...]:
    """One ready account for each role, all with one password that is another one at each start
    of the demonstration. Only for a center in which everything is invented."""
    password = one_time_password()
    stored = hashed(password)
    for account in _DEMO:
        if find_account(session, center, account.name) is None:
            add_account(session, center, account, stored, STARTER, now)
        else:
            set_password(session, center, account.name, stored, now, must_change=False)
    names = ", ".join(one.name for one in _DEMO)
    append(session, center, now, STARTER, "", "account.ready", names, None, None)
    return tuple(DemoAccount(one.name, one.role, password) for one in _DEMO)
