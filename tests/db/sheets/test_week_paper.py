"""The zone's A3 page."""

from dataclasses import replace

from db.sheets.edition import Edition, Voice
from db.sheets.week import zone_weeks
from db.sheets.week_paper import week_paper
from domain.calendar import WEEK
from domain.center import Machine, Modality, Placement, Station
from tests.db.sheets.pdf_text import pages, sizes
from tests.db.sheets.world import ENGLISH, MONDAY, REGISTER, edition, renamed


def printed(source: Edition, zone: int = 0, voice: Voice = ENGLISH) -> list[str]:
    return pages(week_paper(source, zone_weeks(source, MONDAY)[zone], voice).pdf)


def test_the_page_is_a3_landscape() -> None:
    source = edition()
    made = week_paper(source, zone_weeks(source, MONDAY)[0], ENGLISH)
    assert sizes(made.pdf) == [(420, 297)]


def test_it_shows_names_codes_where_needed_marks_counts_and_imprint() -> None:
    (page,) = printed(edition())
    for part in (
        "General Week from 2026-11-23 Sample center",
        "A1 2F 王芳 P1 L",
        "A2 李强 HDF WS ×",
        "A10 Held Held",
        "Patients 2 0 1 0 1 2 0 1 0 1 1 1 0 0 0",
        "Nurses 2 – – 2 –",
        "Version 3 · Li Min · printed 2026-11-20 15:30",
    ):
        assert part in page


def test_a_zone_shows_nobody_of_another_zone() -> None:
    (general,) = printed(edition())
    (other,) = printed(edition(), zone=1)
    assert "赵敏" not in general
    assert "赵敏 B" in other
    assert "李强" not in other


def test_a_rare_name_is_printed_with_its_code() -> None:
    (page,) = printed(edition(renamed(P2="李𪚥强")))
    assert "李〓强 P2 HDF WS" in page


def test_a_name_too_long_for_its_column_is_whole_on_the_page() -> None:
    name = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    (page,) = printed(edition(renamed(P2=name)))
    assert name in page.replace(" ", "").replace("\ufffe", "").replace("\u200b", "")


def test_a_zone_of_many_stations_goes_on_with_its_headings_repeated() -> None:
    stations = tuple(Station(f"A{number}", "A") for number in range(1, 61))
    register = replace(
        REGISTER,
        stations=(*stations, REGISTER.stations[-1]),
        machines=tuple(
            Machine(one.code, one.code, "X", frozenset({Modality.HD})) for one in stations
        ),
        placements=tuple(Placement(one.code, one.code) for one in stations),
        closures=(),
    )
    found = printed(edition(register))
    assert len(found) == 2
    assert all("Station" in page and "Morning" in page for page in found)
    assert "A60" in found[1]


def test_an_empty_week_is_a_page_of_free_seats() -> None:
    (page,) = printed(edition(seats=()))
    assert "Patients 0 0 0" in page


def test_a_center_without_any_shift_still_prints_its_stations() -> None:
    source = edition(replace(REGISTER, shifts=()), seats=())
    (page,) = pages(week_paper(source, zone_weeks(source, MONDAY)[0], ENGLISH).pdf)
    assert "A10" in page


def test_the_second_week_of_a_plan_has_its_own_page() -> None:
    source = edition(weeks=2)
    week = zone_weeks(source, MONDAY + WEEK)[0]
    assert "Week from 2026-11-30" in pages(week_paper(source, week, ENGLISH).pdf)[0]
