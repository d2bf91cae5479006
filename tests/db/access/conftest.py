"""A database with a center and accounts in it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from tests.db.access.world import store_accounts


@pytest.fixture
def center(database: sa.Engine) -> sa.Engine:
    """Two accounts: an administrator and a nurse whose password somebody else knows."""
    store_accounts(database)
    return database
