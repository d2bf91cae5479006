"""The grid of a zone's week."""

from dataclasses import replace

from db.sheets.marks import Habit, marks
from db.sheets.week import Count, Seat, ZoneWeek, zone_weeks
from domain.calendar import Span
from domain.center import Closure, Infection, Modality
from domain.changes import changes
from domain.crews import natural
from domain.plan import Plan
from tests.db.sheets.world import MONDAY, REGISTER, SEATS, STATIONS, edition, seat


def zones() -> tuple[ZoneWeek, ...]:
    return zone_weeks(edition(), MONDAY)


def column(week: ZoneWeek, index: int) -> list[Seat]:
    return [cells[index].seat for _, cells in week.rows]


def test_stations_stand_as_people_count_them() -> None:
    assert [station.code for station, _ in zones()[0].rows] == ["A1", "A2", "A10"]
    assert sorted(["A10", "A2", "A1", "B1", "A"], key=natural) == ["A", "A1", "A2", "A10", "B1"]


def test_days_without_a_turn_are_left_out_and_nights_run_when_they_run() -> None:
    days = [(day.isoweekday(), [turn.shift for turn in turns]) for day, turns in zones()[0].days]
    assert days == [
        (1, ["am", "pm", "night"]),
        (2, ["am", "pm"]),
        (3, ["am", "pm", "night"]),
        (4, ["am", "pm"]),
        (5, ["am", "pm", "night"]),
        (6, ["am", "pm"]),
    ]


def test_a_hold_shows_on_the_last_free_station() -> None:
    assert column(zones()[0], 0) == [Seat.TAKEN, Seat.TAKEN, Seat.HELD]
    assert column(zones()[0], 2) == [Seat.TAKEN, Seat.FREE, Seat.HELD]


def test_a_closed_station_is_shut_and_does_not_count() -> None:
    week = zones()[0]
    assert column(week, 1) == [Seat.FREE, Seat.SHUT, Seat.HELD]
    assert week.counts[1].stations == 2


def test_a_station_without_a_machine_is_shut() -> None:
    placements = tuple(one for one in REGISTER.placements if one.station != "A10")
    weeks = zone_weeks(edition(replace(REGISTER, placements=placements)), MONDAY)
    assert {cells[0].seat for station, cells in weeks[0].rows if station.code == "A10"} == {
        Seat.SHUT
    }


def test_a_patient_on_a_closed_station_is_still_shown() -> None:
    closed = replace(REGISTER, closures=(Closure(Span(), "flood"),))
    assert column(zone_weeks(edition(closed), MONDAY)[0], 0) == [Seat.TAKEN, Seat.TAKEN, Seat.SHUT]


def test_nurses_who_are_not_stated_are_none_and_not_zero() -> None:
    counts = zones()[0].counts
    assert counts[0] == Count(patients=2, stations=3, nurses=2)
    assert counts[1].nurses is None


def test_a_plan_without_sessions_has_its_grid_all_the_same() -> None:
    weeks = zone_weeks(edition(seats=()), MONDAY)
    assert [len(week.rows) for week in weeks] == [3, 1]
    assert sum(count.patients for week in weeks for count in week.counts) == 0


def test_every_session_is_in_exactly_one_cell() -> None:
    shown = [
        (cell.turn, cell.station, cell.patient)
        for week in zones()
        for _, cells in week.rows
        for cell in cells
        if cell.patient
    ]
    assert sorted(shown) == sorted((row.turn, row.station, row.patient) for row in SEATS)
    assert {station.code for week in zones() for station, _ in week.rows} == {
        one.code for one in STATIONS
    }


def test_infection_shows_as_letter_and_color() -> None:
    shown = marks(edition(), seat(0, "am", "B1", "P5"))
    assert (shown.letters, shown.fill) == ("B", "#FBE6BD")


def test_missing_reports_show_as_unknown_and_never_as_negative() -> None:
    without = replace(REGISTER, serology=())
    shown = marks(edition(without), seat(0, "am", "A1", "P1"))
    assert shown.infections == {Infection.UNKNOWN}
    assert shown.letters == "?"
    assert shown.fill is not None


def test_modality_work_night_and_lock_are_marked() -> None:
    shown = marks(edition(), seat(0, "am", "A2", "P2"))
    assert (shown.modality, shown.mode, shown.habits) == (Modality.HDF, "HDF", (Habit.WORKSHOP,))
    assert marks(edition(), seat(0, "night", "A1", "P4")).habits == (Habit.NIGHT, Habit.WORK)
    assert marks(edition(), seat(0, "am", "A1", "P1")).habits == (Habit.LOCKED,)
    assert marks(edition(), seat(2, "am", "A1", "P1")).habits == ()


def test_a_session_that_differs_from_last_week_is_marked() -> None:
    before = Plan.of(MONDAY, 1, SEATS[1:])
    source = replace(edition(), changes=changes(before, edition().plan))
    assert marks(source, SEATS[0]).moved
    assert not marks(source, SEATS[1]).moved
