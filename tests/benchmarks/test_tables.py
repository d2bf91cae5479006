import pytest

from benchmarks.__main__ import sections
from benchmarks.families import FAMILIES
from benchmarks.figures import seconds
from benchmarks.tables import PAGE, goal, renewed, table

PAGE_TEXT = (
    "a\n<!-- begin one -->\nold\n<!-- end one -->\nb\n<!-- begin two -->\n<!-- end two -->\n"
)


def test_a_section_is_replaced_and_the_rest_of_the_page_stays() -> None:
    assert renewed(PAGE_TEXT, {"two": "| x |\n"}) == PAGE_TEXT.replace(
        "<!-- begin two -->\n", "<!-- begin two -->\n\n| x |\n\n"
    )


def test_making_the_tables_twice_changes_nothing() -> None:
    once = renewed(PAGE_TEXT, {"one": "| x |\n"})
    assert renewed(once, {"one": "| x |\n"}) == once


def test_a_section_without_a_place_on_the_page_is_refused() -> None:
    with pytest.raises(ValueError, match="no markers for three"):
        renewed(PAGE_TEXT, {"three": ""})


def test_a_table_has_names_on_the_left_and_figures_on_the_right() -> None:
    assert table(("Who", "time"), [("ours", "1 s")]) == (
        "| Who | time |\n| --- | ---: |\n| ours | 1 s |\n"
    )


def test_a_missed_goal_is_shown_as_missed() -> None:
    assert goal("2.00 s", 1.5, 2.0, seconds) == "2.00 s (**above** 1.50 s)"
    assert goal("1.50 s", 1.5, 1.5, seconds) == "1.50 s (within 1.50 s)"


def test_the_page_shows_what_the_stored_results_say() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert renewed(page, sections()) == page


def test_every_family_has_a_place_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert renewed(page, dict.fromkeys(FAMILIES, "")) != ""
