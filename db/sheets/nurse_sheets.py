"""Nurse sheets: a zone's patients of a turn by nurse, as the choreography says, else neighbors
together; with a line for the nurse's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from db.sheets.day_sheets import day_paper, station_row, turn_page
from db.sheets.edition import Edition, Voice
from db.sheets.paper import Data, Paper
from db.sheets.titles import zone_title
from db.sheets.week import Cell, Seat, ZoneWeek, zone_weeks
from domain.calendar import Turn, monday_of
from domain.crews import hands
from domain.words import words


def nurse_sheets(edition: Edition, day: date, voice: Voice) -> Paper:
    """The day's turns, for each nurse the own patients."""
    weeks = zone_weeks(edition, monday_of(day))
    turns = [
        turn_page(edition, turn, list(_parts(edition, weeks, turn, voice)), voice)
        for turn in edition.turns_on(day)
    ]
    return day_paper(edition, words("Nurse sheets"), turns, voice)


def _parts(
    edition: Edition, weeks: Sequence[ZoneWeek], turn: Turn, voice: Voice
) -> Iterator[Mapping[str, Data]]:
    nurse = hands(edition.problem, edition.plan.by_turn.get(turn, ()))
    for week in weeks:
        column = week.turns.index(turn)
        taken = [cells[column] for _, cells in week.rows if cells[column].seat is Seat.TAKEN]
        parts: defaultdict[int, list[Cell]] = defaultdict(list)
        for cell in taken:
            parts[nurse[cell.patient or "", turn]].append(cell)
        for number, part in sorted(parts.items()):
            yield {
                "name": voice.say(
                    words(
                        "{zone}, nurse {number}: ____________________",
                        zone=zone_title(week.zone, voice),
                        number=number,
                    )
                ),
                "count": voice.say(words("patients: {patients}", patients=len(part))),
                "rows": [station_row(edition, cell, voice) for cell in part],
            }
