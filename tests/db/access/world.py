"""A center with one administrator and one nurse, and short ways to write."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from db.access.accounts import add_account
from db.connection import writing
from domain.account import Account, Role
from tests.db.world import store

CENTER = "HC"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADMIN = Account("admin", "Administrator", Role.ADMIN, must_change=False)
NURSE = Account("li.na", "Li Na", Role.NURSE, must_change=True)
STORED = "what is stored of a password"


def store_accounts(engine: sa.Engine) -> None:
    """The center and its two accounts."""
    store(engine)
    with writing(engine) as session:
        for account in (ADMIN, NURSE):
            add_account(session, CENTER, account, STORED, "-", NOW)
