"""Opening, reading, writing, and the one sentence when that is impossible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

import db.connection
import db.opening
from db.connection import reading, writing
from db.opening import masked, open_database
from db.refusal import DatabaseRefusal

INSERT = sa.text(
    "INSERT INTO centers VALUES"
    " ('HC', 'Huangchuan', '', 'Asia/Shanghai', '2026-01-05', '', '', '', 30, 20, '0')"
)
COUNT = sa.text("SELECT count(*) FROM centers")


def test_what_was_written_is_read(database: sa.Engine) -> None:
    with writing(database) as session:
        session.execute(INSERT)
    with reading(database) as session:
        assert session.scalar(COUNT) == 1


def test_nothing_is_stored_if_the_writer_raises(database: sa.Engine) -> None:
    def write_and_fail() -> None:
        with writing(database) as session:
            session.execute(INSERT)
            raise KeyError("the planner's own mistake")

    with pytest.raises(KeyError):
        write_and_fail()
    with reading(database) as session:
        assert session.scalar(COUNT) == 0


def test_a_reader_cannot_write_before_a_writer_or_after_it(database: sa.Engine) -> None:
    for count, change in ((0, INSERT), (1, COUNT)):
        with pytest.raises((DatabaseRefusal, DBAPIError)), reading(database) as session:
            session.execute(sa.text("DELETE FROM centers"))
        with writing(database) as session:
            assert session.scalar(COUNT) == count
            session.execute(change)


def test_a_reader_sees_one_moment_while_another_writes(database: sa.Engine) -> None:
    with reading(database) as reader:
        assert reader.scalar(COUNT) == 0
        with writing(database) as session:
            session.execute(INSERT)
        assert reader.scalar(COUNT) == 0


def test_sqlite_survives_a_power_cut_and_keeps_references(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'clearshift.db'}")
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
    }


def test_a_writer_that_waits_too_long_is_told_so(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db.opening, "WAIT_SECONDS", 1)
    one, two = open_database(url), open_database(url)
    with writing(one) as session:
        session.execute(INSERT)
        with pytest.raises(DatabaseRefusal, match="Another program has been writing"):
            _insert(two)
    for engine in (one, two):
        engine.dispose()


def test_a_database_without_tables_is_refused(empty_url: str) -> None:
    engine = open_database(empty_url)
    with pytest.raises(DatabaseRefusal, match="no tables yet; clearshift db upgrade makes them"):
        _insert(engine)
    engine.dispose()


def test_a_sqlite_file_that_does_not_exist_is_not_made_by_looking(tmp_path: Path) -> None:
    engine = open_database(f"sqlite:///{tmp_path / 'typo.db'}")
    with pytest.raises(DatabaseRefusal, match="has no tables yet"), reading(engine):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("known", "sentence"),
    [
        (("0000",), "has structure 0006, which is newer than this program; install the newer"),
        (("0006", "0007"), "has structure 0006 and this program needs 0007; back it up, then run"),
    ],
)
def test_a_database_of_another_structure_is_refused(
    database: sa.Engine, monkeypatch: pytest.MonkeyPatch, known: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.setattr(db.connection, "known_revisions", lambda: known)
    with pytest.raises(DatabaseRefusal, match=sentence):
        _insert(database)


def test_an_unreachable_server_is_named_without_the_password() -> None:
    with pytest.raises(DatabaseRefusal) as refused:
        open_database("postgresql://nurse:secret@127.0.0.1:1/clearshift")
    assert str(refused.value).startswith(
        "The database postgresql+psycopg://nurse:***@127.0.0.1:1/clearshift cannot be used: "
    )
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_password_in_the_query_is_left_out() -> None:
    url = sa.make_url("postgresql://host/clearshift?password=secret&sslmode=require")
    assert masked(url) == "postgresql://host/clearshift?sslmode=require"


def test_the_common_names_of_postgresql_are_accepted(postgres: Callable[[str], str]) -> None:
    url = postgres("postgres")
    for name in ("postgres://", "postgresql://", "postgresql+psycopg://"):
        engine = open_database(url.replace("postgresql://", name))
        assert engine.dialect.driver == "psycopg"
        engine.dispose()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("mysql://nurse:secret@host/x", r"mysql://nurse:\*\*\*@host/x is of kind mysql; expected"),
        ("clearshift.db", "The database URL cannot be read; expected sqlite:///file.db or"),
        ("sqlite:////no/such/folder/x.db", "there is no folder /no/such/folder"),
    ],
)
def test_a_url_of_no_use_is_refused(url: str, sentence: str) -> None:
    with pytest.raises(DatabaseRefusal, match=sentence) as refused:
        open_database(url)
    assert "secret" not in str(refused.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.db"
    file.write_text("Monday: Wang Wei on chair 3\n" * 40)
    with pytest.raises(DatabaseRefusal, match="file is not a database"):
        open_database(f"sqlite:///{file}")
    assert file.read_text().startswith("Monday")


def _insert(engine: sa.Engine) -> None:
    with writing(engine) as session:
        session.execute(INSERT)
