"""A plan as CSV: the table of sessions, as in a center's folder."""

from __future__ import annotations

from db.files.calendar_rows import SESSIONS
from db.files.csv_sheet import read_csv, written_csv
from db.files.kinds import Language, label_text
from db.files.sheets import Place
from db.sheets.plan_rows import MAX_BYTES, PlanRefused, plan_of
from domain.plan import Plan
from domain.problem import Problem
from domain.words import words


def write_plan_csv(plan: Plan, language: Language = "en") -> bytes:
    """The plan with a row for each session; the headings are in the language."""
    headings = [label_text(column.heading, language) for column in SESSIONS.columns]
    rows = [[row.day.isoformat(), row.shift, row.station, row.patient] for row in plan.assignments]
    return written_csv([headings, *rows])


def read_plan_csv(data: bytes, problem: Problem, file: str = "plan.csv") -> Plan:
    """The plan of a CSV file; without rows an empty one. Raises PlanRefused."""
    place = Place(file)
    if len(data) > MAX_BYTES:
        expected = words("a file of at most {most} kilobytes", most=MAX_BYTES // 1024)
        raise PlanRefused([place.problem(expected)])
    sheet, problems = read_csv(SESSIONS, place, data)
    if sheet is None:
        raise PlanRefused(problems)
    return plan_of(sheet, problem, problems)
