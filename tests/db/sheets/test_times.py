"""One time on every paper: slip, calendar, day sheet and nurse sheet go by the choreography."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from icalendar import Calendar

from db.sheets.calendar_file import calendar_file
from db.sheets.day_sheets import day_sheets
from db.sheets.edition import Edition
from db.sheets.nurse_sheets import nurse_sheets
from db.sheets.slips import slips
from domain.choreography import Choreography, Cue
from tests.db.sheets.pdf_text import pages
from tests.db.sheets.world import ENGLISH, MONDAY, edition, seat

SEATS = (
    seat(0, "am", "A1", "P1"), seat(0, "am", "A2", "P2"), seat(0, "am", "A10", "P3"),
)  # fmt: skip
CUES = (Cue(MONDAY, "am", "P1", 25, 2), Cue(MONDAY, "am", "P2", 10, 1))


def timed(*cues: Cue) -> Edition:
    source = edition(seats=SEATS)
    return replace(source, problem=replace(source.problem, choreography=Choreography.of(cues)))


def test_the_slip_says_to_come_half_an_hour_before_being_connected() -> None:
    first, second, third = pages(slips(timed(*CUES), {"en": ENGLISH}, ENGLISH).pdf)
    assert "06:55 done about 11:45" in first
    assert "06:40 done about 11:30" in second
    assert "06:30 done about 11:20" in third


def test_the_calendar_says_the_same() -> None:
    data = calendar_file(timed(*CUES), "P1", ENGLISH)
    assert data is not None
    (event,) = Calendar.from_ical(data).events
    start = event.start
    assert isinstance(start, datetime)
    assert start.replace(tzinfo=None) == datetime(2026, 11, 23, 6, 55)


def test_the_day_sheet_says_from_when_to_when() -> None:
    page = pages(day_sheets(timed(*CUES), MONDAY, ENGLISH).pdf)[0]
    assert "Planned time" in page
    assert "A1 王芳 P1 HD 240 AVF 07:25–11:25" in page
    assert "A2 李强 P2 HDF 240 AVF 07:10–11:10" in page
    assert "07:00–11:00" in page


def test_each_nurse_gets_the_patients_that_the_choreography_gives() -> None:
    page = pages(nurse_sheets(timed(*CUES, Cue(MONDAY, "am", "P3", 0, 2)), MONDAY, ENGLISH).pdf)[0]
    one, two = page.index("nurse 1:"), page.index("nurse 2:")
    places = {code: page.index(code) for code in ("P1 ", "P2 ", "P3 ")}
    assert one < places["P2 "] < two < places["P1 "] < places["P3 "]


def test_without_a_choreography_neighbors_share_a_nurse() -> None:
    page = pages(nurse_sheets(timed(), MONDAY, ENGLISH).pdf)[0]
    assert page.index("P1 ") < page.index("nurse 2:") < page.index("P2 ") < page.index("P3 ")
