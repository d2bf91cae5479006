"""A plan's file of whatever kind: which weeks it speaks of, and the plan in it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from db.files.calendar_rows import SESSIONS
from db.files.csv_sheet import read_csv
from db.files.records import read_records
from db.files.sheets import Place
from db.sheets.plan_csv import read_plan_csv
from db.sheets.plan_json import read_plan_json
from db.sheets.plan_rows import MAX_BYTES, PlanRefused
from db.sheets.read_week import book_key
from domain.calendar import monday_of
from domain.plan import Plan
from domain.problem import Problem
from domain.words import words

WORKBOOK_SUFFIX = ".xlsx"
_JSON_SUFFIX = ".json"
_LONGEST = 104


def is_workbook(path: Path) -> bool:
    """True if the file is to be read as a weekly workbook, with `read_week`."""
    return path.suffix.casefold() == WORKBOOK_SUFFIX


def weeks_of(path: Path) -> tuple[date, int] | None:
    """First Monday and number of weeks that the file speaks of; `None` if it does not say:
    then it has no rows, or `read_plan` tells what is wrong with it.

    Raises NoWorkbook for an unreadable workbook, OSError for another unreadable file.
    """
    if is_workbook(path):
        return book_key(path).monday, 1
    data = path.read_bytes()
    days = _json_days(data) if _is_json(path) else _csv_days(data)
    if not days:
        return None
    first, last = monday_of(min(days)), monday_of(max(days))
    weeks = (last - first).days // 7 + 1
    return (first, weeks) if weeks <= _LONGEST else None


def read_plan(path: Path, problem: Problem) -> Plan:
    """The plan of a CSV or JSON file. Raises PlanRefused with every problem, and OSError."""
    if path.stat().st_size > MAX_BYTES:
        expected = words("a file of at most {most} kilobytes", most=MAX_BYTES // 1024)
        raise PlanRefused([Place(path.name).problem(expected)])
    read = read_plan_json if _is_json(path) else read_plan_csv
    return read(path.read_bytes(), problem, path.name)


def _is_json(path: Path) -> bool:
    return path.suffix.casefold() == _JSON_SUFFIX


def _json_days(data: bytes) -> list[date]:
    """The first and the last Monday; a list for the same treatment as rows."""
    try:
        found = json.loads(data)
        first, weeks = date.fromisoformat(found["first_day"]), found["weeks"]
        return [first, date.fromordinal(first.toordinal() + 7 * (int(weeks) - 1))]
    except (ValueError, TypeError, LookupError, RecursionError, OverflowError):
        return []


def _csv_days(data: bytes) -> list[date]:
    sheet, _ = read_csv(SESSIONS, Place(""), data)
    if sheet is None:
        return []
    records = read_records(SESSIONS, sheet).records
    return [record.values["day"] for record in records if "day" in record.values]
