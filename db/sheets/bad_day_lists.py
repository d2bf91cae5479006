"""A bad day on paper: who comes when, in which order, who waits too long, whom to call.

The same tables as PDF for the wall and as an Excel workbook to work with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from db.sheets.edition import Edition, Voice
from db.sheets.names import ShownName, paper_names
from db.sheets.paper import Data, Paper, paper
from db.sheets.titles import center_name, imprint_line, sheet_title
from domain.bad_day import BadDay, Flag, Rank, Wait
from domain.changes import changes
from domain.plan import Assignment, ChangeKind, Plan
from domain.words import Words, words

Cell = str | int | float
_WIDTH = 0.55
"""Characters of Excel for a unit of the PDF's column widths."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One list: its title, what stands there if it is empty, headings, widths and rows."""

    name: str
    title: Words
    none: Words
    heads: tuple[Words, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Cell, ...], ...]


def listings(edition: Edition, answer: BadDay, known: Plan, voice: Voice) -> tuple[Listing, ...]:
    """Every list of a bad day. `known` is the plan that people had before."""
    desk = _Desk(edition, answer, voice)
    return (
        desk.order(),
        desk.beyond(),
        desk.shorter(),
        desk.fewer(),
        desk.calls(known),
    )


def flag_words(flag: Flag) -> Words:
    """The doctor's flag as it is called."""
    match flag:
        case Flag.FIRST:
            return words("comes first")
        case Flag.CAN_WAIT:
            return words("can wait")
        case Flag.USUAL:
            return words("usual")


class _Desk:
    """What the rows of all lists are told from."""

    def __init__(self, edition: Edition, answer: BadDay, voice: Voice) -> None:
        self._edition = edition
        self._answer = answer
        self._voice = voice
        self._names = paper_names(edition.patient)
        self._next = answer.next_session
        self._waits = {wait.patient: wait for wait in answer.waits}

    def order(self) -> Listing:
        """Everybody in the order in which they come first."""
        return Listing(
            "order",
            words("Who comes first"),
            words("Nobody is to be treated."),
            (
                words("No."), words("Patient"), words("Flag"), words("Last session"),
                words("Days since"), words("Gain %"), words("Next session"),
                words("Longest wait, days"),
            ),
            (8, 30, 12, 22, 12, 10, 34, 14),
            tuple(self._order_row(rank) for rank in self._answer.ranks),
        )  # fmt: skip

    def beyond(self) -> Listing:
        """Those who wait longer than their line."""
        return Listing(
            "beyond",
            words("Longer than the longest gap"),
            words("Everybody is kept under the longest gap."),
            (
                words("Patient"), words("Phone"), words("Since"), words("Until"),
                words("Days"), words("At most"), words("Next session"),
            ),
            (30, 22, 20, 20, 10, 10, 34),
            tuple(self._beyond_row(wait) for wait in self._answer.beyond),
        )  # fmt: skip

    def shorter(self) -> Listing:
        """Sessions shortened by the doctor's rule."""
        rows = (
            (self._who(one.patient), self._turn(one.turn), one.minutes, one.prescribed)
            for one in self._answer.shortened
        )
        return Listing(
            "shorter",
            words("Shorter sessions"),
            words("Every session is as long as prescribed."),
            (words("Patient"), words("Session"), words("Minutes"), words("Prescribed")),
            (34, 40, 16, 16),
            tuple(rows),
        )

    def fewer(self) -> Listing:
        """Weeks with fewer sessions than wanted."""
        rows = (
            (self._who(one.patient), self._phone(one.patient), one.planned, one.wanted)
            for one in self._answer.fewer
        )
        return Listing(
            "fewer",
            words("Fewer sessions this week"),
            words("Everybody has every session."),
            (words("Patient"), words("Phone"), words("Planned"), words("Wanted")),
            (34, 24, 14, 14),
            tuple(rows),
        )

    def calls(self, known: Plan) -> Listing:
        """Whom to call because of a change, those who come first before the others."""
        place = {rank.patient: rank.place for rank in self._answer.ranks}
        found = sorted(
            (
                one
                for one in changes(known, self._answer.plan)
                if one.kind is not ChangeKind.STATION
            ),
            key=lambda one: (
                min(row.day for row in (one.before, one.after) if row),
                place.get(one.patient, len(place) + 1),
                one.patient,
            ),
        )
        rows = (
            (
                self._who(one.patient), self._phone(one.patient),
                self._seat(one.before), self._seat(one.after),
            )
            for one in found
        )  # fmt: skip
        return Listing(
            "calls",
            words("Whom to call"),
            words("Nobody comes at another time."),
            (words("Patient"), words("Phone"), words("Not"), words("But")),
            (30, 22, 34, 34),
            tuple(rows),
        )

    def _order_row(self, rank: Rank) -> tuple[Cell, ...]:
        wait = self._waits.get(rank.patient)
        unknown = self._voice.say(words("unknown"))
        return (
            rank.place,
            self._who(rank.patient),
            self._voice.say(flag_words(rank.flag)),
            unknown if rank.last is None else self._day(rank.last),
            unknown if rank.days is None else rank.days,
            unknown if rank.gain_percent is None else _number(rank.gain_percent),
            self._seat(self._next.get(rank.patient)),
            "–" if wait is None else wait.days,
        )

    def _beyond_row(self, wait: Wait) -> tuple[Cell, ...]:
        since = self._voice.say(words("unknown")) if wait.since is None else self._day(wait.since)
        return (
            self._who(wait.patient), self._phone(wait.patient), since, self._day(wait.until),
            wait.days, wait.line, self._seat(self._next.get(wait.patient)),
        )  # fmt: skip

    def _who(self, code: str) -> str:
        return f"{self._names.get(code, ShownName(code)).name} {code}"

    def _phone(self, code: str) -> str:
        patient = self._edition.patient.get(code)
        return patient.phone if patient else ""

    def _day(self, day: date) -> str:
        return self._voice.day(day)

    def _turn(self, turn: tuple[date, str]) -> str:
        day, shift = turn
        return f"{self._day(day)} {self._voice.label(self._edition.problem.shift[shift].name)}"

    def _seat(self, row: Assignment | None) -> str:
        if row is None:
            return "–"
        turn = self._turn(row.turn)
        return self._voice.say(words("{turn}, {station}", turn=turn, station=row.station))


