"""A center as a folder: one `center.toml` and a CSV file for every other table."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from db.files.columns import Table
from db.files.csv_sheet import read_csv, written_csv
from db.files.headings import nearest
from db.files.kinds import Language, folded
from db.files.problems import FileProblem
from db.files.sheets import Found, Place, missing, together
from db.files.tables import TABLES
from db.files.texts import Written
from db.files.toml_sheets import TOML_TABLES, read_toml
from db.files.toml_text import written_toml
from domain.words import Words, words

TOML_NAME = "center.toml"
MAX_CSV_BYTES = 32 * 1024 * 1024
MAX_TOML_BYTES = 256 * 1024

_CSV_TABLES = tuple(table for table in TABLES if table.home == "csv")
_THERE = words("this file, which is missing")
_READABLE = words("a file that can be read")
_ONCE = words("one file for each table; another file holds this one")


def read_folder(folder: Path) -> Found:
    """The sheets of a folder. Files that are neither `center.toml` nor CSV are passed over."""
    parts: list[Found] = []
    for file in sorted(folder.iterdir()):
        there = together(parts).tables
        parts += _read_file(file, there)
    found = together(parts)
    absent = tuple(_absent(found))
    names = frozenset(table.name for table in TOML_TABLES if table.name not in found.tables)
    return together([found, Found({}, names, absent)])


def _read_file(file: Path, there: frozenset[str]) -> Iterator[Found]:
    if folded(file.name) == TOML_NAME:
        tables = TOML_TABLES
    elif _is_csv(file):
        table = _table(file)
        if table is None:
            yield _refused(file, _unknown(file))
            return
        tables = (table,)
    else:
        return
    if there & {table.name for table in tables}:
        yield _refused(file, _ONCE)
    else:
        yield _read(file, tables)


def _read(file: Path, tables: tuple[Table, ...]) -> Found:
    is_toml = tables is TOML_TABLES
    names = frozenset(table.name for table in tables)
    data = _bytes(file, MAX_TOML_BYTES if is_toml else MAX_CSV_BYTES)
    if isinstance(data, Words):
        return _refused(file, data, names)
    if is_toml:
        return read_toml(Place(file.name), data)
    sheet, problems = read_csv(tables[0], Place(file.name), data)
    if sheet is None:
        return Found({}, names, tuple(problems))
    return Found({tables[0].name: sheet}, frozenset(), tuple(problems))


def _refused(file: Path, expected: Words, names: frozenset[str] = frozenset()) -> Found:
    return Found({}, names, (Place(file.name).problem(expected),))


def _bytes(file: Path, most: int) -> bytes | Words:
    """The file's content, or what was expected of it. A pipe would never end."""
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            return _READABLE
        if found.st_size > most:
            return words("a file of at most {most} kilobytes", most=most // 1024)
        return file.read_bytes()
    except OSError:
        return _READABLE


def _is_csv(file: Path) -> bool:
    return file.suffix.casefold() == ".csv" and not file.name.startswith((".", "~"))


def _table(file: Path) -> Table | None:
    names = {
        folded(name): table
        for table in _CSV_TABLES
        for name in (table.name, table.title.en, table.title.zh)
    }
    return names.get(folded(file.stem))


def _unknown(file: Path) -> Words:
    names = {folded(table.name): f"{table.name}.csv" for table in _CSV_TABLES}
    found = nearest(file.stem, names)
    if found is None:
        return words("one of the files {files}", files=tuple(names.values()))
    return words("a known file name, perhaps {nearest}", nearest=found)


def _absent(found: Found) -> Iterator[FileProblem]:
    if not found.tables & {table.name for table in TOML_TABLES}:
        yield Place(TOML_NAME).problem(_THERE)
    for table in missing(found, _CSV_TABLES):
        yield Place(f"{table.name}.csv").problem(_THERE)


def is_center_folder(folder: Path) -> bool:
    """True if a center has been written here before."""
    return (folder / TOML_NAME).is_file()


def is_center_file(file: Path) -> bool:
    """True if the file is read as part of a center."""
    return folded(file.name) == TOML_NAME or (_is_csv(file) and _table(file) is not None)


def folder_files(tables: tuple[Written, ...], language: Language) -> dict[str, bytes]:
    """The files of a center's folder by name."""
    in_toml = [one for one in tables if one.table.home == "toml"]
    files = {TOML_NAME: written_toml(in_toml, language)}
    for one in tables:
        if one.table.home == "csv":
            files[f"{one.table.name}.csv"] = written_csv([one.headings, *one.rows])
    return files
