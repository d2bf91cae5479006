"""Whatever the bytes are: a center, or every problem with its place; never anything else."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.files import CenterRefused, FileProblem, read_center
from db.files.columns import Column, Table
from db.files.tables import TABLES
from tests.db.files.centers import change_part, part_of, rows_of, set_cell

Bytes = Callable[[bytes], bytes]


@contextmanager
def copied(template: Path) -> Iterator[Path]:
    """A copy for one example; the fixtures' folders live as long as all examples."""
    there = Path(mkdtemp(prefix="clearshift_"))
    try:
        if template.is_dir():
            yield Path(shutil.copytree(template, there / template.name))
        else:
            yield Path(shutil.copy(template, there / template.name))
    finally:
        shutil.rmtree(there)


def outcome(path: Path) -> tuple[FileProblem, ...]:
    """The problems of the files, none if they are a center."""
    try:
        read_center(path)
    except CenterRefused as refused:
        told = refused.problems, str(refused)
    else:
        return ()
    assert all(told)
    return told[0]


@st.composite
def damages(draw: st.DrawFn) -> Bytes:
    """Something that happens to bytes: cut, doubled, overwritten, or with others between."""
    at, length = draw(st.floats(0, 1)), draw(st.integers(0, 60))
    strange = st.sampled_from([b'"', b"\x00", b"\xff\xfe", b"<", b"&", b"[[", b"9" * 30, b"=1"])
    content = draw(st.binary(max_size=8) | strange)
    cut = draw(st.sampled_from([0, length]))
    again = draw(st.booleans())

    def damage(data: bytes) -> bytes:
        place = int(at * len(data))
        more = data[place : place + length] if again else b""
        return data[:place] + content + more + data[place + cut :]

    return damage


FILES = ["center.toml", *(f"{table.name}.csv" for table in TABLES if table.home == "csv")]


@settings(max_examples=60)
@given(st.sampled_from(FILES), st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_random_bytes_as_a_file_are_refused_in_words(
    templates: Path, name: str, content: bytes
) -> None:
    with copied(templates / "center") as folder:
        (folder / name).write_bytes(content)
        assert outcome(folder)


@settings(max_examples=100)
@given(st.sampled_from(FILES), st.lists(damages(), min_size=1, max_size=3))
def test_a_damaged_file_is_read_or_refused_in_words(
    templates: Path, name: str, changes: list[Bytes]
) -> None:
    with copied(templates / "center") as folder:
        data = (folder / name).read_bytes()
        for change in changes:
            data = change(data)
        (folder / name).write_bytes(data)
        outcome(folder)


@settings(max_examples=40)
@given(st.binary(max_size=400).map(lambda tail: b"PK\x03\x04" + tail) | st.binary(max_size=400))
def test_random_bytes_as_a_workbook_are_refused_in_words(templates: Path, content: bytes) -> None:
    with copied(templates / "center.xlsx") as workbook:
        workbook.write_bytes(content)
        assert outcome(workbook)


@settings(max_examples=60)
@given(st.lists(damages(), min_size=1, max_size=3), st.data())
def test_a_workbook_with_a_damaged_part_is_read_or_refused_in_words(
    templates: Path, changes: list[Bytes], data: st.DataObject
) -> None:
    with copied(templates / "center.xlsx") as workbook:
        with zipfile.ZipFile(workbook) as archive:
            parts = {info.filename: archive.read(info) for info in archive.infolist()}
        name = data.draw(st.sampled_from(sorted(parts)))
        for change in changes:
            parts[name] = change(parts[name])
        with zipfile.ZipFile(workbook, "w") as archive:
            for part, content in parts.items():
                archive.writestr(part, content)
        outcome(workbook)


@settings(max_examples=30)
@given(st.lists(damages(), min_size=1, max_size=3))
def test_a_damaged_workbook_is_read_or_refused_in_words(
    templates: Path, changes: list[Bytes]
) -> None:
    with copied(templates / "center.xlsx") as workbook:
        content = workbook.read_bytes()
        for change in changes:
            content = change(content)
        workbook.write_bytes(content)
        outcome(workbook)


CSV_COLUMNS = [
    (table, column) for table in TABLES if table.home == "csv" for column in table.columns
]


def case_name(one: tuple[Table, Column]) -> str:
    return f"{one[0].name}-{one[1].field}"


@pytest.mark.parametrize("one", CSV_COLUMNS, ids=case_name)
def test_spoiling_any_cell_of_a_file_names_exactly_that_cell(
    folder: Path, one: tuple[Table, Column]
) -> None:
    table, column = one
    file = folder / f"{table.name}.csv"
    last = len(rows_of(file))
    set_cell(file, last, column.heading.en, "\x01?")
    places = [(problem.file, problem.row, problem.column) for problem in outcome(folder)]
    assert places == [(file.name, last, column.heading.en)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_spoiling_any_cell_of_a_sheet_names_exactly_that_cell(
    templates: Path, table: Table
) -> None:
    for number, column in enumerate(table.columns):
        with copied(templates / "center.xlsx") as workbook:
            spoil(workbook, table, f"{'ABCDEFGHIJK'[number]}2")
            places = [(one.sheet, one.row, one.column) for one in outcome(workbook)]
            assert places == [(table.title.en, 2, column.heading.en)]


def spoil(workbook: Path, table: Table, cell: str) -> None:
    """Puts an Excel error into a cell, whatever it held."""

    def change(xml: str) -> str:
        start = xml.index(f'<c r="{cell}"')
        end = min(i for i in (xml.find("/>", start), xml.find("</c>", start)) if i >= 0)
        after = xml.index(">", end) + 1
        return f'{xml[:start]}<c r="{cell}" t="e"><v>#REF!</v></c>{xml[after:]}'

    change_part(workbook, part_of(workbook, table.title.en), change)
