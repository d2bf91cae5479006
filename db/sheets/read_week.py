"""Reading an edited weekly workbook back, without losing a cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from db.sheets.book_cells import NoWorkbook, SheetText, book_cells
from db.sheets.book_match import Found, Match, match_book
from db.sheets.edited import Edit, EditedPlan, Refusal
from db.sheets.edition import fingerprint
from db.sheets.seat_text import SeatReader, misplaced_signs
from db.sheets.typed import People
from db.sheets.week_book import NAMES
from db.sheets.week_key import TITLE, BrokenKey, Kind, WeekKey, read_key
from domain.calendar import Turn, days_from
from domain.changes import changes
from domain.plan import Assignment, Plan
from domain.problem import Problem
from domain.words import Words, words

Slot = tuple[Turn, str]

_NO_KEY = words("the workbook's hidden sheet is missing or was changed")


def read_week(path: Path, problem: Problem, original: Plan | None = None) -> EditedPlan:
    """What the workbook at `path` says now, against what was written into it.

    `original` is the plan it should have been made from; an edit of another version is
    refused. Without it the week in the hidden sheet counts.
    """
    try:
        sheets = book_cells(path)
        key = _key(sheets)
    except NoWorkbook as error:
        return EditedPlan(None, refusals=(Refusal("", "", error.reason),))
    except BrokenKey:
        return EditedPlan(None, refusals=(Refusal("", "", _NO_KEY),))
    match = match_book(sheets, key, frozenset({TITLE, NAMES}))
    match.refusals += (Refusal("", "", text) for text in _strange(key, problem, original))
    return _read(key, problem, original, match)


def book_key(path: Path) -> WeekKey:
    """What a weekly workbook says of itself: center, week and version. Raises NoWorkbook."""
    try:
        return _key(book_cells(path))
    except BrokenKey as error:
        raise NoWorkbook(_NO_KEY) from error


def _key(sheets: tuple[SheetText, ...]) -> WeekKey:
    sheet = next((sheet for sheet in sheets if sheet.title == TITLE), None)
    if sheet is None:
        raise BrokenKey("no key")
    lines: dict[int, list[str]] = {}
    for (row, column), cell in sheet.cells.items():
        line = lines.setdefault(row, [])
        line += [""] * (column - len(line))
        line[column - 1] = cell.text
    return read_key(line + [""] * (6 - len(line)) for _, line in sorted(lines.items()))


def _strange(key: WeekKey, problem: Problem, original: Plan | None) -> Iterator[Words]:
    """Why the workbook as a whole does not belong to this problem and plan."""
    center = problem.register.center.code
    if key.center != center:
        yield words("the workbook is of center {other}, not {own}", other=key.center, own=center)
    if key.monday not in problem.mondays:
        yield words("the workbook is of the week from {day}", day=key.monday)
    if original is not None and fingerprint(original) != key.fingerprint:
        yield words(
            "the workbook was made from version {version}, which is not the plan to change: "
            "write it again and repeat the edits",
            version=key.version,
        )
    slots = [row.slot for row in key.rows if row.kind is Kind.SEAT]
    for station in sorted({at for _, at in slots} - problem.station.keys()):
        yield words("station {code} is not in the center's files", code=station)
    for shift in sorted({turn.shift for turn, _ in slots} - problem.shift.keys()):
        yield words("shift {code} is not in the center's files", code=shift)


def _read(key: WeekKey, problem: Problem, original: Plan | None, match: Match) -> EditedPlan:
    people = People(problem)
    reader = SeatReader(key, people)
    sits = {row.slot: row.patient for row in key.rows if row.patient}
    unsure: dict[Slot, str] = {}
    refused, remarks = _signs(key, match)
    edits: list[tuple[Found, Edit]] = []
    for found in match.seats:
        who = reader.occupant(found)
        if isinstance(who, Words):
            refused[found.key.place] = _at(found, who)
            unsure[found.key.slot] = sits.pop(found.key.slot, "")
        elif found.key.place not in refused and who != (found.key.patient or None):
            turn, station = found.key.slot
            sits[turn, station] = who or ""
            edit = Edit(found.sheet, found.cell, turn, station, found.key.patient or None, who)
            edits.append((found, edit))
    refused |= _twice(sits, edits, people)
    refusals = (*match.refusals, *refused.values())
    sits |= _still_there(unsure, sits)
    after = [Assignment(t.day, t.shift, at, who) for (t, at), who in sits.items() if who]
    week = Plan.of(key.monday, 1, after)
    taken = tuple(edit for found, edit in edits if found.key.place not in refused)
    return EditedPlan(
        plan=None if refusals else _whole(week, original),
        changes=changes(Plan.of(key.monday, 1, key.assignments()), week),
        edits=taken,
        refusals=refusals,
        remarks=(*match.remarks, *remarks),
        unchanged=len(match.seats) - len(taken) - len(refused),
    )


def _still_there(unsure: dict[Slot, str], sits: dict[Slot, str]) -> dict[Slot, str]:
    """Who stays where the cell was refused: nobody who now sits elsewhere in the turn."""
    seated = {(turn, who) for (turn, _), who in sits.items()}
    return {(turn, at): who for (turn, at), who in unsure.items() if (turn, who) not in seated}


def _at(found: Found, text: Words) -> Refusal:
    return Refusal(found.sheet, found.cell, text)


def _signs(key: WeekKey, match: Match) -> tuple[dict[tuple[str, str, str], Refusal], list[Refusal]]:
    """Signs such as “Held” say what other tables hold; putting or wiping one changes nothing."""
    refused: dict[tuple[str, str, str], Refusal] = {}
    remarks: list[Refusal] = []
    for sign in (key.held, key.shut):
        came, went = misplaced_signs(match.seats, sign)
        for found in came:
            text = words("“{sign}” cannot be set here: change the holds or closures", sign=sign)
            refused[found.key.place] = _at(found, text)
        for found in went:
            text = words("“{sign}” still holds: change the holds or closures", sign=sign)
            remarks.append(_at(found, text))
    return refused, remarks


def _twice(
    sits: dict[Slot, str], edits: list[tuple[Found, Edit]], people: People
) -> dict[tuple[str, str, str], Refusal]:
    """Edits that seat somebody a second time in one turn."""
    places: dict[tuple[Turn, str], list[str]] = {}
    for (turn, station), who in sits.items():
        if who:
            places.setdefault((turn, who), []).append(station)
    refused = {}
    for found, edit in edits:
        stations = places.get((edit.turn, edit.after), []) if edit.after else []
        if len(stations) > 1:
            text = words(
                "{patient} sits on {stations} in the same turn",
                patient=people.shown(edit.after or ""),
                stations=tuple(sorted(stations)),
            )
            refused[found.key.place] = _at(found, text)
    return refused


def _whole(week: Plan, original: Plan | None) -> Plan:
    """The week within the plan that it is part of."""
    if original is None:
        return week
    days: frozenset[date] = frozenset(days_from(week.first_day, 7))
    others = (row for row in original.assignments if row.day not in days)
    return Plan.of(original.first_day, original.weeks, (*others, *week.assignments))
