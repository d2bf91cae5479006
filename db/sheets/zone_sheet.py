"""One zone's week on a worksheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from xlsxwriter.format import Format

from db.sheets.book_page import DUSK, EDGE, HEAD, LINE, QUIET, Page, Trait, address
from db.sheets.edition import Edition, Voice
from db.sheets.legend import SHUT, held_word, legend_line, mark_line
from db.sheets.names import ShownName
from db.sheets.titles import (
    center_name,
    imprint_line,
    shift_hours,
    shift_name,
    week_title,
    zone_title,
)
from db.sheets.week import Cell, Count, Seat, ZoneWeek
from db.sheets.week_key import column_key, row_key
from domain.center import Station
from domain.words import Words, words

DAY_ROW, SHIFT_ROW, FIRST_ROW = 3, 4, 5
FIRST_COLUMN = 2
_STATION_WIDTH = 8
_SEAT_WIDTH = 9.2


@dataclass(frozen=True, slots=True)
class ZoneSheet:
    """A zone's week and the worksheet it is written on."""

    page: Page
    title: str
    week: ZoneWeek
    edition: Edition
    voice: Voice
    names: Mapping[str, ShownName]

    @property
    def count_row(self) -> int:
        """The first of the three rows of counts: patients, stations, nurses."""
        return FIRST_ROW + len(self.week.rows)


def fill_zone(sheet: ZoneSheet) -> None:
    """Writes the whole worksheet."""
    page, voice = sheet.page, sheet.voice
    title = f"{zone_title(sheet.week.zone, voice)}  ·  {week_title(sheet.week.monday, voice)}"
    page.text(1, 1, title, page.looks(font_size=16, bold=True))
    subtitle = f"{center_name(sheet.edition, voice)}  ·  {imprint_line(sheet.edition, voice)}"
    page.text(2, 1, subtitle, page.looks(font_size=9, font_color=QUIET))
    _station_head(sheet)
    turn_heads(page, sheet.edition, sheet.week, voice, FIRST_COLUMN)
    for offset, (station, cells) in enumerate(sheet.week.rows):
        _row(sheet, FIRST_ROW + offset, station, cells)
    for offset, label in enumerate(count_words()):
        _count_row(sheet, sheet.count_row + offset, offset, label)
    _foot(sheet)
    _frame(sheet)


def turn_heads(page: Page, edition: Edition, week: ZoneWeek, voice: Voice, first: int) -> None:
    """Days over their turns, from column `first` on; nights are darker."""
    day_look = page.looks(bold=True, align="center", bg_color=HEAD, border=1, border_color=EDGE)
    column = first
    for day, turns in week.days:
        page.across(DAY_ROW, column, column + len(turns) - 1, voice.day(day), day_look)
        for turn in turns:
            night = edition.problem.shift[turn.shift].night
            look = page.looks(
                align="center",
                text_wrap=True,
                font_size=8,
                bg_color=DUSK if night else HEAD,
                border=1,
                border_color=LINE,
                left_color=edge(week, column - first),
            )
            text = f"{shift_name(edition, turn, voice)}\n{shift_hours(edition, turn)}"
            page.text(SHIFT_ROW, column, text, look)
            page.name_column(column, column_key(turn))
            page.sheet.set_column(column, column, _SEAT_WIDTH)
            column += 1
    page.sheet.set_row(1, 24)
    page.sheet.set_row(DAY_ROW, 18)
    page.sheet.set_row(SHIFT_ROW, 27)


def edge(week: ZoneWeek, index: int) -> str:
    """The color of a column's left line: darker where a day begins."""
    turns = week.turns
    return EDGE if index == 0 or turns[index].day != turns[index - 1].day else LINE


def count_words() -> tuple[Words, Words, Words]:
    """What the three rows of counts count."""
    return words("Patients"), words("Stations"), words("Nurses")


def count_values(count: Count) -> tuple[int, int, int | None]:
    """The numbers in the order of `count_words`."""
    return count.patients, count.stations, count.nurses


def _station_head(sheet: ZoneSheet) -> None:
    page = sheet.page
    look = page.looks(bold=True, align="center", bg_color=HEAD, border=1, border_color=EDGE)
    page.sheet.merge_range(DAY_ROW, 1, SHIFT_ROW, 1, "", look)
    page.text(DAY_ROW, 1, sheet.voice.say(words("Station")), look)


def _row(sheet: ZoneSheet, row: int, station: Station, cells: tuple[Cell, ...]) -> None:
    page = sheet.page
    page.name_row(row, row_key(station.code))
    look = page.looks(
        bold=True, align="center", text_wrap=True, bg_color=HEAD, border=1, border_color=LINE
    )
    page.station(row, 1, (station.code, station.room), look)
    heights = [_height(station.code, station.room, _STATION_WIDTH)]
    for index, cell in enumerate(cells):
        name, small = _lines(sheet, cell)
        look = _seat_look(page, cell, edge(sheet.week, index))
        page.seat(row, FIRST_COLUMN + index, (name, small), look, cell.patient or "")
        heights.append(_height(name, small, _SEAT_WIDTH))
    page.sheet.set_row(row, max(30.0, *heights))


