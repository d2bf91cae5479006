"""`clearshift db` on a real file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clearshift.cli.main import main
from db.connection import known_revisions

Printed = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(printed: Printed, *argv: str) -> tuple[int, str]:
    code = main(argv)
    out, err = printed.readouterr()
    assert err == ""
    return code, out


def test_a_database_that_is_not_there_is_not_ready_and_is_not_made_by_looking(
    capsys: Printed,
) -> None:
    code, text = run(capsys, "db", "status")
    assert code == 1
    assert text.splitlines()[-1] == "Not ready. Run clearshift db upgrade."
    assert not Path("clearshift.db").exists()


def test_an_upgrade_makes_the_database_ready_and_repeats_without_harm(capsys: Printed) -> None:
    place = "sqlite+pysqlite:///clearshift.db"
    assert run(capsys, "db", "upgrade") == (0, f"The database {place} is ready.\n")
    assert run(capsys, "db", "upgrade") == (
        0, f"The database {place} was ready; nothing had to be done.\n",
    )  # fmt: skip
    code, text = run(capsys, "db", "status", "--json")
    newest = known_revisions()[-1]
    assert code == 0
    assert json.loads(text) == {
        "database": place, "found": newest, "needed": newest, "differences": [], "ready": True,
    }  # fmt: skip


def test_a_database_that_cannot_be_made_is_refused_in_one_line(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARSHIFT_DATABASE__URL", "sqlite:////nowhere/at/all.db")
    code = main(["db", "upgrade"])
    out, err = capsys.readouterr()
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "/nowhere" in err


def test_wrong_settings_are_all_told_and_nothing_is_made(
    capsys: Printed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARSHIFT_PLAN__SECONDS", "0")
    monkeypatch.setenv("CLEARSHIFT_PLAN__SEED", "-1")
    code = main(["db", "upgrade"])
    out, err = capsys.readouterr()
    assert (code, out, len(err.splitlines())) == (2, "", 2)
    assert not Path("clearshift.db").exists()
