"""The nurse roster as the ward's own Excel sheet: a worksheet a week, a row a nurse, marks in
the days, rest owed in the last column. It is edited and given back.

Row 1 and column A are hidden and hold days and nurses, so that rows and columns may move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from db.sheets.book_page import EDGE, HEAD, LINE, QUIET, Looks, Trait
from db.sheets.edition import Voice
from db.sheets.roster_key import TITLE, RosterKey, roster_key_lines
from db.sheets.titles import sheet_title, weekday
from domain.calendar import DAY
from domain.nurse_account import owed_by_week
from domain.nurse_roster import NurseGap, NurseRoster
from domain.nurse_terms import DAY_MINUTES, DutyKind
from domain.roster_marks import AWAY_MARKS, legend, marks
from domain.roster_signs import LEAD, REST
from domain.ward import Ward
from domain.words import words

_HEADS = 4
_FIRST_ROW = 5
_FIRST_DAY = 5
_WEEKEND = "#F3ECDD"
_SHORT = "#F6D5D0"
_AWAY = "#DDE6EE"
_REST = "#8A949C"
_NIGHT = "#CFD6E2"


@dataclass(frozen=True)
class RosterEdition:
    """What the workbook tells: the roster, its gaps, version and author, the moment of writing
    by the center's clock, and the roster's fingerprint."""

    ward: Ward
    roster: NurseRoster
    gaps: tuple[NurseGap, ...]
    version: int
    author: str
    written_at: datetime
    fingerprint: str


def roster_book(edition: RosterEdition, voice: Voice) -> bytes:
    """The workbook; its bytes depend on nothing but the arguments."""
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"author": edition.author, "created": edition.written_at})
        looks = Looks(book, voice.language)
        owed = owed_by_week(edition.ward, edition.roster)
        taken = {TITLE}
        for monday in edition.ward.problem.mondays:
            title = voice.say(words("Week of {month}-{day}", month=f"{monday.month:02d}",
                                    day=f"{monday.day:02d}"))  # fmt: skip
            sheet = book.add_worksheet(sheet_title(title, taken))
            _Week(sheet, looks, edition, voice, monday, owed).fill()
        _hide_key(book, edition)
    return stream.getvalue()


def _hide_key(book: Workbook, edition: RosterEdition) -> None:
    key = RosterKey(
        edition.ward.problem.register.center.code,
        edition.roster.first_day,
        edition.roster.weeks,
        edition.version,
        edition.fingerprint,
    )
    sheet = book.add_worksheet(TITLE)
    for row, line in enumerate(roster_key_lines(key)):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text)
    sheet.protect()
    sheet.very_hidden()


@dataclass(frozen=True)
class _Week:
    """One worksheet while it is written."""

    sheet: Worksheet
    looks: Looks
    edition: RosterEdition
    voice: Voice
    monday: date
    owed: Mapping[tuple[str, date], int]

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Sunday."""
        return tuple(self.monday + at * DAY for at in range(7))

    def fill(self) -> None:
        """Headings, nurses, counts, legend, and what is missing."""
        self._heads()
        for at, nurse in enumerate(self.edition.ward.nurse):
            self._nurse(_FIRST_ROW + at, at + 1, nurse)
        row = self._counts(_FIRST_ROW + len(self.edition.ward.nurse))
        row = self._legend(row + 1)
        self._missing(row + 1)
        self._set_up_print()

    def _look(self, **more: Trait) -> Format:
        frame: dict[str, Trait] = {"border": 1, "border_color": LINE, "align": "center"}
        return self.looks(**{**frame, **more})

    def _heads(self) -> None:
        edition, say = self.edition, self.voice.say
        name = self.voice.label(edition.ward.problem.register.center.name)
        title = say(words("{center} · nurse roster · week from {day}", center=name,
                          day=self.monday))  # fmt: skip
        self.sheet.write_string(1, 1, title, self.looks(font_size=16, bold=True))
        imprint = say(words("Version {version} · {author} · written {time}",
                            version=edition.version, author=edition.author,
                            time=edition.written_at.strftime("%Y-%m-%d %H:%M")))  # fmt: skip
        self.sheet.write_string(2, 1, imprint, self.looks(font_size=9, font_color=QUIET))
        head = self._look(bold=True, bg_color=HEAD, bottom_color=EDGE)
        fixed = (words("No."), words("Name"), words("Fixed or rotating"), words("Zone"))
        for column, heading in enumerate(fixed, 1):
            self.sheet.merge_range(3, column, 4, column, say(heading), head)
        for column, day in enumerate(self.days, _FIRST_DAY):
            shade = self._look(bold=True, bg_color=_WEEKEND if day.weekday() > 4 else HEAD)
            self.sheet.write_string(3, column, say(weekday(day)), shade)
            self.sheet.write_string(_HEADS, column, f"{day.month}/{day.day}", shade)
            self.sheet.write_string(0, column, day.isoformat())
        owed = say(words("Rest owed"))
        self.sheet.merge_range(3, _FIRST_DAY + 7, 4, _FIRST_DAY + 7, owed, head)

    def _nurse(self, row: int, number: int, code: str) -> None:
        ward, cell = self.edition.ward, self._look()
        nurse, allowed = ward.nurse[code], ward.contracts[code].shifts
        fixed = words("fixed") if len(allowed) == 1 else words("rotating")
        zones = "/".join(sorted(nurse.zones))
        self.sheet.write_string(row, 0, code)
        self.sheet.write_number(row, 1, number, self._look(num_format="0"))
        self.sheet.write_string(row, 2, nurse.name or code, self._look(bold=True))
        self.sheet.write_string(row, 3, self.voice.say(fixed), cell)
        self.sheet.write_string(row, 4, zones, cell)
        row_marks = dict(zip(self.edition.roster.days,
                             marks(ward, self.edition.roster, code), strict=True))  # fmt: skip
        for column, day in enumerate(self.days, _FIRST_DAY):
            self.sheet.write_string(row, column, row_marks[day], self._mark_look(row_marks[day]))
        days = self.owed[code, self.monday] / DAY_MINUTES
        look = self._look(num_format="0.##", bold=days > 0)
        self.sheet.write_number(row, _FIRST_DAY + 7, round(days, 2), look)

    def _mark_look(self, mark: str) -> Format:
        if mark.startswith(REST):
            return self._look(font_color=_REST, locked=False)
        if mark in AWAY_MARKS.values():
            return self._look(bg_color=_AWAY, locked=False)
        kind = self._kind_of(mark)
        if kind is not None and self.edition.ward.night(kind):
            return self._look(bg_color=_NIGHT, bold=mark.startswith(LEAD), locked=False)
        return self._look(bold=mark.startswith(LEAD), locked=False)

    def _kind_of(self, mark: str) -> DutyKind | None:
        body = mark.removeprefix(LEAD)
        return next((kind for kind in self.edition.ward.kinds if body.startswith(kind.code)), None)

    # --- below the nurses -------------------------------------------------------------------

    def _counts(self, first: int) -> int:
        """For each kind of duty how many are there, counted by Excel, and how many must be."""
        row, top = first, _FIRST_ROW
        short = self.looks(bg_color=_SHORT, bold=True)
        for kind in self.edition.ward.kinds:
            there = words("{duty}: there", duty=kind.code)
            wanted = words("{duty}: needed", duty=kind.code)
            for at, label in enumerate((there, wanted)):
                text = self.voice.say(label)
                self.sheet.merge_range(row + at, 1, row + at, 4, text, self._look(bg_color=HEAD))
            for column, day in enumerate(self.days, _FIRST_DAY):
                letter = xl_col_to_name(column)
                formula = f'=COUNTIF({letter}{top + 1}:{letter}{first},"*{kind.code}*")'
                number = self._look(num_format="0")
                there_now = self._there(kind, day)
                self.sheet.write_formula(row, column, formula, number, there_now)
                self.sheet.write_number(row + 1, column, self._wanted(kind, day), number)
            area = (row, _FIRST_DAY, row, _FIRST_DAY + 6)
            below = xl_rowcol_to_cell(row + 1, _FIRST_DAY)
            rule = {"type": "cell", "criteria": "<", "value": below, "format": short}
            self.sheet.conditional_format(*area, rule)
            row += 2
        return row

    def _there(self, kind: DutyKind, day: date) -> int:
        return sum(one.kind == kind.code for one in self.edition.roster.by_day.get(day, ()))

    def _wanted(self, kind: DutyKind, day: date) -> int:
        ward = self.edition.ward
        alone = [n for n in ward.needs if n.turn.day == day and not n.skill]
        return sum(need.nurses for need in alone if ward.covers(kind, need.turn))

    def _legend(self, row: int) -> int:
        say, quiet = self.voice.say, self.looks(font_color=QUIET, font_size=9)
        parts = [
            words("{mark} = {name} {start}–{end}", mark=kind.code,
                  name=self.voice.label(kind.name), start=f"{kind.start:%H:%M}",
                  end=f"{kind.end:%H:%M}")
            for kind in self.edition.ward.kinds
        ]  # fmt: skip
        self.sheet.write_string(row, 1, say(words("{marks}", marks=tuple(parts))), quiet)
        self.sheet.write_string(row + 1, 1, say(legend()), quiet)
        return row + 2

    def _missing(self, row: int) -> None:
        look = self.looks(font_color="#A3261B")
        mine = [gap for gap in self.edition.gaps if gap.need.turn.day in self.days]
        for at, gap in enumerate(mine):
            self.sheet.write_string(row + at, 1, self.voice.say(gap.words), look)

    def _set_up_print(self) -> None:
        sheet = self.sheet
        sheet.set_row(0, None, None, {"hidden": True})
        sheet.set_column(0, 0, 4, None, {"hidden": True})
        sheet.set_column(1, 1, 5)
        sheet.set_column(2, 2, 12)
        sheet.set_column(3, 4, 9)
        sheet.set_column(_FIRST_DAY, _FIRST_DAY + 6, 9)
        sheet.set_column(_FIRST_DAY + 7, _FIRST_DAY + 7, 8)
        sheet.freeze_panes(_FIRST_ROW, _FIRST_DAY)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
