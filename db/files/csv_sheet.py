"""CSV as Excel writes and reads it, and as a person's editor does.

Written: UTF-8 with byte order mark, commas, CRLF, and an apostrophe before text that a
spreadsheet would take for a formula. Read: any of three encodings and three separators.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from db.files.columns import Table
from db.files.decoding import Undecodable, decoded
from db.files.headings import count_known
from db.files.problems import FileProblem
from db.files.sheets import MAX_ROWS, TOO_MANY_ROWS, Line, Place, Sheet
from domain.words import words

_DELIMITERS = ",;\t"
_FORMULA = ("=", "+", "-", "@", "'")
_HEAD = 10_000
_QUOTES = words("cells not too long, with quotation marks that open and close around a whole cell")


def read_csv(table: Table, place: Place, data: bytes) -> tuple[Sheet | None, list[FileProblem]]:
    """The rows of a CSV file; no sheet if it cannot be read as one."""
    try:
        text = decoded(data)
    except Undecodable as error:
        return None, [place.problem(error.expected, error.line, error.value)]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=_delimiter(table, text), strict=True
    )
    lines: list[Line] = []
    problems: list[FileProblem] = []
    try:
        for number, cells in enumerate(reader, start=1):
            if number > MAX_ROWS + 1:
                problems.append(place.problem(TOO_MANY_ROWS, number))
                break
            lines.append(Line(number, tuple(unguarded(cell) for cell in cells)))
    except csv.Error:
        problems.append(place.problem(_QUOTES, len(lines) + 1))
    return Sheet(place, tuple(lines), partial=bool(problems)), problems


def _delimiter(table: Table, text: str) -> str:
    """The separator that makes most known headings of the first row."""
    first = next((line for line in text[:_HEAD].splitlines() if line.strip()), "")

    def headings(delimiter: str) -> int:
        return count_known(table, [name.strip('"') for name in first.split(delimiter)])

    return max(_DELIMITERS, key=headings)


def written_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of text as a CSV file, the first of them the headings."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """Text that no spreadsheet takes for a formula: "=1" becomes "'=1"."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def unguarded(text: str) -> str:
    """`guarded` undone; other text stays as it is."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text
