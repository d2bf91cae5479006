"""Two small files that go with remedies: the doctor's list, and the center's own rates."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path

from clearshift.cli.refusal import Refusal
from domain.problem import Problem
from domain.remedied import may_have_fewer
from domain.remedy_price import STANDARD_RATES, Item, Rate
from domain.words import Words, words

_HEADINGS = frozenset({"patient", "item"})


def listed_patients(file: Path, problem: Problem) -> tuple[str, ...]:
    """The patients whom the doctor allows five sessions a fortnight: the first column of a CSV
    file, with or without a heading. Raises Refusal with every line that cannot be taken."""
    found: dict[str, int] = {}
    wrong: list[Words] = []
    for line, row in _rows(file):
        code = row[0]
        if code not in problem.patient:
            wrong.append(words("{file}, line {line}: there is no patient {patient}",
                               file=str(file), line=line, patient=code))  # fmt: skip
        elif not may_have_fewer(problem, code):
            wrong.append(
                words(
                    "{file}, line {line}: {patient} is not on three sessions a week",
                    file=str(file),
                    line=line,
                    patient=code,
                )
            )
        found[code] = line
    if wrong:
        raise Refusal(*wrong)
    return tuple(found)


def own_rates(file: Path | None) -> Mapping[Item, Rate]:
    """The rates of a CSV file with item, minutes and source, over the standard ones. Raises
    Refusal with every line that cannot be taken."""
    rates = dict(STANDARD_RATES)
    if file is None:
        return rates
    wrong: list[Words] = []
    for line, row in _rows(file):
        rate = _rate(row)
        if rate is None:
            wrong.append(
                words(
                    "{file}, line {line}: expected one of {items}, whole minutes, and a source",
                    file=str(file),
                    line=line,
                    items=tuple(Item),
                )
            )
        else:
            rates[rate.item] = rate
    if wrong:
        raise Refusal(*wrong)
    return rates


def _rate(row: list[str]) -> Rate | None:
    if len(row) < 3 or row[0] not in set(Item) or not row[2]:
        return None
    if not (row[1].isascii() and row[1].isdigit()):
        return None
    return Rate(Item(row[0]), int(row[1]), row[2])


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Lines with anything in their first cell, by number, without the headings."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(words("{file}: expected text in UTF-8", file=str(file))) from error
    reader = csv.reader(StringIO(text))
    for row in reader:
        cells = [cell.strip() for cell in row]
        if cells and cells[0] and not (reader.line_num == 1 and cells[0].lower() in _HEADINGS):
            yield reader.line_num, cells
