"""Day sheets and lists for the desk."""

from dataclasses import replace
from datetime import timedelta

from db.sheets.day_sheets import day_sheets
from db.sheets.lists import change_list, unplaced_list
from domain.changes import changes
from domain.plan import Plan
from domain.words import words
from tests.db.sheets.pdf_text import pages, sizes
from tests.db.sheets.world import ENGLISH, MONDAY, REGISTER, SEATS, edition, renamed, seat


def test_each_turn_of_the_day_has_its_page() -> None:
    made = day_sheets(edition(), MONDAY, ENGLISH)
    assert sizes(made.pdf) == [(297, 210)] * 3
    assert [
        shift in page
        for shift, page in zip(("Morning", "Afternoon", "Night"), pages(made.pdf), strict=True)
    ] == [True] * 3


def test_a_row_says_station_name_code_mode_minutes_access_and_infection() -> None:
    page = pages(day_sheets(edition(), MONDAY, ENGLISH).pdf)[0]
    for part in (
        "A2 李强 P2 HDF 240 AVF",
        "B1 赵敏 P5 HD 240 AVF B",
        "A10 Held",
        "patients: 2, nurses: 2",
        "patients: 1",
        "Weight before",
        "Signed",
    ):
        assert part in page


def test_who_comes_otherwise_than_last_week_is_noted() -> None:
    before = Plan.of(MONDAY, 1, (seat(0, "am", "A10", "P1"), seat(1, "pm", "A2", "P2"), *SEATS[2:]))
    source = replace(edition(), changes=changes(before, edition().plan))
    page = pages(day_sheets(source, MONDAY, ENGLISH).pdf)[0]
    assert "▲ last week on A10" in page
    assert "▲ last week Tue Morning" not in page
    assert "▲ last week Tue Afternoon" in page


def test_a_day_with_one_turn_has_one_page() -> None:
    saturday = MONDAY + timedelta(days=5)
    shifts = tuple(replace(one, weekdays=frozenset({6})) for one in REGISTER.shifts[:1])
    source = edition(replace(REGISTER, shifts=shifts, staffing=()), seats=())
    assert len(pages(day_sheets(source, saturday, ENGLISH).pdf)) == 1


def test_the_change_list_says_who_moves_from_where_to_where() -> None:
    before = Plan.of(MONDAY, 1, (seat(0, "pm", "A10", "P1"), seat(5, "am", "A1", "P2"), *SEATS[1:]))
    source = replace(edition(), changes=changes(before, edition().plan))
    (page,) = pages(change_list(source, ENGLISH).pdf)
    assert "王芳 P1 moved Mon Afternoon, A10 Mon Morning, A1" in page
    assert "李强 P2 canceled Sat Morning, A1 –" in page


def test_without_changes_the_list_says_so() -> None:
    assert "Nothing differs from last week." in pages(change_list(edition(), ENGLISH).pdf)[0]


def test_the_unplaced_are_listed_with_every_reason_and_phone() -> None:
    patients = tuple(replace(one, phone="1390000") for one in renamed(P1="王𪚥").patients)
    source = replace(
        edition(replace(REGISTER, patients=patients)),
        unplaced=(("P2", words("full")), ("P1", words("no night")), ("P2", words("no HDF"))),
    )
    (page,) = pages(unplaced_list(source, ENGLISH).pdf)
    assert "王〓 P1 1390000 no night 李强 P2 1390000 full no HDF" in page


def test_when_all_are_placed_the_list_says_so() -> None:
    assert "Everybody has every session." in pages(unplaced_list(edition(), ENGLISH).pdf)[0]
