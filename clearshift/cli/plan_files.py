"""A plan from a file of any kind, with every refusal in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from clearshift.cli.refusal import Refusal
from db.sheets.book_cells import NoWorkbook
from db.sheets.edited import EditedPlan
from db.sheets.edited import Refusal as Refused
from db.sheets.plan_file import is_workbook, read_plan, weeks_of
from db.sheets.plan_rows import PlanRefused
from db.sheets.read_week import read_week
from domain.changes import changes
from domain.plan import Plan
from domain.problem import Problem
from domain.words import Words, words

_KINDS = (".xlsx", ".csv", ".json")


def weeks_in(file: Path) -> tuple[date | None, int]:
    """First Monday and number of weeks that the file speaks of; no Monday if it has no rows.

    Raises Refusal for a file of another kind and for a workbook that cannot be read, OSError
    for another file.
    """
    if file.suffix.casefold() not in _KINDS:
        raise Refusal(
            words("{file}: expected a file that ends in {kinds}.", file=str(file), kinds=_KINDS)
        )
    file.stat()  # a file that is not there is not a bad one
    try:
        return weeks_of(file) or (None, 1)
    except NoWorkbook as error:
        raise Refusal(words("{file}: {reason}", file=str(file), reason=error.reason)) from error


def read_edited(file: Path, problem: Problem, original: Plan | None = None) -> EditedPlan:
    """What the file says now. A plan as CSV or JSON has no hidden memory of what was written:
    it differs from `original` wherever it does.

    Raises Refusal for a CSV or JSON file that is no plan; a workbook tells its own refusals.
    """
    if is_workbook(file):
        return read_week(file, problem, original)
    try:
        plan = read_plan(file, problem)
    except PlanRefused as refused:
        raise Refusal(*(one.words() for one in refused.problems)) from refused
    before = original or Plan.of(plan.first_day, plan.weeks, ())
    return EditedPlan(plan, changes(before, plan))


def placed(found: Iterable[Refused]) -> Iterator[Words]:
    """Sentences about a workbook, each with its place."""
    for one in found:
        if one.cell:
            yield words(
                "{sheet}, cell {cell}: {what}", sheet=one.sheet, cell=one.cell, what=one.words
            )
        elif one.sheet:
            yield words("{sheet}: {what}", sheet=one.sheet, what=one.words)
        else:
            yield one.words
