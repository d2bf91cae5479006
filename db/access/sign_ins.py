"""Browsers that are signed in: begun, looked at, ended.

A sign-in ends by itself after a while without a click and in any case after a working day. It
also ends at once when its account is closed or gets another role or password.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.access.accounts import COLUMNS as ACCOUNT_COLUMNS
from db.access.accounts import account_of
from db.access.tokens import digest, fresh
from db.tables import metadata
from domain.account import Account

IDLE = timedelta(minutes=30)
"""Without a click for so long, a sign-in is over."""
ABSOLUTE = timedelta(hours=12)
"""So long after the password was typed, it has to be typed again."""
NOTED = timedelta(minutes=1)
"""So old may the noted moment of the last click be; not every click is worth a write."""
_FORGOTTEN = timedelta(days=30)

_SIGN_INS = metadata.tables["sign_ins"]
_ACCOUNTS = metadata.tables["accounts"]


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in that holds, and the account it belongs to."""

    account: Account
    created_at: datetime
    seen_at: datetime

    def to_be_noted(self, now: datetime) -> bool:
        """True if the moment of the last click that is stored has grown old."""
        return now - self.seen_at >= NOTED


def sign_in(session: Session, center: str, name: str, now: datetime, former: str = "") -> str:
    """Signs an account in and returns the secret for the browser: always another one, so that
    nobody can have put a known one there before. A `former` one of the browser ends."""
    if former:
        sign_out(session, center, former, now)
    _forget(session, center, now)
    secret, at = fresh(), now.astimezone(UTC)
    row = {"account": name, "created_at": at, "seen_at": at, "expires_at": at + ABSOLUTE}
    session.execute(
        sa.insert(_SIGN_INS).values(center=center, digest=digest(secret), ended_at=None, **row)
    )
    return secret


def standing(session: Session, center: str, secret: str, now: datetime) -> SignIn | None:
    """The sign-in that a secret opens, if it still holds. Only reads."""
    if not secret:
        return None
    both = sa.and_(
        _ACCOUNTS.c.center == _SIGN_INS.c.center, _ACCOUNTS.c.name == _SIGN_INS.c.account
    )
    columns = [_SIGN_INS.c.created_at, _SIGN_INS.c.seen_at]
    query = sa.select(*ACCOUNT_COLUMNS, *columns).select_from(_SIGN_INS.join(_ACCOUNTS, both))
    query = query.where(
        _own(center, secret),
        _SIGN_INS.c.ended_at.is_(None),
        _SIGN_INS.c.expires_at > now,
        _SIGN_INS.c.seen_at > now - IDLE,
        _ACCOUNTS.c.disabled_at.is_(None),
    )
    row = session.execute(query).mappings().first()
    return None if row is None else SignIn(account_of(row), row["created_at"], row["seen_at"])


def note_click(session: Session, center: str, secret: str, now: datetime) -> None:
    """Moves the idle limit on. A clock that was set back moves it nowhere."""
    earlier = sa.and_(_own(center, secret), _SIGN_INS.c.seen_at < now)
    session.execute(sa.update(_SIGN_INS).where(earlier).values(seen_at=now.astimezone(UTC)))


def sign_out(session: Session, center: str, secret: str, now: datetime) -> None:
    """Ends one sign-in, for all of the browser's windows."""
    _end(session, _own(center, secret), now)


def _own(center: str, secret: str) -> sa.ColumnElement[bool]:
    return sa.and_(_SIGN_INS.c.center == center, _SIGN_INS.c.digest == digest(secret))


def _end(session: Session, which: sa.ColumnElement[bool], now: datetime) -> None:
    running = sa.and_(which, _SIGN_INS.c.ended_at.is_(None))
    session.execute(sa.update(_SIGN_INS).where(running).values(ended_at=now.astimezone(UTC)))


def _forget(session: Session, center: str, now: datetime) -> None:
    """Removes what has been over for long; the audit keeps who signed in when."""
    old = sa.and_(_SIGN_INS.c.center == center, _SIGN_INS.c.expires_at < now - _FORGOTTEN)
    session.execute(sa.delete(_SIGN_INS).where(old))