def _number(value: Decimal) -> float:
    return float(value)


# --- on paper -----------------------------------------------------------------------------------


def bad_day_paper(edition: Edition, listing: Listing, voice: Voice) -> Paper:
    """One list as PDF."""
    data: dict[str, Data] = {
        "title": voice.say(listing.title),
        "subtitle": voice.say(words("Week from {day}", day=edition.plan.first_day)),
        "note": center_name(edition, voice),
        "center": center_name(edition, voice),
        "imprint": imprint_line(edition, voice),
        "none": voice.say(listing.none),
        "heads": [voice.say(head) for head in listing.heads],
        "widths": list(listing.widths),
        "rows": [_grouped(row) for row in listing.rows],
    }
    return paper("list", voice, data)


def _grouped(row: tuple[Cell, ...]) -> list[Data]:
    """The template takes two cells that stand once and the others line by line."""
    first, second, *others = (str(cell) for cell in row)
    return [[first, second], others]


def bad_day_book(edition: Edition, lists: Iterable[Listing], voice: Voice) -> bytes:
    """All lists as a workbook with a sheet for each; the same bytes every time."""
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": edition.imprint.printed_at})
        looks = _looks(book)
        taken: set[str] = set()
        for listing in lists:
            title = sheet_title(voice.say(listing.title), taken)
            _fill(book.add_worksheet(title), listing, voice, looks)
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class _Looks:
    head: Format
    text: Format


def _looks(book: Workbook) -> _Looks:
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    return _Looks(head, book.add_format({"valign": "top", "text_wrap": True}))


def _fill(sheet: Worksheet, listing: Listing, voice: Voice, looks: _Looks) -> None:
    for column, (head, width) in enumerate(zip(listing.heads, listing.widths, strict=True)):
        sheet.write_string(0, column, voice.say(head), looks.head)
        sheet.set_column(column, column, max(8.0, width * _WIDTH + 4))
    for number, row in enumerate(listing.rows or _nothing(listing, voice), start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, looks.text)
            else:
                sheet.write_number(number, column, cell, looks.text)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _nothing(listing: Listing, voice: Voice) -> Iterator[tuple[Cell, ...]]:
    yield (voice.say(listing.none),)
