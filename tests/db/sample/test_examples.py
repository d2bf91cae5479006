"""The folders in examples/ are the named samples, and their page tells their figures."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from db.files import read_center
from db.sample.center import make_center
from db.sample.examples import write_examples
from db.sample.named import NAMED, SEED
from db.sample.spec import FIRST_MONDAY
from domain.problem import Problem
from domain.register import Register
from tests.db.sample.figures import table

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "samples.md"


@cache
def read(name: str) -> Register:
    return read_center(ROOT / "examples" / name)


@pytest.mark.parametrize("name", NAMED)
def test_a_folder_holds_exactly_what_its_seed_makes(name: str) -> None:
    assert read(name) == make_center(NAMED[name], SEED)


def test_the_folders_are_the_named_samples() -> None:
    folders = {path.name for path in (ROOT / "examples").iterdir() if path.is_dir()}
    assert folders == set(NAMED)


def test_a_sample_is_written_in_the_language_of_its_texts(tmp_path: Path) -> None:
    write_examples(tmp_path)
    headings = {
        name: (tmp_path / name / "patients.csv").read_text("utf-8-sig").splitlines()[0]
        for name in NAMED
    }
    assert {name: line.split(",")[1] for name, line in headings.items()} == {
        "huangchuan": "姓名",
        "xiamao": "姓名",
        "workshop": "name",
        "shexian": "name",
    }
    assert all(read_center(tmp_path / name) == read(name) for name in NAMED)


def test_the_page_has_the_figures_that_the_data_have() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    counted = table({name: Problem(read(name), FIRST_MONDAY) for name in NAMED})
    assert [line for line in lines if line.startswith("|")] == counted
