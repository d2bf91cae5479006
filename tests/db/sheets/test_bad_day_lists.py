"""The lists of a bad day say what the answer says, on paper and in Excel, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clearshift.i18n import speaker
from db.sheets.bad_day_lists import Listing, bad_day_book, bad_day_paper, listings
from db.sheets.edition import Edition, Imprint, Voice
from domain.bad_day import BadDay, Fewer, Flag, Rank, Shortened, Wait
from domain.calendar import DAY
from domain.changes import changes
from domain.plan import Plan, Run, Status
from tests.db.sheets.pdf_text import pages
from tests.scheduler.worlds import MONDAY, people, planned, who, world

PROBLEM = world(**people(who("P1", phone="138-1"), who("P2"), who("P3")))
KNOWN = planned(PROBLEM, "P1 A1 am Mon", "P2 A2 am Mon", "P3 A1 pm Mon")
PLAN = planned(PROBLEM, "P1 A1 am Tue", "P2 A1 am Mon", "P3 A1 pm Mon")
FRIDAY = MONDAY - 3 * DAY
RUN = Run(Status.OPTIMAL, (), (), 1.0, 1, 1, True, "1")
ANSWER = BadDay(
    plan=PLAN,
    ranks=(
        Rank(1, "P2", Flag.FIRST, FRIDAY, 3, Decimal("4.2")),
        Rank(2, "P1", Flag.USUAL, None, None, None),
        Rank(3, "P3", Flag.CAN_WAIT, FRIDAY, 3, None),
    ),
    waits=(Wait("P2", FRIDAY, MONDAY, 3, 3), Wait("P1", FRIDAY, MONDAY + DAY, 4, 3),
           Wait("P3", FRIDAY, MONDAY, 3, 3)),
    over=1,
    bound=1,
    order_proven=True,
    run=RUN,
    shortened=(Shortened("P2", PLAN.assignments[0].turn, 180, 240),),
    fewer=(Fewer("P1", 1, 3),),
    changes=changes(KNOWN, PLAN),
)  # fmt: skip
EDITION = Edition(PROBLEM, PLAN, Imprint(datetime(2026, 3, 2, 7), 0, "Li"))


def voice(language: str) -> Voice:
    return Voice(language, speaker(language, 2026))


def lists(answer: BadDay = ANSWER, language: str = "en") -> dict[str, Listing]:
    found = listings(EDITION, answer, KNOWN, voice(language))
    return {one.name: one for one in found}


def test_the_order_has_everybody_with_what_is_known_and_says_what_is_not() -> None:
    rows = lists()["order"].rows
    assert rows[0][:3] == (1, "Name P2 P2", "comes first")
    assert rows[0][4:] == (3, 4.2, "Mon 2 Mar morning, A1", 3)
    assert rows[1][3:6] == ("unknown", "unknown", "unknown")
    assert [row[2] for row in rows] == ["comes first", "usual", "can wait"]


def test_who_cannot_be_kept_is_listed_with_phone_days_and_line() -> None:
    assert lists()["beyond"].rows == (
        ("Name P1 P1", "138-1", "Fri 27 Feb", "Tue 3 Mar", 4, 3, "Tue 3 Mar morning, A1"),
    )


def test_short_and_missing_sessions_and_calls_are_lists_of_their_own() -> None:
    found = lists()
    assert found["shorter"].rows == (("Name P2 P2", "Mon 2 Mar morning", 180, 240),)
    assert found["fewer"].rows == (("Name P1 P1", "138-1", 1, 3),)
    assert found["calls"].rows == (
        ("Name P1 P1", "138-1", "Mon 2 Mar morning, A1", "Tue 3 Mar morning, A1"),
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_list_prints_and_an_empty_one_says_so(language: str, tmp_path: Path) -> None:
    empty = replace(
        ANSWER, ranks=(), waits=(), shortened=(), fewer=(), changes=(), plan=KNOWN, over=0
    )
    for answer in (ANSWER, empty):
        for one in lists(answer, language).values():
            text = " ".join(pages(bad_day_paper(EDITION, one, voice(language)).pdf))
            assert text
            if one.rows:
                assert "P1" in text or "P2" in text
    del tmp_path


def test_the_workbook_has_a_sheet_for_each_list_and_numbers_are_numbers() -> None:
    made = bad_day_book(EDITION, lists().values(), voice("en"))
    assert made == bad_day_book(EDITION, lists().values(), voice("en"))
    book = load_workbook(BytesIO(made))
    assert book.sheetnames == [
        "Who comes first", "Longer than the longest gap", "Shorter sessions",
        "Fewer sessions this week", "Whom to call",
    ]  # fmt: skip
    first = [cell.value for cell in book.worksheets[0][2]]
    assert first[0] == 1
    assert first[5] == 4.2
    calm = replace(ANSWER, fewer=())
    sheet = load_workbook(BytesIO(bad_day_book(EDITION, lists(calm).values(), voice("en"))))
    assert sheet.worksheets[3]["A2"].value == "Everybody has every session."


def test_calls_begin_with_whom_it_concerns_first_and_leave_stations_out() -> None:
    after = Plan.of(MONDAY, 1, planned(PROBLEM, "P1 A2 am Mon", "P2 A2 pm Tue", "P3 A1 am Tue")
                    .assignments)  # fmt: skip
    rows = lists(replace(ANSWER, plan=after))["calls"].rows
    assert [row[0] for row in rows] == ["Name P2 P2", "Name P3 P3"]
    assert timedelta(0) == after.first_day - MONDAY
