"""The first worksheet of the week: what every zone has in every turn, and the legend."""

from __future__ import annotations

from datetime import date

from db.sheets.book_page import EDGE, HEAD, LINE, QUIET, Page, Trait, address
from db.sheets.edition import Edition, Voice
from db.sheets.legend import legend
from db.sheets.titles import center_name, imprint_line, week_title, zone_title
from db.sheets.zone_sheet import (
    FIRST_COLUMN,
    FIRST_ROW,
    SHIFT_ROW,
    ZoneSheet,
    count_values,
    count_words,
    edge,
    turn_heads,
)
from domain.words import Words, words

_FIRST = 3


def fill_overview(
    page: Page, zones: tuple[ZoneSheet, ...], edition: Edition, monday: date, voice: Voice
) -> None:
    """Writes the whole worksheet; counts of patients follow the zones' sheets."""
    title = f"{center_name(edition, voice)}  ·  {week_title(monday, voice)}"
    page.text(1, 1, title, page.looks(font_size=16, bold=True))
    page.text(2, 1, imprint_line(edition, voice), page.looks(font_size=9, font_color=QUIET))
    page.sheet.set_row(1, 24)
    page.sheet.set_column(1, 1, 16)
    page.sheet.set_column(2, 2, 10)
    page.sheet.freeze_panes(FIRST_ROW, _FIRST)
    page.sheet.repeat_rows(1, SHIFT_ROW)
    row = FIRST_ROW
    if zones:
        turn_heads(page, edition, zones[0].week, voice, _FIRST)
        for zone in zones:
            _zone(page, zone, row, voice)
            row += 3
        _total(page, zones, row, voice)
        row += 1
    row = _legend(page, voice, row + 1)
    _directions(page, voice, row + 1)


def _zone(page: Page, zone: ZoneSheet, first: int, voice: Voice) -> None:
    head = page.looks(
        bold=True, text_wrap=True, bg_color=HEAD, border=1, border_color=LINE, top_color=EDGE
    )
    page.sheet.merge_range(first, 1, first + 2, 1, "", head)
    page.text(first, 1, zone_title(zone.week.zone, voice), head)
    for which, label in enumerate(count_words()):
        row = first + which
        top = EDGE if which == 0 else LINE
        look: dict[str, Trait] = {
            "border": 1,
            "border_color": LINE,
            "top_color": top,
            "bold": which == 0,
        }
        page.text(row, 2, voice.say(label), page.looks(**look))
        for index, count in enumerate(zone.week.counts):
            column = _FIRST + index
            left = edge(zone.week, index)
            number = page.looks(**look, align="center", num_format="0", left_color=left)
            value = count_values(count)[which]
            if which == 0:
                sheet = zone.title.replace("'", "''")
                source = f"='{sheet}'!{address(zone.count_row, FIRST_COLUMN + index)}"
                page.count(row, column, source, count.patients, number)
            else:
                page.text(row, column, "–" if value is None else str(value), number)


def _total(page: Page, zones: tuple[ZoneSheet, ...], row: int, voice: Voice) -> None:
    look: dict[str, Trait] = {
        "bold": True,
        "bg_color": HEAD,
        "border": 1,
        "border_color": LINE,
        "top_color": EDGE,
    }
    page.across(row, 1, 2, voice.say(words("All patients")), page.looks(**look))
    for index in range(len(zones[0].week.turns)):
        cells = [address(FIRST_ROW + 3 * nth, _FIRST + index) for nth in range(len(zones))]
        value = sum(zone.week.counts[index].patients for zone in zones)
        left = edge(zones[0].week, index)
        number = page.looks(**look, align="center", num_format="0", left_color=left)
        page.count(row, _FIRST + index, f"={'+'.join(cells)}", value, number)


def _legend(page: Page, voice: Voice, first: int) -> int:
    """Signs with their meaning, one a row; returns the next free row."""
    page.text(first, 1, voice.say(words("Signs")), page.looks(bold=True))
    row = first + 1
    for entry in legend(voice):
        fill: dict[str, Trait] = {"bg_color": entry.fill} if entry.fill else {}
        sign = page.looks(align="center", border=1, border_color=LINE, bold=True, **fill)
        page.text(row, 1, entry.sign, sign)
        page.text(row, 2, entry.meaning, page.looks(indent=1))
        row += 1
    return row


def _directions(page: Page, voice: Voice, first: int) -> None:
    page.text(first, 1, voice.say(words("Editing this workbook")), page.looks(bold=True))
    for offset, line in enumerate(_direction_words(), start=1):
        page.text(first + offset, 1, voice.say(line), page.looks())


def _direction_words() -> tuple[Words, ...]:
    return (
        words("Type a name or a code into a seat, swap cells, or empty a cell."),
        words("Two patients with one name need the code as well: name, space, code."),
        words("Leave headings, counts and hidden rows alone; colors and notes are not read."),
        words("Give the saved file back to Clearshift: it lists every change before it takes it."),
    )
