"""The workbook's first sheet: how to fill in the others, in the workbook's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from db.files.columns import Column
from db.files.kinds import Language, label_text
from db.files.styles import Styles
from db.files.texts import Written
from domain.rulebook import STANDARD_ROWS, RuleRow
from domain.words import Label

_TITLE = Label("A center's files", "透析中心数据表")
_ADVICE = (
    Label(
        "Each sheet is a table. A row is one thing, the first row holds the headings.",
        "每个工作表是一张表；一行表示一项，第一行是标题。",
    ),
    Label(
        "Dark headings: needed in every row. Pale headings: may stay empty.",
        "深色标题：每行必填；浅色标题：可以空白。",
    ),
    Label(
        "Columns may stand in any order; headings and words may be English or Chinese.",
        "列的顺序不限；标题和用词可用英文或中文。",
    ),
    Label(
        "Dates as 2026-01-05, times as 07:00, several values in a cell separated by commas.",
        "日期写 2026-01-05，时间写 07:00，一格多项用顿号或逗号分隔。",
    ),
    Label(
        "No formulas, no merged cells. Hide a sheet of your own, then it is passed over.",
        "不要用公式，不要合并单元格。自己加的工作表请隐藏，读取时会跳过。",
    ),
    Label(
        "The import names every problem with its sheet, row and column, "
        "and changes nothing until all is right.",
        "导入时会指出每个问题所在的工作表、行和列；全部正确之前不作任何更改。",
    ),
)
_SHEETS = Label("Sheets", "工作表")
_COLUMNS = Label("Columns", "各列说明")
_RULES = Label("Rules and their standard values", "规则及标准值")
_SHEET_HEADINGS = (
    Label("sheet", "工作表"),
    Label("rows", "行数"),
    Label("needed", "必需"),
    Label("meaning", "含义"),
)
_COLUMN_HEADINGS = (
    Label("sheet", "工作表"),
    Label("column", "列"),
    Label("needed", "必填"),
    Label("meaning", "含义"),
    Label("example", "示例"),
)
_RULE_HEADINGS = (
    Label("rule", "规则"),
    Label("limit", "限值"),
    Label("tier", "层级"),
    Label("source", "依据"),
    Label("weight", "权重"),
)
_NEEDED = Label("yes", "是")
_WIDTHS = (24, 28, 9, 72, 30)

Cells = tuple[str | int | None, ...]


def write_readme(
    sheet: Worksheet, tables: Sequence[Written], styles: Styles, language: Language
) -> str:
    """Fills the sheet. Returns the range in which the names of all rules stand."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, label_text(_TITLE, language), styles.title)
    for row, advice in enumerate(_ADVICE, start=2):
        sheet.write_string(row, 0, label_text(advice, language), styles.plain)
    block = _Block(sheet, styles, language)
    row = block.write(len(_ADVICE) + 3, _SHEETS, _SHEET_HEADINGS, _sheet_rows(tables, language))
    _link(sheet, tables, styles, language, row - len(tables))
    row = block.write(row + 1, _COLUMNS, _COLUMN_HEADINGS, _column_rows(tables, language))
    row = block.write(row + 1, _RULES, _RULE_HEADINGS, [_rule_cells(one) for one in STANDARD_ROWS])
    _set_up_print(sheet)
    return f"$A${row - len(STANDARD_ROWS) + 1}:$A${row}"


@dataclass(frozen=True, slots=True)
class _Block:
    sheet: Worksheet
    styles: Styles
    language: Language

    def write(
        self, row: int, title: Label, headings: Sequence[Label], rows: Sequence[Cells]
    ) -> int:
        """Writes a titled list from a row on. Returns the row after its last."""
        self.sheet.set_row(row, 24)
        self.sheet.write_string(row, 0, label_text(title, self.language), self.styles.section)
        for column, heading in enumerate(headings):
            text = label_text(heading, self.language)
            self.sheet.write_string(row + 1, column, text, self.styles.optional)
        for number, cells in enumerate(rows, start=row + 2):
            self._write_row(number, cells)
        return row + 2 + len(rows)

    def _write_row(self, row: int, cells: Cells) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                self.sheet.write_number(row, column, cell, self.styles.text)
            elif cell:
                self.sheet.write_string(row, column, cell, self.styles.text)
            else:
                self.sheet.write_blank(row, column, None, self.styles.text)


def example_of(column: Column, language: Language) -> str:
    """The column's example in a language."""
    if not column.example or column.by is not None:
        return column.example
    return column.kind.show(column.kind.parse(column.example), language)


def _sheet_rows(tables: Sequence[Written], language: Language) -> list[Cells]:
    return [
        (
            label_text(one.table.title, language),
            len(one.rows),
            _needed(one.table.required, language),
            label_text(one.table.about, language),
        )
        for one in tables
    ]


def _column_rows(tables: Sequence[Written], language: Language) -> list[Cells]:
    return [
        (
            label_text(one.table.title, language),
            label_text(column.heading, language),
            _needed(column.required, language),
            label_text(column.meaning, language),
            example_of(column, language),
        )
        for one in tables
        for column in one.table.columns
    ]


def _rule_cells(row: RuleRow) -> Cells:
    return (row.rule, row.limit, row.tier, row.source, row.weight)


def _needed(needed: bool, language: Language) -> str:
    return label_text(_NEEDED, language) if needed else ""


def _link(
    sheet: Worksheet, tables: Sequence[Written], styles: Styles, language: Language, row: int
) -> None:
    for number, one in enumerate(tables, start=row):
        title = label_text(one.table.title, language)
        sheet.write_url(number, 0, f"internal:'{title}'!A1", styles.link, title)


def _set_up_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P / &N")
