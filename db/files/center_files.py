"""Reads and writes a center: a folder or an Excel workbook, the same content either way."""

from __future__ import annotations

from pathlib import Path

from db.files.assembly import assemble
from db.files.folder import folder_files, is_center_file, is_center_folder, read_folder
from db.files.kinds import Language
from db.files.problems import CenterRefused
from db.files.replacing import replace_file, replace_folder
from db.files.sheets import Place
from db.files.texts import written
from db.files.workbook_read import read_workbook
from db.files.workbook_write import write_workbook
from domain.register import Register
from domain.words import Words, words

WORKBOOK_SUFFIX = ".xlsx"

_SOMETHING = words("a folder or an .xlsx workbook")
_FREE_FOLDER = words("a center's folder, an empty one or a path where there is nothing yet")
_FREE_FILE = words("a path where there is no folder")


def read_center(path: Path) -> Register:
    """The center in a folder or a workbook, in order.

    Raises CenterRefused with every problem found; nothing else, whatever the bytes are.
    """
    try:
        if path.is_dir():
            return assemble(read_folder(path))
        if path.is_file():
            return assemble(read_workbook(path))
    except OSError as error:
        raise _refusal(path, words("a path that can be read")) from error
    raise _refusal(path, _SOMETHING)


def write_center(register: Register, path: Path, language: Language = "en") -> None:
    """Writes a center as a workbook if the path ends in .xlsx, else as a folder.

    What is written reads back as the same register. It appears whole or not at all. An
    existing workbook or center's folder is replaced; files of others in the folder stay.
    Raises CenterRefused for a register that no reading would accept, for a folder with
    something else in it; OSError if the disk refuses.
    """
    tables = written(register, language)
    if path.suffix.casefold() == WORKBOOK_SUFFIX:
        if path.is_dir():
            raise _refusal(path, _FREE_FILE)
        replace_file(path, lambda part: write_workbook(tables, part, language))
        return
    if not _is_free(path):
        raise _refusal(path, _FREE_FOLDER)
    replace_folder(path, folder_files(tables, language), is_center_file)


def _is_free(path: Path) -> bool:
    if not path.exists():
        return True
    return path.is_dir() and (is_center_folder(path) or not any(path.iterdir()))


def _refusal(path: Path, expected: Words) -> CenterRefused:
    return CenterRefused([Place(str(path)).problem(expected)])
