"""Files appear whole or not at all, and nobody else's are touched."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from db.files import CenterRefused, read_center, write_center
from db.files.replacing import replace_file, replace_folder
from domain.center import Station
from tests.db.files.centers import SMALL

GROWN = replace(SMALL, stations=(*SMALL.stations, Station("B02", "B")))


def refusal(path: Path) -> str:
    with pytest.raises(CenterRefused) as refused:
        write_center(SMALL, path)
    return str(refused.value)


@pytest.mark.parametrize("form", ["center", "center.xlsx"])
def test_writing_again_replaces_what_was_there(tmp_path: Path, form: str) -> None:
    write_center(SMALL, tmp_path / form)
    write_center(GROWN, tmp_path / form)
    assert read_center(tmp_path / form) == GROWN
    assert [file.name for file in tmp_path.iterdir()] == [form]


def test_who_has_the_old_workbook_open_keeps_it_whole(workbook: Path, tmp_path: Path) -> None:
    os.link(workbook, tmp_path / "open.xlsx")
    write_center(GROWN, workbook)
    assert read_center(tmp_path / "open.xlsx") == SMALL
    assert read_center(workbook) == GROWN


@pytest.mark.parametrize("form", ["new/deep/center", "new/deep/center.xlsx"])
def test_folders_on_the_way_are_made(tmp_path: Path, form: str) -> None:
    write_center(SMALL, tmp_path / form)
    assert read_center(tmp_path / form) == SMALL


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_center(SMALL, tmp_path)
    assert read_center(tmp_path) == SMALL


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("irreplaceable")
    assert refusal(tmp_path) == (
        f"{tmp_path}: expected a center's folder, an empty one or a path where there is nothing yet"
    )
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_file_is_not_replaced_by_a_folder_nor_a_folder_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder.xlsx").mkdir()
    assert "expected a center's folder" in refusal(tmp_path / "file")
    assert "expected a path where there is no folder" in refusal(tmp_path / "folder.xlsx")


def test_files_of_others_in_a_center_s_folder_stay(folder: Path) -> None:
    (folder / "README.md").write_text("ours")
    (folder / "plans").mkdir()
    (folder / "plans" / "week.xlsx").write_text("kept")
    (folder / "患者.csv").write_text("an old name of patients.csv")
    write_center(GROWN, folder)
    assert read_center(folder) == GROWN
    assert (folder / "plans" / "week.xlsx").read_text() == "kept"
    assert (folder / "README.md").read_text() == "ours"
    assert not (folder / "患者.csv").exists()


def test_a_link_to_a_folder_stays_a_link(folder: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    write_center(GROWN, link)
    assert link.is_symlink()
    assert read_center(folder) == GROWN


def test_others_may_read_a_new_folder_as_they_may_read_its_parent_s_files(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_center(SMALL, tmp_path / "center")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "center").stat().st_mode) == 0o755


def test_a_failed_write_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "center.xlsx"
    target.write_text("old")

    def fail(part: Path) -> None:
        part.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        replace_file(target, fail)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"center.xlsx": "old"}


def test_a_failed_write_leaves_the_old_folder_and_no_other(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="too long"):
        replace_folder(folder, {"center.toml": b"", "x" * 300: b""}, lambda _: True)
    assert [file.name for file in tmp_path.iterdir()] == ["center"]
    assert read_center(folder) == SMALL
