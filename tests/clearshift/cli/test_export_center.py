"""`clearshift export` writes what the import reads back as the same center."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.files import read_center
from tests.clearshift.cli.calling import Ask


@pytest.mark.parametrize("name", ["copy", "copy.xlsx"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_exported_center_is_the_imported_one(
    planned: Path, ask: Ask, name: str, language: str
) -> None:
    answer = ask("export", name, "--language", language, "--json").data
    assert answer == {"path": name, "center": "XIAMAO", "language": language}
    assert read_center(planned / name) == read_center(planned / "center")
    assert ask("import", name).lines[0].endswith("nothing has changed.")


def test_a_file_that_is_there_is_only_replaced_when_forced(planned: Path, ask: Ask) -> None:
    (planned / "copy.xlsx").write_bytes(b"mine")
    assert ask("export", "copy.xlsx", code=2).err == (
        "copy.xlsx is there already; --force replaces it.\n"
    )
    assert (planned / "copy.xlsx").read_bytes() == b"mine"
    assert ask("export", "copy.xlsx", "--force").out == (
        "Xiamao township sample dialysis room is written to copy.xlsx.\n"
    )


@pytest.mark.usefixtures("folder")
def test_without_a_database_the_way_to_one_is_told(ask: Ask) -> None:
    assert ask("export", "copy", code=2).err == (
        "There is no database sqlite+pysqlite:///clearshift.db yet; "
        "clearshift import reads a center into it.\n"
    )
    ask("db", "upgrade")
    assert ask("export", "copy", code=2).err == (
        "There is no center in the database yet; clearshift import reads one.\n"
    )


def test_of_several_centers_one_must_be_chosen(planned: Path, ask: Ask) -> None:
    ask("sample", "--machines", 4, "--out", "other")
    ask("import", "other")
    assert ask("export", "copy", code=2).err == (
        "The database holds several centers; choose one: --center SAMPLE, XIAMAO.\n"
    )
    ask("export", "copy", "--center", "XIAMAO")
    assert read_center(planned / "copy").center.code == "XIAMAO"
    assert ask("export", "b", "--center", "X", code=2).err == (
        "There is no center X in the database; there are: SAMPLE, XIAMAO.\n"
    )
