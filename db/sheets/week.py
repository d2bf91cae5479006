"""The weekly plan of a zone as a grid, before it becomes a workbook or a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from db.sheets.edition import Edition
from db.sheets.marks import Marks, marks
from domain.calendar import Turn, days_from
from domain.center import Station, Zone
from domain.crews import natural


class Seat(Enum):
    """What a cell of the grid is."""

    TAKEN = auto()
    FREE = auto()
    HELD = auto()
    SHUT = auto()


@dataclass(frozen=True, slots=True)
class Cell:
    """One slot of the grid; `patient` and `marks` are set if it is taken."""

    turn: Turn
    station: str
    seat: Seat
    patient: str | None = None
    marks: Marks | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What a zone has in a turn; `nurses` is `None` where the center states none."""

    patients: int
    stations: int
    nurses: int | None


@dataclass(frozen=True, slots=True)
class ZoneWeek:
    """A zone's week: days with their turns, a row of cells for each station, counts."""

    zone: Zone
    monday: date
    days: tuple[tuple[date, tuple[Turn, ...]], ...]
    rows: tuple[tuple[Station, tuple[Cell, ...]], ...]
    counts: tuple[Count, ...]

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The columns."""
        return tuple(turn for _, turns in self.days for turn in turns)


def zone_weeks(edition: Edition, monday: date) -> tuple[ZoneWeek, ...]:
    """Every zone of the center that has stations, in the center's order."""
    days = tuple((day, turns) for day in days_from(monday, 7) if (turns := edition.turns_on(day)))
    weeks = []
    for zone in edition.problem.register.zones:
        stations = stations_of(edition, zone)
        if stations:
            weeks.append(_zone_week(edition, zone, monday, days, stations))
    return tuple(weeks)


def stations_of(edition: Edition, zone: Zone) -> tuple[Station, ...]:
    """The zone's stations as people count them: 2 before 10."""
    mine = (one for one in edition.problem.register.stations if one.zone == zone.code)
    return tuple(sorted(mine, key=lambda station: natural(station.code)))


def _zone_week(
    edition: Edition,
    zone: Zone,
    monday: date,
    days: tuple[tuple[date, tuple[Turn, ...]], ...],
    stations: tuple[Station, ...],
) -> ZoneWeek:
    columns = [_column(edition, zone, turn, stations) for _, turns in days for turn in turns]
    rows = tuple(
        (station, tuple(column[index] for column in columns))
        for index, station in enumerate(stations)
    )
    counts = tuple(_count(edition, zone, column) for column in columns)
    return ZoneWeek(zone, monday, days, rows, counts)


def _column(edition: Edition, zone: Zone, turn: Turn, stations: tuple[Station, ...]) -> list[Cell]:
    """The zone's cells in a turn. A hold names a number, not a station: the last free ones
    show it, because planning fills the first."""
    column = [_cell(edition, turn, station) for station in stations]
    held = edition.problem.held(zone.code, turn)
    free = [index for index, cell in enumerate(column) if cell.seat is Seat.FREE]
    for index in free[len(free) - min(held, len(free)) :]:
        column[index] = Cell(turn, stations[index].code, Seat.HELD)
    return column


def _cell(edition: Edition, turn: Turn, station: Station) -> Cell:
    row = edition.seated.get((turn, station.code))
    if row is not None:
        return Cell(turn, station.code, Seat.TAKEN, row.patient, marks(edition, row))
    return Cell(turn, station.code, Seat.FREE if is_open(edition, turn, station) else Seat.SHUT)


def is_open(edition: Edition, turn: Turn, station: Station) -> bool:
    """True if a machine stands at the station and nothing shuts it in the turn."""
    problem = edition.problem
    shut = any(closure.shuts(turn, station) for closure in problem.register.closures)
    return not shut and problem.abilities(station.code, turn.day) is not None


def _count(edition: Edition, zone: Zone, column: list[Cell]) -> Count:
    turn = column[0].turn
    open_stations = sum(
        is_open(edition, turn, edition.problem.station[cell.station]) for cell in column
    )
    patients = sum(cell.seat is Seat.TAKEN for cell in column)
    return Count(patients, open_stations, edition.problem.nurses(zone.code, turn))


def taken(weeks: tuple[ZoneWeek, ...]) -> Iterator[Cell]:
    """Every cell with a patient in it."""
    return (c for week in weeks for _, row in week.rows for c in row if c.seat is Seat.TAKEN)
