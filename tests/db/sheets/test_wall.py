"""The workshop's wall says busy or free, and nothing about anybody's health."""

from dataclasses import replace
from datetime import time

from db.sheets.wall import Busy, busy, wall, workers
from domain.patient import WorkShift
from domain.words import Label
from tests.db.sheets.pdf_text import pages, sizes
from tests.db.sheets.world import ENGLISH, MONDAY, REGISTER, WORKDAYS, edition, seat


def test_only_who_works_in_the_workshop_is_on_the_wall() -> None:
    assert workers(edition(), MONDAY) == ("P2",)


def test_busy_lasts_from_leaving_work_until_recovered() -> None:
    # here 06:30-11:20, 25 minutes to the workshop, needle out 11:00 and two hours of rest
    days = busy(edition(), "P2", MONDAY)
    assert days[0] == (Busy(6 * 60 + 5, 13 * 60),)
    assert days[1] == ()


def test_without_need_to_recover_the_way_back_counts() -> None:
    patients = tuple(replace(one, recovery_minutes=0) for one in REGISTER.patients)
    days = busy(edition(replace(REGISTER, patients=patients)), "P2", MONDAY)
    assert days[0] == (Busy(6 * 60 + 5, 11 * 60 + 45),)


def test_a_night_is_cut_at_midnight_and_reaches_into_the_next_day() -> None:
    days = busy(edition(seats=(seat(0, "night", "A1", "P2"),)), "P2", MONDAY)
    assert days[0] == (Busy(21 * 60 + 5, 1440),)
    assert days[1] == (Busy(0, 4 * 60),)


def test_two_sessions_that_touch_are_one_bar() -> None:
    rows = (seat(0, "am", "A1", "P2"), seat(0, "pm", "A1", "P2"))
    assert busy(edition(seats=rows), "P2", MONDAY)[0] == (Busy(6 * 60 + 5, 18 * 60),)


def test_the_page_names_workers_and_hours_but_no_health_and_no_center() -> None:
    zones = tuple(replace(one, name=Label("Hepatitis B", "")) for one in REGISTER.zones)
    works = (
        *REGISTER.work_shifts,
        WorkShift("P5", WORKDAYS, time(6), time(20), workshop=True),
    )
    made = wall(edition(replace(REGISTER, zones=zones, work_shifts=works)), MONDAY, ENGLISH)
    (page,) = pages(made.pdf)
    assert sizes(made.pdf) == [(420, 297)]
    assert "李强" in page
    assert "赵敏" in page
    assert "06:30–13:00" in page
    for word in ("Hepatitis", "HBV", "HDF", "dialysis", "center", "A2", "B1", "Morning"):
        assert word not in page


def test_all_bars_have_the_same_color() -> None:
    infected = edition(seats=(seat(0, "am", "B1", "P5"), seat(0, "am", "A1", "P2")))
    healthy = edition(seats=(seat(0, "am", "A2", "P5"), seat(0, "am", "A1", "P2")))
    assert wall(infected, MONDAY, ENGLISH).pdf == wall(healthy, MONDAY, ENGLISH).pdf
