"""The only two ways to work with the center's database: reading and writing, each in a session that
first makes sure of the structure. No table is named in here but Alembic's.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from db.opening import failure, is_absent, masked
from db.refusal import DatabaseRefusal
from domain.words import words

_VERSIONS = Path(__file__).parent / "migrations" / "versions"


@contextmanager
def reading(engine: sa.Engine) -> Iterator[Session]:
    """A session that sees one moment of the database throughout and cannot write.

    Raises DatabaseRefusal if the database fails or has another structure than the program.
    """
    snapshot = engine.execution_options(clearshift_reading=True)
    if engine.dialect.name == "postgresql":
        snapshot = snapshot.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    with _session(snapshot) as session:
        yield session


@contextmanager
def writing(engine: sa.Engine) -> Iterator[Session]:
    """A session whose work is stored as a whole at the end, or not at all if it raises.

    Raises DatabaseRefusal as `reading` does, and if another writer does not finish in time.
    """
    with _session(engine) as session:
        yield session
        session.commit()


def known_revisions() -> tuple[str, ...]:
    """The structures that this program knows, oldest first; the last is its own."""
    return tuple(sorted(file.stem.split("_")[0] for file in _VERSIONS.glob("[0-9]*.py")))


@contextmanager
def _session(engine: sa.Engine) -> Iterator[Session]:
    if is_absent(engine):
        raise _unmigrated(engine)
    try:
        with Session(engine, expire_on_commit=False) as session:
            _require_structure(engine, revision(session.connection()))
            yield session
    except OperationalError as error:
        raise failure(engine, error) from error


def revision(connection: sa.Connection) -> str | None:
    """The structure that the database has; `None` if it has no tables yet."""
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return found


def require_known(engine: sa.Engine, found: str | None) -> None:
    """Raises DatabaseRefusal if a newer program has changed the structure."""
    if found is None or found in known_revisions():
        return
    raise DatabaseRefusal(
        words(
            "The database {place} has structure {found}, which is newer than this program;"
            " install the newer program.",
            place=masked(engine.url),
            found=found,
        )
    )


def _require_structure(engine: sa.Engine, found: str | None) -> None:
    require_known(engine, found)
    needed = known_revisions()[-1]
    if found is None:
        raise _unmigrated(engine)
    if found != needed:
        raise DatabaseRefusal(
            words(
                "The database {place} has structure {found} and this program needs {needed};"
                " back it up, then run clearshift db upgrade.",
                place=masked(engine.url),
                found=found,
                needed=needed,
            )
        )


def _unmigrated(engine: sa.Engine) -> DatabaseRefusal:
    place = masked(engine.url)
    return DatabaseRefusal(
        words(
            "The database {place} has no tables yet; clearshift db upgrade makes them.",
            place=place,
        )
    )
