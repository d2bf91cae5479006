"""What is known of patients before a bad day, as a CSV file: weight gained and the doctor's word.

Nothing of it is in the database. A row for each patient of whom something is known; whoever is
not in it has nothing known, which is never the same as nothing gained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from db.files.columns import Column, Table
from db.files.csv_sheet import read_csv, written_csv
from db.files.headings import nearest
from db.files.kinds import Kind, Language, Word, choice, folded, label_text, plain
from db.files.problems import FileProblem
from db.files.records import Record, Records, read_records
from db.files.shared_columns import patient
from db.files.sheets import Place
from db.sheets.plan_rows import MAX_BYTES
from domain.bad_day import Condition, Flag
from domain.problem import Problem
from domain.words import Label, words

_MOST_GAIN, _MOST_WEIGHT = 20, 300
FLAG = choice(
    Word(Flag.FIRST, "first", "优先", also=("urgent", "紧急")),
    Word(Flag.USUAL, "usual", "一般", also=("-",)),
    Word(Flag.CAN_WAIT, "can wait", "可缓", also=("wait", "缓")),
)


class ConditionsRefused(Exception):
    """The file is no table of conditions; every problem found is named."""

    def __init__(self, problems: list[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem.words()) for problem in self.problems)


def _kilograms(most: int) -> Kind:
    def parse(text: str) -> Decimal:
        found = plain(text).replace(",", ".")
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3})?", found) or Decimal(found) > most:
            raise ValueError
        return Decimal(found)

    expected = words("kilograms from 0 to {most}, such as 2.5", most=most)
    return Kind(expected, parse, lambda value, _: str(value))


CONDITIONS = Table(
    "conditions",
    Label("conditions", "病情"),
    Condition,
    Label("What is known of patients before a bad day.", "应急排班前掌握的患者情况。"),
    (
        patient(),
        Column(
            "gain_kg",
            Label("gain kg", "体重增长kg"),
            _kilograms(_MOST_GAIN),
            Label(
                "Gained since the last session; empty: unknown.", "距上次透析的增重；空白为未知。"
            ),
            "2.5",
            None,
        ),
        Column(
            "dry_weight_kg",
            Label("dry weight kg", "干体重kg"),
            _kilograms(_MOST_WEIGHT),
            Label("Needed where a gain is given.", "填写增重时必填。"),
            "60",
            None,
        ),
        Column(
            "flag",
            Label("flag", "医生标记"),
            FLAG,
            Label("first, usual or can wait; empty: usual.", "优先、一般或可缓；空白为一般。"),
            "first",
            Flag.USUAL,
        ),
    ),
    keys=(("patient",),),
)


def read_conditions(
    data: bytes, problem: Problem, file: str = "conditions.csv"
) -> tuple[Condition, ...]:
    """The rows of a CSV file by patient. Raises ConditionsRefused with all problems."""
    place = Place(file)
    if len(data) > MAX_BYTES:
        expected = words("a file of at most {most} kilobytes", most=MAX_BYTES // 1024)
        raise ConditionsRefused([place.problem(expected)])
    sheet, problems = read_csv(CONDITIONS, place, data)
    if sheet is None:
        raise ConditionsRefused(problems)
    records = read_records(CONDITIONS, sheet)
    found = [*problems, *records.problems, *_strange(records, problem), *_half(records)]
    if found:
        raise ConditionsRefused(found)
    rows: list[Condition] = [record.row for record in records.records]
    return tuple(sorted(rows, key=lambda row: row.patient))


def blank_conditions(problem: Problem, language: Language) -> bytes:
    """The table to fill in: a row for everybody, with nothing known."""
    headings = [label_text(column.heading, language) for column in CONDITIONS.columns]
    return written_csv([headings, *([code, "", "", ""] for code in sorted(problem.patient))])


def _strange(records: Records, problem: Problem) -> Iterator[FileProblem]:
    """Patients whom the center does not have, and those who stand there twice."""
    known = {folded(code): code for code in sorted(problem.patient)}
    seen: dict[str, Record] = {}
    for record in records.records:
        code = record.values.get("patient")
        if code is None:
            continue
        if code not in problem.patient:
            near = nearest(code, known)
            expected = (
                words("a code from the center's files")
                if near is None
                else words("a code from the center's files, perhaps {nearest}", nearest=near)
            )
            yield records.problem(record, "patient", code, expected)
        elif seen.setdefault(code, record) is not record:
            row = seen[code].line.number
            expected = words("a patient once; row {row} is the same one", row=row)
            yield records.problem(record, "patient", code, expected)


def _half(records: Records) -> Iterator[FileProblem]:
    """A gain says nothing without the weight that it is measured by."""
    for record in records.records:
        gain, weight = record.values.get("gain_kg"), record.values.get("dry_weight_kg")
        if gain is not None and not weight and "dry_weight_kg" in record.values:
            expected = words("the dry weight above 0 too, as a gain is given")
            shown = "" if weight is None else str(weight)
            yield records.problem(record, "dry_weight_kg", shown, expected)
