"""What is written reads back the same."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.files import CenterRefused, read_center, write_center
from db.files.kinds import Language
from domain.center import Machine, Modality, Station
from domain.patient import Patient
from domain.register import Register
from domain.words import Label
from tests.db.files.centers import SMALL
from tests.db.files.legal import legal_registers

LANGUAGES: tuple[Language, ...] = ("en", "zh")
FORMS = ("center", "center.xlsx")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_center_with_a_row_in_every_table_comes_back(
    tmp_path: Path, form: str, language: Language
) -> None:
    write_center(SMALL, tmp_path / form, language)
    assert read_center(tmp_path / form) == SMALL


@settings(max_examples=40)
@given(legal_registers(), st.sampled_from(LANGUAGES), st.sampled_from(FORMS))
def test_any_center_comes_back_in_order(register: Register, language: Language, form: str) -> None:
    folder = Path(mkdtemp(prefix="clearshift_"))
    try:
        write_center(register, folder / form, language)
        assert read_center(folder / form) == register.in_order()
    finally:
        shutil.rmtree(folder)


TYPED = [
    "=1+1", "+86 138", "-", "@name", "'quoted'", "'=1", "''", '"', 'a"b', "a,b;c", "第一行\n第二行",
    "_x0041_", "a_b", "007", "2026-01-05", "TRUE", "1e5", "#N/A", "a  b", "𠮷㛃𬱖", "\ufeffa",
    "é", "a\\b", "＝１", "{name}",
]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", TYPED)
def test_text_that_a_spreadsheet_would_take_for_something_else_comes_back(
    tmp_path: Path, form: str, text: str
) -> None:
    patients = tuple(replace(patient, name=text) for patient in SMALL.patients)
    center = replace(SMALL.center, name=Label(text, text), phone=text)
    register = replace(SMALL, patients=patients, center=center).in_order()
    write_center(register, tmp_path / form)
    assert read_center(tmp_path / form) == register


def test_a_folder_and_a_workbook_hold_the_same(tmp_path: Path) -> None:
    write_center(SMALL, tmp_path / "center", "en")
    write_center(SMALL, tmp_path / "center.xlsx", "zh")
    assert read_center(tmp_path / "center") == read_center(tmp_path / "center.xlsx")


def test_the_same_center_is_the_same_file(tmp_path: Path) -> None:
    write_center(SMALL, tmp_path / "one.xlsx", "zh")
    write_center(SMALL, tmp_path / "two.xlsx", "zh")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


UNWRITABLE = [
    (Patient("P01", " spaces "), "patients", "name"),
    (Patient("P01", "a\rb"), "patients", "name"),
    (Patient("P01", "bell\x07"), "patients", "name"),
    (Patient("P01", "_x000D_"), "patients", "name"),
    (Patient("P01", ""), "patients", "name"),
    (Patient("P 1", "王芳"), "patients", "code"),
    (Patient("Ｐ１", "王芳"), "patients", "code"),
    (Patient("P01", "王芳", language="fr"), "patients", "language"),
    (Patient("P01", "王芳", travel_minutes=-1), "patients", "travel (minutes)"),
]


@pytest.mark.parametrize(("patient", "file", "column"), UNWRITABLE)
def test_what_would_not_come_back_is_not_written(
    tmp_path: Path, patient: Patient, file: str, column: str
) -> None:
    register = replace(SMALL, patients=(patient, SMALL.patients[1]))
    with pytest.raises(CenterRefused) as refused:
        write_center(register, tmp_path / "center")
    (problem,) = refused.value.problems
    heading = problem.column.en if isinstance(problem.column, Label) else problem.column
    assert (problem.file, problem.row is not None, heading) == (file, True, column)
    assert list(tmp_path.iterdir()) == []


def test_a_register_that_no_import_accepts_is_not_written(tmp_path: Path) -> None:
    register = replace(SMALL, stations=(*SMALL.stations, Station("C01", "C")))
    with pytest.raises(CenterRefused, match="C"):
        write_center(register, tmp_path / "center.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_rows_come_back_in_order_whatever_their_order_in_the_file(tmp_path: Path) -> None:
    machine = Machine("A1", "", "", frozenset({Modality.HD}))
    register = replace(SMALL, machines=(*SMALL.machines, machine))
    write_center(register, tmp_path / "center")
    assert [one.code for one in read_center(tmp_path / "center").machines] == ["A1", "M01", "M02"]
