"""The telemetry database has a history and a place of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command

from db.migrations import upgrade as upgrade_center
from db.opening import open_database
from db.refusal import DatabaseRefusal
from db.telemetry import migrations
from db.telemetry.accounts import account
from db.telemetry.connection import (
    OLDER,
    STRUCTURE,
    open_telemetry,
    require_telemetry,
    structure,
)
from db.telemetry.read import reading
from db.telemetry.tables import put_aside
from domain.telemetry import Account

VERSIONS = Path(migrations.__file__).parent / "versions"
FIRST_ROWS = (
    "INSERT INTO machine VALUES (1, 'HD-1')",
    f"INSERT INTO boot VALUES (1, 1, '{'a' * 32}', 'gw', 0, 0, 5, '', 1, 0, 9, NULL)",
    "INSERT INTO quarantine VALUES (1, 1, 5, 'HD-1', 't', 'because', x'010203', x'00', 0, 0, 1)",
    "INSERT INTO quarantine VALUES (2, NULL, NULL, '', 't', 'why', x'0102', x'01', 0, 0, 1)",
)


def test_migrated_tables_are_those_that_the_program_declares(telemetry: sa.Engine) -> None:
    assert migrations.check(telemetry) == ()
    require_telemetry(telemetry)


def test_the_program_needs_the_newest_migration_and_knows_the_others() -> None:
    numbers = sorted(file.stem.split("_")[0] for file in VERSIONS.glob("[0-9]*.py"))
    assert (*OLDER, STRUCTURE) == tuple(numbers)


def test_what_is_stored_in_the_first_structure_is_kept_and_weighed(tmp_path: Path) -> None:
    engine = open_telemetry(f"sqlite:///{tmp_path / 'old.db'}")
    with engine.begin() as connection:
        command.upgrade(migrations.configured(connection), "0001")
        for text in FIRST_ROWS:
            connection.exec_driver_sql(text)
    migrations.upgrade(engine)
    assert migrations.check(engine) == ()
    with reading(engine) as connection:
        assert account(connection, "HD-1") == Account("HD-1", 9, 4, 4, 1, 0)
        weights = connection.execute(sa.select(put_aside)).all()
    assert [tuple(row) for row in weights] == [("", 1, 2, 0), ("HD-1", 1, 3, 0)]


def test_an_upgrade_of_what_is_up_to_date_does_nothing(telemetry: sa.Engine) -> None:
    migrations.upgrade(telemetry)
    assert structure(telemetry) == STRUCTURE


def test_what_is_not_there_has_no_structure_and_is_not_made_by_looking(tmp_path: Path) -> None:
    engine = open_telemetry(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(DatabaseRefusal, match="has no tables yet"), reading(engine):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_centers_database_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'center.db'}"
    upgrade_center(open_database(url))
    with pytest.raises(DatabaseRefusal, match="needs one of its own"):
        migrations.upgrade(open_telemetry(url))


def test_a_database_of_a_newer_program_is_refused(telemetry: sa.Engine) -> None:
    set_version = sa.text("UPDATE telemetry_version SET version_num = :found")
    with telemetry.begin() as connection:
        connection.execute(set_version, {"found": "9999"})
    try:
        with pytest.raises(DatabaseRefusal, match="has structure 9999"):
            require_telemetry(telemetry)
    finally:
        with telemetry.begin() as connection:
            connection.execute(set_version, {"found": STRUCTURE})


def test_a_commit_of_sqlite_survives_a_power_cut(tmp_path: Path) -> None:
    engine = open_telemetry(f"sqlite:///{tmp_path / 'new.db'}")
    migrations.upgrade(engine)
    found = {}
    with engine.connect() as connection:
        for name in ("journal_mode", "synchronous", "journal_size_limit", "busy_timeout"):
            found[name] = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
    full = 2
    assert found == {
        "journal_mode": "wal",
        "synchronous": full,
        "journal_size_limit": 64 * 1024 * 1024,
        "busy_timeout": 10_000,
    }
