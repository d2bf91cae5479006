"""The weekly plan as an Excel workbook that people print, edit and give back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from xlsxwriter import Workbook

from db.sheets.book_page import Looks, Page
from db.sheets.edition import Edition, Voice, fingerprint
from db.sheets.legend import SHUT, held_word
from db.sheets.names import sheet_names
from db.sheets.overview_sheet import fill_overview
from db.sheets.titles import center_name, imprint_line, sheet_title, week_title, zone_title
from db.sheets.week import zone_weeks
from db.sheets.week_key import TITLE, KeyRow, WeekKey, key_lines
from db.sheets.zone_sheet import ZoneSheet, fill_zone
from domain.words import words

NAMES = "_names"


def week_book(edition: Edition, monday: date, voice: Voice) -> bytes:
    """The week that begins on `monday`: an overview, a sheet for each zone, the hidden key.

    The bytes depend on nothing but the arguments.
    """
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties(
            {
                "title": f"{center_name(edition, voice)} {week_title(monday, voice)}",
                "author": edition.imprint.author,
                "created": edition.imprint.printed_at,
            }
        )
        book.set_calc_mode("auto")
        rows = _fill_visible(book, edition, monday, voice)
        _hide(book, NAMES, (("", name) for name in _choices(edition)))
        _hide(book, TITLE, key_lines(_key(edition, monday, voice, rows)))
    return stream.getvalue()


def _fill_visible(
    book: Workbook, edition: Edition, monday: date, voice: Voice
) -> tuple[KeyRow, ...]:
    looks = Looks(book, voice.language)
    names = sheet_names(edition.patient)
    taken = {TITLE, NAMES}
    title = sheet_title(voice.say(words("Overview")), taken)
    overview = Page(book.add_worksheet(title), "overview", looks)
    zones: list[ZoneSheet] = []
    for week in zone_weeks(edition, monday):
        title = sheet_title(zone_title(week.zone, voice), taken)
        page = Page(book.add_worksheet(title), f"zone|{week.zone.code}", looks)
        sheet = ZoneSheet(page, title, week, edition, voice, names)
        fill_zone(sheet)
        zones.append(sheet)
    pages = [overview, *(zone.page for zone in zones)]
    fill_overview(overview, tuple(zones), edition, monday, voice)
    for page in pages:
        _set_up_print(page, edition, voice)
    return tuple(row for page in pages for row in page.finish())


def _set_up_print(page: Page, edition: Edition, voice: Voice) -> None:
    """A3 landscape, as wide as one page; locked but for the seats, without a password."""
    sheet = page.sheet
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.set_margins(left=0.35, right=0.35, top=0.4, bottom=0.55)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    foot = imprint_line(edition, voice).replace("&", "&&")
    name = center_name(edition, voice).replace("&", "&&")
    sheet.set_footer(f"&L&8{name}&C&8&P / &N&R&8{foot}")
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


def _choices(edition: Edition) -> tuple[str, ...]:
    """The names to choose from in a seat: everybody on the books in this week."""
    names = sheet_names(edition.patient)
    return tuple(str(names[code]) for code in edition.problem.patient)


def _key(edition: Edition, monday: date, voice: Voice, rows: tuple[KeyRow, ...]) -> WeekKey:
    return WeekKey(
        center=edition.problem.register.center.code,
        monday=monday,
        version=edition.imprint.version,
        fingerprint=fingerprint(edition.plan),
        held=held_word(voice),
        shut=SHUT,
        rows=rows,
    )


def _hide(book: Workbook, title: str, lines: Iterable[tuple[str, ...]]) -> None:
    sheet = book.add_worksheet(title)
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            if text:
                sheet.write_string(row, column, text)
    sheet.protect()
    sheet.very_hidden()
