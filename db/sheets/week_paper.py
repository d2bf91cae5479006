"""The weekly plan of a zone as an A3 page."""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import east_asian_width

from db.sheets.edition import Edition, Voice
from db.sheets.legend import SHUT, held_word, legend, mark_line
from db.sheets.names import ShownName, paper_names
from db.sheets.paper import Data, Paper, paper
from db.sheets.titles import (
    center_name,
    imprint_line,
    shift_hours,
    shift_name,
    week_title,
    zone_title,
)
from db.sheets.week import Cell, Seat, ZoneWeek
from db.sheets.zone_sheet import count_values, count_words
from domain.words import words

_WIDTH_PT = (420 - 18 - 17) * 72 / 25.4
_LARGE, _TWO_LINES, _SMALL = 8.6, 7.4, 5.2
_MOST_SCALE = 1.5
_HEIGHT_MM = 226


def week_paper(edition: Edition, week: ZoneWeek, voice: Voice) -> Paper:
    """One zone's week, on as many pages as it needs."""
    return paper("week", voice, _data(edition, week, voice))


def _data(edition: Edition, week: ZoneWeek, voice: Voice) -> Mapping[str, Data]:
    room = _WIDTH_PT / max(1, len(week.turns)) - 4
    scale = _scale(week, room)
    return {
        "title": zone_title(week.zone, voice),
        "subtitle": week_title(week.monday, voice),
        "note": center_name(edition, voice),
        "center": center_name(edition, voice),
        "imprint": imprint_line(edition, voice),
        "station-head": voice.say(words("Station")),
        "scale": scale,
        "row-height": min(9.0 * scale, max(6.2, _HEIGHT_MM / max(1, len(week.rows)) - 1.1)),
        "days": [{"text": voice.day(day), "span": len(turns)} for day, turns in week.days],
        "turns": _turns(edition, week, voice),
        "rows": _rows(edition, week, voice, room, scale),
        "counts": _counts(week, voice),
        "legend": [
            {"sign": entry.sign, "meaning": entry.meaning, "fill": entry.fill}
            for entry in legend(voice)
        ],
    }


def _turns(edition: Edition, week: ZoneWeek, voice: Voice) -> list[Data]:
    return [
        {
            "name": shift_name(edition, turn, voice),
            "hours": shift_hours(edition, turn),
            "night": edition.problem.shift[turn.shift].night,
            "edged": starts_day,
        }
        for turn, starts_day in zip(week.turns, _edged(week), strict=True)
    ]


def _rows(edition: Edition, week: ZoneWeek, voice: Voice, room: float, scale: float) -> list[Data]:
    names = paper_names(edition.patient)
    return [
        {
            "station": station.code,
            "room": station.room,
            "cells": [
                {**_cell(cell, names, voice, room, scale), "edged": starts_day}
                for cell, starts_day in zip(cells, _edged(week), strict=True)
            ],
        }
        for station, cells in week.rows
    ]


def _edged(week: ZoneWeek) -> list[bool]:
    """True for the columns with which a day begins."""
    return [index == 0 for _, turns in week.days for index in range(len(turns))]


def _counts(week: ZoneWeek, voice: Voice) -> list[Data]:
    return [
        {
            "label": voice.say(label),
            "bold": which == 0,
            "values": [
                "–" if (value := count_values(count)[which]) is None else str(value)
                for count in week.counts
            ],
        }
        for which, label in enumerate(count_words())
    ]


def _cell(
    cell: Cell, names: Mapping[str, ShownName], voice: Voice, room: float, scale: float
) -> Mapping[str, Data]:
    match cell.seat:
        case Seat.TAKEN if cell.patient is not None and cell.marks is not None:
            shown = names[cell.patient]
            size, broken = _fitted(shown.name, room, scale)
            return {
                "kind": "taken",
                "name": shown.name,
                "signs": f"{shown.code} {mark_line(cell.marks, voice)}".strip(),
                "fill": cell.marks.fill,
                "size": size,
                "broken": broken,
            }
        case Seat.HELD:
            return {"kind": "held", "name": held_word(voice)}
        case Seat.SHUT:
            return {"kind": "shut", "name": SHUT}
        case _:
            return {"kind": "free", "name": ""}


def _scale(week: ZoneWeek, room: float) -> float:
    """How much larger than at 28 columns everything is set where there is room."""
    by_width = room / (4.2 * _LARGE)
    by_height = _HEIGHT_MM / (8.6 * max(1, len(week.rows)))
    return round(max(1.0, min(_MOST_SCALE, by_width, by_height)), 2)


def _fitted(name: str, room: float, scale: float) -> tuple[float, bool]:
    """Size in points at which a name stays in its column, if possible on two lines, and
    whether even its smallest size needs a break within a word."""
    longest = max(_width(word) for word in name.split())
    whole = sum(1.0 if east_asian_width(c) in "WF" else 0.6 for c in name)
    large = scale * (_LARGE if whole * _LARGE * scale < room else _TWO_LINES)
    size = min(large, room / longest, max(6.4, 1.8 * room / whole))
    return round(max(_SMALL, size), 1), longest * _SMALL > room


def _width(word: str) -> float:
    """Width of what cannot be broken, in ems: Chinese breaks anywhere."""
    wide = any(east_asian_width(c) in "WF" for c in word)
    return 1.0 if wide else 0.6 * len(word)
