"""`clearshift sample` writes files that the import reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.files import read_center
from db.sample.center import make_center
from db.sample.named import NAMED
from tests.clearshift.cli.calling import Ask


def test_a_named_center_is_written_as_a_folder(folder: Path, ask: Ask) -> None:
    answer = ask("sample", "xiamao", "--out", "x")
    assert answer.lines == [
        "x: Xiamao township sample dialysis room, 6 machines, 24 patients, "
        "made for the week of Mon 2 Mar 2026.",
        "Next: clearshift import x",
    ]
    assert read_center(folder / "x").center.code == "XIAMAO"


def test_a_workbook_in_chinese_holds_the_same_center(folder: Path, ask: Ask) -> None:
    ask("sample", "xiamao", "--out", "x.xlsx", "--language", "zh", "--seed", 9)
    assert read_center(folder / "x.xlsx") == make_center(NAMED["xiamao"], 9)


@pytest.mark.usefixtures("folder")
def test_a_center_of_any_size_is_told_as_json(ask: Ask) -> None:
    answer = ask("sample", "--machines", 10, "--patients", 70, "--out", "x", "--json")
    assert answer.data == {
        "path": "x", "center": "SAMPLE", "machines": 10, "patients": 70,
        "week": "2026-03-02", "seed": 355,
    }  # fmt: skip
    assert ask("sample", "--machines", 10, "--out", "y", "--json").data["patients"] == 81


@pytest.mark.usefixtures("folder")
def test_what_is_there_is_only_replaced_when_forced(ask: Ask) -> None:
    ask("sample", "xiamao", "--out", "x")
    refused = ask("sample", "xiamao", "--out", "x", code=2)
    assert refused.err == "x is there already; --force replaces it.\n"
    ask("sample", "xiamao", "--out", "x", "--force")


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["zz"], "There is no sample zz; there are huangchuan, xiamao, workshop, shexian."),
        ([], "Expected one of huangchuan, xiamao, workshop, shexian, or --machines."),
        (
            ["xiamao", "--machines", "6"],
            "Expected one of huangchuan, xiamao, workshop, shexian, or --machines.",
        ),
        (["xiamao", "--patients", "6"], "--patients goes with --machines."),
        (["--machines", "9", "--patients", "900"], "patients: found 900, expected 23 to 90"),
        (["--machines", "1"], "machines: found 1, expected 4 to 1000"),
    ],
)
def test_a_center_that_cannot_be_is_refused_and_nothing_is_written(
    folder: Path, ask: Ask, argv: list[str], line: str
) -> None:
    assert ask("sample", *argv, "--out", "x", code=2).err == line + "\n"
    assert list(folder.iterdir()) == []
