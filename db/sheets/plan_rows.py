"""Rows of a plan file, checked against the center and the weeks that they must belong to.

A plan as CSV is the center files' table of sessions: the same headings, the same reading.
Whether the plan keeps the rules is not asked here; `check` judges every plan alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from db.files.calendar_rows import SESSIONS
from db.files.headings import nearest
from db.files.kinds import folded
from db.files.problems import FileProblem
from db.files.records import Record, Records, read_records
from db.files.sheets import Sheet
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.words import Words, words

FIELDS = tuple(column.field for column in SESSIONS.columns)
MAX_BYTES = 32 * 1024 * 1024


class PlanRefused(Exception):
    """The file is no plan for these weeks; every problem found is named."""

    def __init__(self, problems: Iterable[FileProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem.words()) for problem in self.problems)


def plan_of(sheet: Sheet, problem: Problem, earlier: Iterable[FileProblem] = ()) -> Plan:
    """The plan that the rows make. Raises PlanRefused with all problems, `earlier` ones too."""
    records = read_records(SESSIONS, sheet)
    found = [*earlier, *records.problems, *_strange(records, problem), *_repeated(records)]
    if found:
        raise PlanRefused(found)
    rows: list[Assignment] = [record.row for record in records.records]
    return Plan.of(problem.first_day, problem.weeks, rows)


def _strange(records: Records, problem: Problem) -> Iterator[FileProblem]:
    """Days outside the weeks, and codes that the center does not have."""
    known: Mapping[str, frozenset[str]] = {
        "shift": frozenset(problem.shift),
        "station": frozenset(problem.station),
        "patient": frozenset(patient.code for patient in problem.register.patients),
    }
    first, last = problem.days[0], problem.days[-1]
    days = frozenset(problem.days)
    for record in records.records:
        day = record.values.get("day")
        if day is not None and day not in days:
            expected = words("a day from {first} to {last}", first=first, last=last)
            yield records.problem(record, "day", day.isoformat(), expected)
        for field, codes in known.items():
            code = record.values.get(field)
            if code is not None and code not in codes:
                yield records.problem(record, field, code, _near(code, codes))


def _near(code: str, codes: frozenset[str]) -> Words:
    found = nearest(code, {folded(one): one for one in sorted(codes)})
    if found is None:
        return words("a code from the center's files")
    return words("a code from the center's files, perhaps {nearest}", nearest=found)


def _repeated(records: Records) -> Iterator[FileProblem]:
    seen: dict[object, Record] = {}
    for record in records.records:
        if record.row is not None and seen.setdefault(record.row, record) is not record:
            number = seen[record.row].line.number
            expected = words("a row that is not there yet; row {row} is the same", row=number)
            yield records.place.problem(expected, record.line.number)
