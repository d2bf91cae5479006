"""How the workbook looks: one place for its colors, fonts and number formats."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from db.files.kinds import Cell, Language

_FONTS = {"en": "Calibri", "zh": "Microsoft YaHei"}
_INK = "#1F2933"
_DEEP = "#0B4F6C"
_PALE = "#D9E8EE"
_LINE = "#C9D3DA"
_FORMATS = {Cell.TEXT: "@", Cell.INTEGER: "0", Cell.DATE: "yyyy-mm-dd", Cell.CLOCK: "hh:mm"}
_WIDEST = 48


@dataclass(frozen=True, slots=True)
class Styles:
    """The formats of one workbook. A cell's text that a spreadsheet could take for a formula
    gets `guarded`: it stays text even when somebody edits the cell."""

    required: Format
    optional: Format
    cells: dict[Cell, Format]
    guarded: Format
    title: Format
    section: Format
    plain: Format
    text: Format
    link: Format


def styles_of(workbook: Workbook, language: Language) -> Styles:
    """Adds the formats to a workbook."""

    def add(**properties: object) -> Format:
        base = {
            "font_name": _FONTS[language],
            "font_size": 10,
            "font_color": _INK,
            "valign": "vcenter",
        }
        return workbook.add_format(base | properties)

    heading = {"bold": True, "text_wrap": True, "border": 1, "border_color": _LINE, "indent": 1}
    ruled = {"bottom": 1, "bottom_color": _LINE, "indent": 1, "align": "left"}
    return Styles(
        required=add(**heading, bg_color=_DEEP, font_color="#FFFFFF"),
        optional=add(**heading, bg_color=_PALE),
        cells={cell: add(**ruled, num_format=code) for cell, code in _FORMATS.items()},
        guarded=add(**ruled, num_format="@", quote_prefix=True),
        title=add(bold=True, font_size=18, font_color=_DEEP),
        section=add(bold=True, font_size=12, font_color=_DEEP),
        plain=add(),
        text=add(text_wrap=True, valign="top", **ruled),
        link=add(font_color=_DEEP, underline=1, valign="top", **ruled),
    )


def width_of(texts: list[str]) -> int:
    """A column's width for its texts: Chinese signs are twice as wide as Latin ones."""
    widest = max((_width(line) for text in texts for line in text.split("\n")), default=0)
    return min(_WIDEST, widest + 5)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
