"""The small center as a folder and as a workbook, written once and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db.files import write_center
from tests.db.files.centers import SMALL


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the small center is written in both forms with English headings."""
    there = tmp_path_factory.mktemp("centers")
    write_center(SMALL, there / "center")
    write_center(SMALL, there / "center.xlsx")
    return there


@pytest.fixture
def folder(templates: Path, tmp_path: Path) -> Path:
    """The small center as a folder of its own."""
    return Path(shutil.copytree(templates / "center", tmp_path / "center"))


@pytest.fixture
def workbook(templates: Path, tmp_path: Path) -> Path:
    """The small center as a workbook of its own."""
    return Path(shutil.copy(templates / "center.xlsx", tmp_path / "center.xlsx"))
