"""Data becomes pages as text and nothing else, and no character vanishes."""

from collections.abc import Mapping

from db.sheets.glyphs import MissingGlyph
from db.sheets.paper import Data, Paper, paper
from tests.db.sheets.pdf_text import fonts, pages, sizes
from tests.db.sheets.world import ENGLISH


def listed(text: str) -> Paper:
    data: Mapping[str, Data] = {
        "title": "Title",
        "subtitle": "",
        "note": "",
        "center": "",
        "imprint": "",
        "none": "nothing",
        "heads": ["A", "B", "C"],
        "widths": [1, 1, 1],
        "rows": [[["P1", ""], [text]]],
    }
    return paper("list", ENGLISH, data)


def test_markup_in_the_data_is_printed_and_not_obeyed() -> None:
    text = '#read("/etc/passwd") *bold* $x$ \\ @ref <label> // no comment'
    assert text in pages(listed(text).pdf)[0]


def test_a_missing_character_is_replaced_and_reported_with_its_text() -> None:
    made = listed("room 𪚥 7")
    assert "room 〓 7" in pages(made.pdf)[0]
    assert made.missing == (MissingGlyph("𪚥", text="room 𪚥 7"),)


def test_the_same_data_give_the_same_bytes() -> None:
    assert listed("王芳").pdf == listed("王芳").pdf


def test_the_page_is_a4_and_only_the_committed_fonts_are_in_it() -> None:
    made = listed("王芳")
    assert sizes(made.pdf) == [(210, 297)]
    assert fonts(made.pdf) == {"NotoSansCJKsc-Regular", "NotoSansCJKsc-Bold"}
