"""From the sheets of a center, wherever they came from, to its register."""

from __future__ import annotations

from typing import Any

from db.files.checks import check
from db.files.problems import CenterRefused, FileProblem
from db.files.records import Records, read_records
from db.files.sheets import Found
from db.files.tables import TABLES
from domain.register import Register


def assemble(found: Found) -> Register:
    """The register that the sheets hold, in order. Raises CenterRefused with every problem."""
    read = {
        table.name: read_records(table, found.sheets[table.name])
        for table in TABLES
        if table.name in found.sheets
    }
    problems = list(found.problems)
    problems += [problem for records in read.values() for problem in records.problems]
    problems += check(read)
    if problems:
        raise CenterRefused(sorted(problems, key=_Order(found)))
    return _register(read)


def _register(read: dict[str, Records]) -> Register:
    tables: dict[str, Any] = {
        name: tuple(record.row for record in records.records) for name, records in read.items()
    }
    (center,) = tables.pop("center")
    return Register(center=center, **tables).in_order()


class _Order:
    """Problems of one place together, places in the order of the tables, rows from the top."""

    def __init__(self, found: Found) -> None:
        places = [found.sheets[table.name].place for table in TABLES if table.name in found.sheets]
        ranked = reversed(list(enumerate(places)))
        self._rank = {(place.file, place.sheet): rank for rank, place in ranked}

    def __call__(self, problem: FileProblem) -> tuple[int, int]:
        return self._rank.get((problem.file, problem.sheet), -1), problem.row or 0
