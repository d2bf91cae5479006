"""The format explained for people: the tables of docs/files.md come from the columns.

`python -m db.files.describe docs/files.md` rewrites what stands between the two marks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from db.files.columns import Table
from db.files.frequencies import FREQUENCY
from db.files.kinds import CODE, CODES, TEXT, Kind
from db.files.moments import DATE, END, START, WEEKDAYS
from db.files.readme_sheet import example_of
from db.files.tables import TABLES
from db.files.vocabulary import RULE
from domain.words import Label

_BEFORE = "<!-- tables: from the columns in db/files, by python -m db.files.describe -->"
_AFTER = "<!-- end of tables -->"


_SHORT = (
    (TEXT, "text"),
    (CODE, "code"),
    (CODES, "words"),
    (DATE, "date"),
    (START, "time"),
    (END, "time"),
    (WEEKDAYS, "weekdays"),
    (FREQUENCY, "frequency"),
    (RULE, "name of a rule"),
)
"""Kinds that the page explains above its tables."""


def with_tables(page: str) -> str:
    """The page with its tables as the columns are now. Raises ValueError if a mark is gone."""
    before, middle, rest = page.partition(_BEFORE)
    _, end, after = rest.partition(_AFTER)
    if not middle or not end:
        raise ValueError(f"{_BEFORE} and {_AFTER} must stand in the page")
    tables = "\n".join(line for table in TABLES for line in _table(table))
    return f"{before}{_BEFORE}\n{tables}\n{_AFTER}{after}"


def _table(table: Table) -> Iterator[str]:
    yield ""
    yield f"### {_both(table.title)}"
    yield ""
    yield f"{_where(table)} {_both(table.about, ' ')}"
    yield ""
    key = ["key"] if table.home == "toml" else []
    headings = [*key, "English", "中文", "needed", "values", "meaning", "example", "示例"]
    yield f"| {' | '.join(headings)} |"
    yield "|---" * len(headings) + "|"
    for column in table.columns:
        cells = (
            *(f"`{column.key}`" for _ in key),
            column.heading.en,
            column.heading.zh,
            "yes" if column.required else "",
            _values(column.kind),
            _both(column.meaning, "<br>"),
            example_of(column, "en"),
            example_of(column, "zh"),
        )
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _where(table: Table) -> str:
    if table.home == "toml":
        header = "[center]" if table.name == "center" else f"[[{table.name}]]"
        place = f"`{header}` in `center.toml`"
    else:
        place = f"`{table.name}.csv`"
    needed = "needed" if table.required else "may be missing"
    return f"{place}, {needed}."


def _values(kind: Kind) -> str:
    if kind.refers is not None:
        return f"{'codes' if kind.many else 'code'} of {kind.refers}"
    for known, name in _SHORT:
        if kind is known:
            return name
    if kind.choices:
        return ", ".join(dict.fromkeys(_both(choice, " / ") for choice in kind.choices))
    return str(kind.expected)


def _both(label: Label, between: str = " / ") -> str:
    return label.en if label.en == label.zh else f"{label.en}{between}{label.zh}"


def main() -> None:
    """Rewrites the tables of the page named on the command line."""
    page = Path(sys.argv[1])
    page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
