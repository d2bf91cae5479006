"""The board as JSON: rows, columns, cells, counts and every word the component shows.

The component knows no rule and no language; it draws this. Short keys, as a big center has
thousands of cells: `t` turn, `r` row, `p` patient, and marks that are left out where they say no.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dashboard.board.cells import Cell, Cells, missing
from dashboard.board.counts import Count, counts
from dashboard.board.opened import Opened
from dashboard.board.phrases import PHRASES, banner, legend, sign_letters
from db.sheets.edition import Voice
from db.sheets.marks import Habit
from domain.calendar import Turn
from domain.center import Shift, Station, Zone
from domain.words import words

Json = Mapping[str, Any]


def payload(opened: Opened, voice: Voice, *, editable: bool, override: bool) -> Json:
    """Everything that is drawn. `editable`: whoever looks may change the week; only of the
    latest version does it count. `override`: and may break a hard rule with a reason."""
    cells = Cells(opened)
    row_of = {code: place for place, code in enumerate(_stations(opened))}
    turn_of = {turn: place for place, turn in enumerate(opened.turns)}
    full = counts(opened)
    return {
        "language": voice.language,
        "editable": editable and opened.latest,
        "override": override,
        "words": {name: voice.say(said) for name, said in PHRASES.items()},
        "signs": sign_letters(voice),
        "banner": banner(opened, voice),
        "legend": legend(voice),
        "days": [_day(opened, voice, place) for place in range(len(opened.days))],
        "turns": [_turn(opened, turn, voice) for turn in opened.turns],
        "zones": [_zone(zone, opened, full, voice) for zone in _zones(opened)],
        "rows": [_row(opened, opened.problem.station[code], voice) for code in row_of],
        "shut": list(_shut(opened)),
        "cells": [_cell(one, row_of, turn_of) for one in cells.all()],
        "people": _people(cells),
        "tray": [
            {
                "p": one.patient,
                "said": voice.say(
                    words("{planned} of {wanted} sessions", planned=one.planned, wanted=one.wanted)
                ),
            }
            for one in missing(opened)
        ],
        "shifts": [[one.code, voice.label(one.name)] for one in _shifts(opened)],
    }


def _zones(opened: Opened) -> tuple[Zone, ...]:
    return opened.problem.register.zones


def _stations(opened: Opened) -> list[str]:
    """Stations grouped by zone, in the order of zones."""
    problem = opened.problem
    return [code for zone in _zones(opened) for code in problem.zone_stations[zone.code]]


def _shifts(opened: Opened) -> list[Shift]:
    return sorted(opened.problem.shift.values(), key=lambda one: (one.start, one.code))


def _day(opened: Opened, voice: Voice, place: int) -> Json:
    day = opened.days[place]
    return {
        "iso": day.isoformat(),
        "name": voice.day(day),
        "today": day == opened.now.date(),
        "turns": sum(turn.day == day for turn in opened.turns),
    }


def _turn(opened: Opened, turn: Turn, voice: Voice) -> Json:
    shift = opened.problem.shift[turn.shift]
    window = shift.interval(turn.day)
    return {
        "day": turn.day.isoformat(),
        "shift": turn.shift,
        "name": voice.label(shift.name),
        "said": voice.say(opened.problem.say(turn)),
        "from": window.start.strftime("%H:%M"),
        "to": window.end.strftime("%H:%M"),
        "night": shift.night,
        "over": opened.is_over(turn),
    }


def _zone(zone: Zone, opened: Opened, full: Mapping[tuple[str, Turn], Count], voice: Voice) -> Json:
    return {
        "code": zone.code,
        "name": voice.label(zone.name),
        "counts": [_count(full[zone.code, turn], voice) for turn in opened.turns],
    }


def _count(count: Count, voice: Voice) -> Json:
    if count.nurses is None or count.most is None:
        said = words(
            "{patients} patients on {seats} seats", patients=count.patients, seats=count.seats
        )
    else:
        said = words(
            "{patients} patients on {seats} seats; {nurses} nurses may care for {most}",
            patients=count.patients,
            seats=count.seats,
            nurses=count.nurses,
            most=count.most,
        )
    return {
        "n": count.patients,
        "of": count.seats,
        "nursed": voice.say(words("{count} RN", count=count.nurses)) if count.nurses else "",
        "state": count.state,
        "said": voice.say(said),
    }


def _row(opened: Opened, station: Station, voice: Voice) -> Json:
    kinds = opened.problem.abilities(station.code, opened.monday)
    named = tuple(sorted(kind.value for kind in kinds or ()))
    return {
        "code": station.code,
        "zone": station.zone,
        "room": station.room,
        "kinds": " ".join(kind for kind in named if kind != "HD"),
        "said": voice.say(
            words("Station {station}: {modalities}", station=station.code, modalities=named)
            if named
            else words("Station {station}: no machine", station=station.code)
        ),
    }


def _shut(opened: Opened) -> Iterator[list[int]]:
    """Cells in which nobody may sit, by turn and row."""
    stations = _stations(opened)
    for place, turn in enumerate(opened.turns):
        for row, code in enumerate(stations):
            if not opened.problem.is_open(code, turn):
                yield [place, row]


def _cell(cell: Cell, row_of: Mapping[str, int], turn_of: Mapping[Turn, int]) -> Json:
    marks = cell.marks
    said: dict[str, str | bool | None] = {
        "letters": marks.letters,
        "fill": marks.fill,
        "mode": marks.mode,
        "night": Habit.NIGHT in marks.habits,
        "shop": Habit.WORKSHOP in marks.habits,
        "work": Habit.WORK in marks.habits,
        "locked": Habit.LOCKED in marks.habits,
        "moved": marks.moved,
        "guest": cell.guest,
        "edited": cell.edited,
        "broken": cell.broken,
    }
    row = cell.row
    where = {"t": turn_of[row.turn], "r": row_of[row.station], "p": row.patient}
    return where | {name: value for name, value in said.items() if value}


def _people(cells: Cells) -> Json:
    """Name by code of everybody who is on the board or beside it."""
    opened = cells.opened
    codes = {row.patient for row in opened.known.assignments if row.day in opened.days}
    codes |= {one.patient for one in missing(opened)}
    return {
        code: cells.patient[code].name if code in cells.patient else code for code in sorted(codes)
    }
