from datetime import time

from domain.center import Shift
from domain.words import Label
from scheduler.rules.fits_shift import FitsShift
from tests.scheduler.worlds import EVERY_DAY, found, people, planned, who, world

RULE = FitsShift()
SHIFTS = (
    Shift("am", Label("morning", ""), time(8), time(12, 30), EVERY_DAY, 30),
    Shift("night", Label("night", ""), time(22, 30), time(6, 30), EVERY_DAY, 45, night=True),
)


def test_four_hours_and_turnover_fill_the_morning_to_the_minute() -> None:
    problem = world(shifts=SHIFTS, **people(who("P1"), who("P2", minutes=241)))
    assert found(RULE, problem, planned(problem, "P1 A1 am Mon", "P2 A2 am Mon")) == [
        "P2, 2026-03-02 morning: session and turnover last until 2026-03-02 12:31:00, "
        "the shift until 2026-03-02 12:30:00"
    ]


def test_a_night_session_is_measured_across_midnight() -> None:
    problem = world(shifts=SHIFTS, **people(who("P1", minutes=435), who("P2", minutes=480)))
    assert found(RULE, problem, planned(problem, "P1 A1 night Mon", "P2 A2 night Mon")) == [
        "P2, 2026-03-02 night: session and turnover last until 2026-03-03 07:15:00, "
        "the shift until 2026-03-03 06:30:00"
    ]
