"""The telemetry database has a history and a place of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from db.connection import open_database
from db.migrations import upgrade as upgrade_center
from db.refusal import DatabaseRefusal
from db.telemetry import migrations
from db.telemetry.connection import STRUCTURE, open_telemetry, require_telemetry, structure
from db.telemetry.read import reading

VERSIONS = Path(migrations.__file__).parent / "versions"


def test_migrated_tables_are_those_that_the_program_declares(telemetry: sa.Engine) -> None:
    assert migrations.check(telemetry) == ()
    require_telemetry(telemetry)


def test_the_program_needs_the_newest_migration() -> None:
    newest = max(file.stem for file in VERSIONS.glob("[0-9]*.py"))
    assert newest.split("_")[0] == STRUCTURE


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
