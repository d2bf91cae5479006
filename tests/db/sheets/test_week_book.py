"""The weekly workbook as a nurse sees and prints it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.sheets.edition import Edition, Voice
from db.sheets.titles import sheet_title
from db.sheets.week_book import week_book
from domain.words import Words
from tests.db.sheets.world import ENGLISH, MONDAY, edition, renamed


def book(source: Edition | None = None, voice: Voice = ENGLISH) -> Workbook:
    return load_workbook(BytesIO(week_book(source or edition(), MONDAY, voice)))


def sheet(workbook: Workbook, title: str) -> Worksheet:
    page = workbook[title]
    assert isinstance(page, Worksheet)
    return page


def column(page: Worksheet, letter: str, first: int, last: int) -> list[object]:
    return [page[f"{letter}{row}"].value for row in range(first, last + 1)]


def test_there_is_an_overview_a_sheet_for_each_zone_and_two_hidden_ones() -> None:
    workbook = book()
    assert [(one.title, one.sheet_state) for one in workbook.worksheets] == [
        ("Overview", "visible"),
        ("General", "visible"),
        ("Zone two", "visible"),
        ("_names", "veryHidden"),
        ("_key", "veryHidden"),
    ]


def test_a_cell_says_name_code_and_marks() -> None:
    page = sheet(book(), "General")
    assert column(page, "C", 4, 8) == [
        "2026-11-23",
        "Morning\n07:00–11:30",
        "王芳\nP1 L",
        "李强\nHDF WS",
        "Held",
    ]
    assert sheet(book(), "Zone two")["C6"].value == "赵敏\nB"


def test_infection_is_a_color_too() -> None:
    fill = sheet(book(), "Zone two")["C6"].fill.start_color.rgb
    assert fill == "FFFBE6BD"


def test_counts_follow_the_seats_and_unknown_nurses_are_a_dash() -> None:
    page = sheet(book(), "General")
    formula = '=COUNTIF(C6:C8,"?*")-COUNTIF(C6:C8,"Held")-COUNTIF(C6:C8,"×")'
    assert column(page, "C", 9, 11) == [formula, "3", "2"]
    assert page["D11"].value == "–"


def test_a_name_that_looks_like_a_formula_stays_text() -> None:
    page = sheet(book(), "General")
    found = [cell for row in page.iter_rows() for cell in row if str(cell.value) == "=SUM(A1)"]
    assert [(cell.data_type, cell.number_format) for cell in found] == [("s", "@")]


def test_the_sheet_prints_on_a3_landscape_with_repeated_headings() -> None:
    page = sheet(book(), "General")
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (8, "landscape")
    assert page.page_setup.fitToWidth in (1, None)  # one page wide unless the file says more
    assert page.page_setup.fitToHeight == 0
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.print_title_rows, page.print_title_cols) == ("$2:$5", "$B:$B")
    assert page.freeze_panes == "C6"


def test_only_seats_can_be_typed_into_and_no_password_is_needed_to_change_that() -> None:
    page = sheet(book(), "General")
    assert page.protection.sheet
    assert page.protection.password is None
    assert [page[cell].protection.locked for cell in ("B6", "C5", "C6", "C9")] == [
        True,
        True,
        False,
        True,
    ]


def test_the_names_to_choose_from_are_those_of_this_week() -> None:
    names = [cell.value for cell in sheet(book(), "_names")["B"]]
    assert names == ["王芳 P1", "李强", "王芳 P3", "Anna O'Brien", "赵敏", "=SUM(A1)"]


def test_the_overview_counts_every_zone_and_all() -> None:
    page = sheet(book(), "Overview")
    assert column(page, "B", 6, 12)[::3] == ["General", "Zone two", "All patients"]
    assert page["D6"].value == "='General'!C9"
    assert page["D12"].value == "=D6+D9"


def test_chinese_sheets_use_the_names_that_the_center_gave_in_chinese() -> None:
    workbook = book(voice=Voice("zh", lambda words: f"“{words}”"))
    assert workbook.worksheets[1].title == "普通区"
    assert sheet(workbook, "普通区")["C5"].value == "早班\n07:00–11:30"


def test_a_rare_character_stays_in_the_workbook_with_the_code_beside_it() -> None:
    page = sheet(book(edition(renamed(P2="李𪚥"))), "General")
    assert page["C7"].value == "李𪚥\nP2 HDF WS"


def test_a_long_name_makes_its_row_higher() -> None:
    page = sheet(book(edition(renamed(P2="Konstantinos Papadopoulos Zhang"))), "General")
    heights = [page.row_dimensions[row].height for row in (6, 7)]
    assert heights[0] is not None
    assert heights[1] is not None
    assert heights[1] > 1.4 * heights[0]


@pytest.mark.filterwarnings("ignore:String length")
def test_a_text_longer_than_a_cell_holds_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(ValueError, match="too long for Excel"):
        book(edition(renamed(P2="x" * 40_000)))


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert week_book(edition(), MONDAY, ENGLISH) == week_book(edition(), MONDAY, ENGLISH)


def test_a_week_without_sessions_is_a_workbook_of_free_seats() -> None:
    page = sheet(book(edition(seats=())), "General")
    assert column(page, "C", 6, 8) == [None, None, "Held"]


def test_titles_are_what_excel_accepts_and_each_once() -> None:
    taken = {"_key"}
    titles = [sheet_title(name, taken) for name in ("A/B: [1]", "a b 1", "_KEY", "'x'", "?" * 9)]
    assert titles == ["A B 1", "a b 1 2", "_KEY 2", "x", "-"]
    assert len(sheet_title("n" * 40, taken)) == len(sheet_title("n" * 40, taken)) == 31


def test_every_visible_word_goes_through_the_voice() -> None:
    said: list[Words] = []

    def say(words: Words) -> str:
        said.append(words)
        return f"<{words}>"

    page = sheet(book(voice=Voice("en", say)), "General")
    assert page["B4"].value == "<Station>"
    assert str(page["B9"].value) == "<Patients>"
    assert "changed since last week" in {words.text for words in said}
