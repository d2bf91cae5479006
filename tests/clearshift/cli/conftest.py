"""Each test of a command works in a folder of its own, where a small center may be planned."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from clearshift.cli.main import main
from tests.clearshift.cli.calling import Ask, asking


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the program is called."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    return asking(capsys)


@pytest.fixture(scope="session")
def small_center(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The smallest sample as files, stored, and planned with sheets; to be copied."""
    place = tmp_path_factory.mktemp("xiamao")
    here = Path.cwd()
    os.chdir(place)
    try:
        assert main(["sample", "xiamao", "--out", "center"]) == 0
        assert main(["import", "center"]) == 0
        assert main(["plan", "--author", "Li"]) == 0
    finally:
        os.chdir(here)
    return place


@pytest.fixture
def planned(folder: Path, small_center: Path) -> Path:
    """A folder with the center's files in `center`, its database, and version 1 of its plan."""
    shutil.copytree(small_center, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def center(folder: Path, small_center: Path) -> Path:
    """A folder with nothing but the center's files, in `center`."""
    shutil.copytree(small_center / "center", folder / "center")
    return folder
