"""Accounts of the staff: found, made, changed, closed.

What ends a sign-in is done here in the same transaction: another password, another role, a
closed account. There is always somebody left who may keep accounts.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.load import require_center
from db.refusal import DatabaseRefusal
from db.tables import metadata
from domain.account import Account, Role
from domain.words import words

_ACCOUNTS = metadata.tables["accounts"]
_SIGN_INS = metadata.tables["sign_ins"]
COLUMNS = tuple(
    _ACCOUNTS.c[name] for name in ("name", "shown", "role", "must_change", "disabled_at")
)
"""What an account is made of, but for its password."""
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{0,63}")
"""Wide enough for the address by which a hospital may know somebody."""


def plain_name(typed: str) -> str:
    """The name as it is stored: nobody is to fail for a capital letter or a space."""
    return typed.strip().lower()


def find_account(session: Session, center: str, name: str) -> Account | None:
    """The account that is called so, closed or not."""
    row = session.execute(sa.select(*COLUMNS).where(_own(center, name))).mappings().first()
    return None if row is None else account_of(row)


def list_accounts(session: Session, center: str) -> tuple[Account, ...]:
    """Every account by name, closed ones too."""
    query = sa.select(*COLUMNS).where(_ACCOUNTS.c.center == center).order_by(_ACCOUNTS.c.name)
    return tuple(map(account_of, session.execute(query).mappings()))


def stored_password(session: Session, center: str, name: str) -> str | None:
    """What `db.access.passwords.matches` goes by; nothing for an unknown or closed account."""
    open_one = sa.and_(_own(center, name), _ACCOUNTS.c.disabled_at.is_(None))
    found: str | None = session.execute(sa.select(_ACCOUNTS.c.password).where(open_one)).scalar()
    return found


def add_account(
    session: Session, center: str, account: Account, hashed: str, by: str, now: datetime
) -> None:
    """Makes an account; `hashed` is what is stored of its password.

    Raises DatabaseRefusal for a name that is taken or cannot be one.
    """
    require_center(session, center)
    if not _NAME.fullmatch(account.name):
        raise DatabaseRefusal(
            words(
                "{name} cannot be a name to sign in with: expected up to 64 small letters,"
                " digits, dots, hyphens, underscores and @, beginning with a letter or digit.",
                name=account.name,
            )
        )
    if find_account(session, center, account.name) is not None:
        raise DatabaseRefusal(words("There is an account {name} already.", name=account.name))
    values = {
        "name": account.name,
        "shown": account.shown.strip() or account.name,
        "role": account.role,
        "must_change": account.must_change,
        "disabled_at": account.disabled_at,
    }
    made = {"password": hashed, "created_at": now.astimezone(UTC), "created_by": by}
    session.execute(sa.insert(_ACCOUNTS).values(center=center, **values, **made))


def set_password(
    session: Session, center: str, name: str, hashed: str, now: datetime, *, must_change: bool
) -> None:
    """Gives an account another password and ends its sign-ins."""
    _change(session, center, name, now, {"password": hashed, "must_change": must_change})


def set_role(session: Session, center: str, name: str, role: Role, now: datetime) -> None:
    """Gives an account another role and ends its sign-ins."""
    if role is not Role.ADMIN:
        _require_another_admin(session, center, name)
    _change(session, center, name, now, {"role": role})


def disable(session: Session, center: str, name: str, now: datetime) -> None:
    """Closes an account and ends its sign-ins."""
    _require_another_admin(session, center, name)
    _change(session, center, name, now, {"disabled_at": now.astimezone(UTC)})


def enable(session: Session, center: str, name: str, now: datetime) -> None:
    """Opens a closed account again."""
    _change(session, center, name, now, {"disabled_at": None})


def account_of(row: sa.RowMapping) -> Account:
    """The account in a row that has `COLUMNS`."""
    return Account(row["name"], row["shown"], row["role"], row["must_change"], row["disabled_at"])


def _own(center: str, name: str) -> sa.ColumnElement[bool]:
    return sa.and_(_ACCOUNTS.c.center == center, _ACCOUNTS.c.name == name)


def _change(
    session: Session, center: str, name: str, now: datetime, values: dict[str, Any]
) -> None:
    require_center(session, center)
    if find_account(session, center, name) is None:
        raise DatabaseRefusal(words("There is no account {name}.", name=name))
    session.execute(sa.update(_ACCOUNTS).where(_own(center, name)).values(**values))
    running = sa.and_(
        _SIGN_INS.c.center == center, _SIGN_INS.c.account == name, _SIGN_INS.c.ended_at.is_(None)
    )
    session.execute(sa.update(_SIGN_INS).where(running).values(ended_at=now.astimezone(UTC)))


def _require_another_admin(session: Session, center: str, name: str) -> None:
    """Raises DatabaseRefusal if nobody else could keep accounts; the lock comes first, so that
    two who close each other's accounts do not both succeed."""
    require_center(session, center)
    admins = {
        one.name for one in list_accounts(session, center) if one.enabled and one.role is Role.ADMIN
    }
    if admins == {name}:
        raise DatabaseRefusal(
            words("{name} is the only administrator; make another one first.", name=name)
        )
