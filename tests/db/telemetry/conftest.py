"""Every test of the telemetry database runs on SQLite and on a real PostgreSQL too."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.opening import open_database
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from db.telemetry.store import TelemetryStore
from db.telemetry.tables import metadata
from tests.db.conftest import BACKENDS
from tests.db.telemetry.world import MACHINES


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file without rows, to be copied."""
    file = tmp_path_factory.mktemp("telemetry") / "migrated.db"
    engine = open_telemetry(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def migrated_server(postgres: Callable[[str], str]) -> str:
    """A migrated PostgreSQL database, which each test leaves empty."""
    admin = open_database(postgres("postgres"))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CREATE DATABASE telemetry")
    admin.dispose()
    engine = open_telemetry(postgres("telemetry"))
    upgrade(engine)
    engine.dispose()
    return postgres("telemetry")


@pytest.fixture(params=BACKENDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated telemetry database without rows."""
    if request.param == "sqlite":
        file = tmp_path / "telemetry.db"
        shutil.copyfile(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite:///{file}"
        return
    url: str = request.getfixturevalue("migrated_server")
    yield url
    engine = open_telemetry(url)
    with engine.begin() as connection:
        empty(connection)
    engine.dispose()


@pytest.fixture
def telemetry(place: str) -> Iterator[sa.Engine]:
    """The same, opened."""
    engine = open_telemetry(place)
    yield engine
    engine.dispose()


@pytest.fixture
def store(telemetry: sa.Engine) -> TelemetryStore:
    """An ingest's hold on it."""
    return TelemetryStore(telemetry, lambda: MACHINES)


def empty(connection: sa.Connection) -> None:
    """Deletes every row, and makes numbers begin anew."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(metadata.tables)
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY")
        return
    for table in metadata.tables.values():
        connection.execute(sa.delete(table))