def _lines(sheet: ZoneSheet, cell: Cell) -> tuple[str, str]:
    """What a seat's cell says, in large and in small."""
    match cell.seat:
        case Seat.TAKEN if cell.patient is not None and cell.marks is not None:
            shown = sheet.names[cell.patient]
            return shown.name, f"{shown.code} {mark_line(cell.marks, sheet.voice)}".strip()
        case Seat.HELD:
            return held_word(sheet.voice), ""
        case Seat.SHUT:
            return SHUT, ""
        case _:
            return "", ""


def _seat_look(page: Page, cell: Cell, left: str) -> Format:
    look: dict[str, Trait] = {
        "align": "center",
        "text_wrap": True,
        "locked": False,
        "border": 1,
        "border_color": LINE,
        "left_color": left,
    }
    if cell.marks and cell.marks.fill:
        look["bg_color"] = cell.marks.fill
    elif cell.seat is Seat.SHUT:
        look |= {"bg_color": "#F1F2F3", "font_color": QUIET}
    elif cell.seat is Seat.HELD:
        look |= {"font_color": QUIET, "italic": True, "font_size": 9}
    return page.looks(**look)


def _count_row(sheet: ZoneSheet, row: int, which: int, label: Words) -> None:
    page, week = sheet.page, sheet.week
    look: dict[str, Trait] = {
        "align": "center",
        "font_size": 9,
        "border": 1,
        "border_color": LINE,
        "top_color": EDGE if which == 0 else LINE,
        "bold": which == 0,
    }
    text_look = page.looks(**(look | {"bg_color": HEAD}))
    page.text(row, 1, sheet.voice.say(label), text_look)
    page.sheet.set_row(row, 16)
    for index, count in enumerate(week.counts):
        column = FIRST_COLUMN + index
        number = page.looks(**(look | {"num_format": "0", "left_color": edge(week, index)}))
        value = count_values(count)[which]
        if which == 0:
            page.count(row, column, _patients_formula(sheet, column), count.patients, number)
        else:
            page.text(row, column, "–" if value is None else str(value), number)


def _patients_formula(sheet: ZoneSheet, column: int) -> str:
    """Counts the seats that hold a name, so that it follows an edit."""
    cells = f"{address(FIRST_ROW, column)}:{address(sheet.count_row - 1, column)}"
    held = held_word(sheet.voice).replace('"', '""')
    return f'=COUNTIF({cells},"?*")-COUNTIF({cells},"{held}")-COUNTIF({cells},"{SHUT}")'


def _foot(sheet: ZoneSheet) -> None:
    page, row = sheet.page, sheet.count_row + 4
    last = FIRST_COLUMN + max(0, len(sheet.week.turns) - 1)
    text = legend_line(sheet.voice)
    look = page.looks(font_size=9, font_color=QUIET, text_wrap=True, valign="top")
    page.across(row, 1, last, text, look)
    width = _STATION_WIDTH + _SEAT_WIDTH * (last - 1)
    page.sheet.set_row(row, 13.0 * ceil(_units(text) * 0.9 / width) + 4)


def _frame(sheet: ZoneSheet) -> None:
    """Widths, frozen and repeated headings, and the names to choose from."""
    work = sheet.page.sheet
    work.set_column(1, 1, _STATION_WIDTH)
    work.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    work.repeat_rows(1, SHIFT_ROW)
    work.repeat_columns(1, 1)
    last_column = FIRST_COLUMN + len(sheet.week.turns) - 1
    work.print_area(1, 1, sheet.count_row + 4, max(last_column, FIRST_COLUMN))
    if sheet.week.turns and sheet.names:
        source = f"=_names!$B$1:$B${len(sheet.edition.problem.patient)}"
        choice = {"validate": "list", "source": source, "show_error": False}
        first, last = (FIRST_ROW, FIRST_COLUMN), (sheet.count_row - 1, last_column)
        work.data_validation(*first, *last, choice)


def _units(text: str) -> float:
    """Width in digits of the standard font; a Chinese character takes nearly two."""
    return sum(1.9 if east_asian_width(c) in "WF" else 1.05 for c in text)


def _height(large: str, small: str, width: float) -> float:
    """Points that a cell needs, estimated on the safe side."""
    line = 14.0 * max(1, ceil(_units(large) / (width - 1)))
    return 4 + line + (11.0 * ceil(_units(small) * 0.78 / (width - 1)) if small else 0)
