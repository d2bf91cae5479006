"""Day sheets: who sits where in a turn, with room for what is written in by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from db.sheets.edition import Edition, Voice
from db.sheets.legend import SHUT, held_word
from db.sheets.marks import MOVED
from db.sheets.names import ShownName, paper_names
from db.sheets.paper import Data, Paper, paper
from db.sheets.titles import (
    center_name,
    habitual_turn,
    imprint_line,
    shift_hours,
    shift_name,
    zone_title,
)
from db.sheets.week import Cell, Count, Seat, ZoneWeek, zone_weeks
from domain.calendar import Turn, monday_of
from domain.patient import Patient
from domain.plan import Change, ChangeKind
from domain.words import Words, words


def day_sheets(edition: Edition, day: date, voice: Voice) -> Paper:
    """The day's turns, a page or more for each, every zone's stations on it."""
    weeks = zone_weeks(edition, monday_of(day))
    turns = [
        turn_page(edition, turn, [_zone(edition, week, turn, voice) for week in weeks], voice)
        for turn in edition.turns_on(day)
    ]
    return day_paper(edition, words("Day sheets"), turns, voice)


def day_paper(
    edition: Edition, title: Words, turns: list[Mapping[str, Data]], voice: Voice
) -> Paper:
    """Pages of turns, with empty columns to write into."""
    heads = (
        words("Station"),
        words("Patient"),
        words("Mode"),
        words("Minutes"),
        words("Access"),
        words("Inf."),
        words("Planned time"),
        words("Notes"),
    )
    blanks = (
        words("Weight before"),
        words("Weight after"),
        words("BP before"),
        words("BP after"),
        words("On at"),
        words("Off at"),
        words("Signed"),
    )
    data: dict[str, Data] = {
        "title": voice.say(title),
        "center": center_name(edition, voice),
        "imprint": _anchored(edition, voice),
        "heads": [voice.say(head) for head in heads],
        "blanks": [voice.say(blank) for blank in blanks],
        "turns": list(turns),
    }
    return paper("day", voice, data)


def _anchored(edition: Edition, voice: Voice) -> str:
    """On paper the head of the audit is out of reach of whoever could rewrite the database."""
    line, anchor = imprint_line(edition, voice), edition.imprint.anchor
    if not anchor:
        return line
    said = voice.say(words("Audit {anchor}", anchor=anchor))
    return f"{line}  ·  {said}"


def turn_page(
    edition: Edition, turn: Turn, parts: list[Mapping[str, Data]], voice: Voice
) -> Mapping[str, Data]:
    """A turn with its heading; each part has a name, a count and rows."""
    return {
        "title": f"{voice.day(turn.day)}  {shift_name(edition, turn, voice)}",
        "hours": shift_hours(edition, turn),
        "note": center_name(edition, voice),
        "zones": list(parts),
    }


def _zone(edition: Edition, week: ZoneWeek, turn: Turn, voice: Voice) -> Mapping[str, Data]:
    column = week.turns.index(turn)
    return {
        "name": zone_title(week.zone, voice),
        "count": voice.say(_count(week.counts[column])),
        "rows": [station_row(edition, cells[column], voice) for _, cells in week.rows],
    }


def _count(count: Count) -> Words:
    if count.nurses is None:
        return words("patients: {patients}", patients=count.patients)
    return words(
        "patients: {patients}, nurses: {nurses}", patients=count.patients, nurses=count.nurses
    )


def station_row(edition: Edition, cell: Cell, voice: Voice) -> Mapping[str, Data]:
    """A station of a turn: who sits there, how, and what is new about it."""
    empty: dict[str, Data] = dict.fromkeys(
        ("name", "code", "mode", "minutes", "access", "letters", "time", "notes"), ""
    )
    row = {**empty, "station": cell.station, "fill": None}
    match cell.seat:
        case Seat.TAKEN if cell.patient is not None and cell.marks is not None:
            who = cell.patient
            return row | {
                "name": _names(edition)[who].name,
                "code": who,
                "mode": cell.marks.modality.value,
                "minutes": str(edition.problem.minutes(who, cell.turn.day)),
                "access": edition.patient[who].access.value,
                "letters": cell.marks.letters,
                "fill": cell.marks.fill,
                "time": _time(edition, who, cell.turn),
                "notes": _note(edition, cell, voice),
            }
        case Seat.HELD:
            return row | {"notes": held_word(voice)}
        case Seat.SHUT:
            return row | {"notes": SHUT}
        case _:
            return row


def _time(edition: Edition, patient: str, turn: Turn) -> str:
    """From being connected to being disconnected."""
    start, end = edition.problem.session(patient, turn)
    return f"{start:%H:%M}–{end:%H:%M}"


@lru_cache(maxsize=4)
def _shown(patients: tuple[Patient, ...]) -> Mapping[str, ShownName]:
    return paper_names({one.code: one for one in patients})


def _names(edition: Edition) -> Mapping[str, ShownName]:
    return _shown(edition.problem.register.patients)


def _note(edition: Edition, cell: Cell, voice: Voice) -> str:
    """What is new about the seat, for those who know last week's by heart."""
    place = (cell.turn, cell.station, cell.patient)
    for change in edition.changes:
        after = change.after
        if after is not None and (after.turn, after.station, after.patient) == place:
            return f"{MOVED} {voice.say(_novelty(edition, change))}"
    return ""


def _novelty(edition: Edition, change: Change) -> Words:
    before = change.before
    if change.kind is ChangeKind.STATION and before is not None:
        return words("last week on {station}", station=before.station)
    if change.kind is ChangeKind.TURN and before is not None:
        return words("last week {turn}", turn=habitual_turn(edition, before.turn))
    return words("not here last week")
