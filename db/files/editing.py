"""One table of a center edited as text, read and checked together with all the others."""

from __future__ import annotations

from collections.abc import Sequence

from db.files.assembly import assemble
from db.files.kinds import Language
from db.files.sheets import Found, Line, Place, Sheet
from db.files.texts import Written, written
from domain.register import Register

Rows = Sequence[Sequence[str]]


def with_rows(register: Register, language: Language, table: str, rows: Rows) -> Register:
    """The center with other rows in a table, given as they stand in its files. Rows of which
    every cell is empty are passed over.

    Raises CenterRefused with every problem; rows count as in a file, the headings being row 1.
    """
    texts = written(register, language)
    sheets = {
        one.table.name: _sheet(one, rows if one.table.name == table else one.rows) for one in texts
    }
    return assemble(Found(sheets))


def _sheet(one: Written, rows: Rows) -> Sheet:
    lines = [Line(number, tuple(row)) for number, row in enumerate((one.headings, *rows), start=1)]
    return Sheet(Place(one.table.name), tuple(lines))
