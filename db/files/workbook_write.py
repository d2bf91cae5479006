"""A center as a workbook, written for people: a page to read first, then a sheet a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from db.files.columns import Column
from db.files.kinds import Cell, Kind, Language, label_text
from db.files.moments import DATE, FIRST_DATE, LAST_DATE, START
from db.files.readme_sheet import example_of, write_readme
from db.files.styles import Styles, styles_of, width_of
from db.files.tables import README, table
from db.files.texts import Written
from db.files.vocabulary import RULE

_FORMULA = ("=", "+", "-", "@")
_ROWS_TO_TYPE = 2000
_SAME_DATE = datetime(2000, 1, 1)
"""Stands for the date of creation, so that the same center is the same file."""


def write_workbook(tables: Sequence[Written], path: Path, language: Language) -> None:
    """Writes the tables into a new file."""
    with Workbook(path) as workbook:
        workbook.set_properties({"created": _SAME_DATE})
        styles = styles_of(workbook, language)
        readme = workbook.add_worksheet(label_text(README, language))
        rules = f"={quote_sheetname(readme.name)}!" + write_readme(readme, tables, styles, language)
        for one in tables:
            sheet = workbook.add_worksheet(label_text(one.table.title, language))
            _fill(sheet, one, styles, language)
            for index, column in enumerate(one.table.columns):
                _restrict(sheet, index, _allowed(column, language, rules))
        readme.activate()


def _fill(sheet: Worksheet, one: Written, styles: Styles, language: Language) -> None:
    sheet.set_row(0, 32)
    for index, column in enumerate(one.table.columns):
        texts = [one.headings[index], *(row[index] for row in one.rows)]
        style = styles.cells[column.kind.cell]
        sheet.set_column(index, index, width_of(texts), style)
        heading = styles.required if column.required else styles.optional
        sheet.write_string(0, index, one.headings[index], heading)
        sheet.write_comment(0, index, _note(column, language), {"x_scale": 2, "y_scale": 1.2})
        for number, text in enumerate(texts[1:], start=1):
            _write_cell(sheet, number, index, column.kind, text, styles)
    sheet.freeze_panes(1, 1 if len(one.table.columns) > 2 else 0)
    sheet.autofilter(0, 0, max(1, len(one.rows)), len(one.table.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header("&L&A&R&P / &N")


def _note(column: Column, language: Language) -> str:
    meaning, example = label_text(column.meaning, language), example_of(column, language)
    return f"{meaning}\n{example}" if example else meaning


def _write_cell(
    sheet: Worksheet, row: int, index: int, kind: Kind, text: str, styles: Styles
) -> None:
    style = styles.cells[kind.cell]
    if not text:
        sheet.write_blank(row, index, None, style)
        return
    match kind.cell:
        case Cell.INTEGER:
            sheet.write_number(row, index, int(text), style)
        case Cell.DATE:
            sheet.write_datetime(row, index, DATE.parse(text), style)
        case Cell.CLOCK if text != "24:00":
            sheet.write_datetime(row, index, START.parse(text), style)
        case _:
            guarded = styles.guarded if text.startswith(_FORMULA) else style
            sheet.write_string(row, index, text, guarded)


# --- drop-downs -----------------------------------------------------------------------------


def _restrict(sheet: Worksheet, index: int, allowed: dict[str, Any] | None) -> None:
    """Offers what a column allows. A warning, not a bar: reading understands more words."""
    if allowed is not None:
        options = {"error_type": "warning", **allowed}
        sheet.data_validation(1, index, _ROWS_TO_TYPE, index, options)


def _allowed(column: Column, language: Language, rules: str) -> dict[str, Any] | None:
    kind = column.kind
    if kind is RULE:
        return {"validate": "list", "source": rules}
    if kind.choices:
        return {
            "validate": "list",
            "source": [label_text(choice, language) for choice in kind.choices],
        }
    if kind.bounds is not None:
        least, most = kind.bounds
        return {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most}
    if kind.cell is Cell.DATE:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": FIRST_DATE,
            "maximum": LAST_DATE,
        }
    if kind.refers is not None and not kind.many:
        return {"validate": "list", "source": _codes_of(kind.refers, language)}
    return None


def _codes_of(name: str, language: Language) -> str:
    """The filled part of another sheet's column of codes, as far as it goes."""
    other = table(name)
    title = quote_sheetname(label_text(other.title, language))
    letter = xl_col_to_name([column.field for column in other.columns].index("code"))
    return f"=OFFSET({title}!${letter}$2,0,0,MAX(1,COUNTA({title}!${letter}:${letter})-1),1)"
