"""The migrations make exactly the tables that the program declares, whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

import db.migrations
from db.care.happened import load_care_limits
from db.care.upkeep import load_facts
from db.connection import known_revisions, reading
from db.migrations import check, current, upgrade
from db.opening import open_database
from db.refusal import DatabaseRefusal
from db.tables import IMMUTABLE, metadata
from domain.care import CareLimit
from domain.water import Every, Medium, WaterLimit


def test_an_upgrade_makes_the_declared_tables(empty_url: str) -> None:
    engine = open_database(empty_url)
    assert current(engine) is None
    upgrade(engine)
    assert current(engine) == known_revisions()[-1]
    assert check(engine) == ()
    engine.dispose()


def test_a_second_upgrade_changes_nothing(database: sa.Engine) -> None:
    before = _structure(database)
    upgrade(database)
    assert _structure(database) == before


def test_keys_references_and_checks_are_the_declared_ones(empty_url: str) -> None:
    engine = open_database(empty_url)
    metadata.create_all(engine)
    declared = _structure(engine)
    metadata.drop_all(engine)
    upgrade(engine)
    migrated = _structure(engine)
    del migrated["alembic_version"]
    assert migrated == declared
    engine.dispose()


def test_a_missing_column_is_a_difference(empty_url: str) -> None:
    engine = open_database(empty_url)
    upgrade(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE stations DROP COLUMN room")
    (difference,) = check(engine)
    assert "room" in difference
    engine.dispose()


def test_a_newer_database_is_not_touched(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.connection.known_revisions", lambda: ("0000",))
    before = _structure(database)
    with pytest.raises(DatabaseRefusal, match="has structure 0006, which is newer than this"):
        upgrade(database)
    assert _structure(database) == before


def test_a_migration_that_fails_leaves_nothing_behind(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(empty_url)

    def stumble(config: Config, _revision: str) -> None:
        connection: sa.Connection = config.attributes["connection"]
        connection.exec_driver_sql("CREATE TABLE half (code VARCHAR)")
        raise RuntimeError("power cut")

    monkeypatch.setattr("alembic.command.upgrade", stumble)
    with pytest.raises(RuntimeError):
        upgrade(engine)
    assert sa.inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_migration_that_breaks_a_reference_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'clearshift.db'}")
    upgrade(engine)

    def orphan(config: Config, _revision: str) -> None:
        connection: sa.Connection = config.attributes["connection"]
        connection.exec_driver_sql("INSERT INTO stations VALUES ('HC', 'A1', 'A', '')")

    monkeypatch.setattr("alembic.command.upgrade", orphan)
    with pytest.raises(RuntimeError, match="leaves references to nothing"):
        upgrade(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM stations").scalar() == 0
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    engine.dispose()


def test_every_immutable_table_has_its_triggers(database: sa.Engine) -> None:
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if database.dialect.name == "sqlite"
        else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    )
    with database.connect() as connection:
        guarded = {table for _, table in connection.exec_driver_sql(query)}
    assert guarded == set(IMMUTABLE)


def test_limits_that_a_center_had_entered_are_there_after_the_upgrade(empty_url: str) -> None:
    engine = open_database(empty_url)
    _upgrade_to(engine, "0003")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO centers (code, name_en, name_zh, timezone, odd_monday, phone, address_en,"
            " address_zh, arrive_before_minutes, leave_after_minutes, partial_weeks)"
            " VALUES ('HC', 'H', '', 'Asia/Shanghai', '2026-01-05', '', '', '', 30, 20, false)"
        )
        connection.exec_driver_sql(
            "INSERT INTO water_limits VALUES"
            " ('HC', 'bacteria', 'water', '2026-03-01', 0, 14, 50.0, NULL, false, 'ours', true)"
        )
        for day, value in (("2026-03-02", 24.0), ("2026-02-01", 36.0)):
            connection.exec_driver_sql(
                "INSERT INTO care_limits VALUES ('HC', 'idle_hours', "
                f"'{day}', {value}, 'h', 'ours', 'Li', '2026-02-01 09:00:00')"
            )
    upgrade(engine)
    with reading(engine) as session:
        assert load_care_limits(session, "HC") == (
            CareLimit("idle_hours", date(2026, 2, 1), 36, "h", "ours", "Li"),
            CareLimit("idle_hours", date(2026, 3, 2), 24, "h", "ours", "Li"),
        )
        (row,) = load_facts(session, "HC").limits
    assert row == WaterLimit(
        "bacteria", Medium.WATER, date(2026, 3, 1), Every(0, 14), 50, source="ours"
    )
    engine.dispose()


def test_the_revisions_are_a_chain_in_the_order_of_their_file_names() -> None:
    (folder,) = db.migrations.__path__
    config = Config()
    config.set_main_option("script_location", folder)
    chain = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(chain)) == known_revisions()


def _upgrade_to(engine: sa.Engine, revision: str) -> None:
    (folder,) = db.migrations.__path__
    config = Config()
    config.set_main_option("script_location", folder)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def _structure(engine: sa.Engine) -> dict[str, Any]:
    inspector = sa.inspect(engine)
    return {
        table: {
            "columns": sorted(
                (column["name"], str(column["type"]), column["nullable"])
                for column in inspector.get_columns(table)
            ),
            "key": inspector.get_pk_constraint(table)["constrained_columns"],
            "references": sorted(
                (
                    str(key["name"]),
                    key["constrained_columns"],
                    key["referred_table"],
                    key["options"],
                )
                for key in inspector.get_foreign_keys(table)
            ),
            "checks": sorted(
                (str(rule["name"]), rule["sqltext"])
                for rule in inspector.get_check_constraints(table)
            ),
        }
        for table in inspector.get_table_names()
    }
