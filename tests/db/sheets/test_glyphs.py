"""Characters the fonts lack are found, replaced and reported."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from db.sheets.glyphs import FONTS, MissingGlyph, missing, printable

RARE = "𪚥"  # four dragons; in no list of names


@pytest.mark.parametrize(
    "text", ["王芳", "龑 喆 堃 㛃 𬱖 䶮", "Müller, Jörg", "nǚ ér", "12:30–16:00", "▲×〓·"]
)
def test_names_and_punctuation_of_every_day_are_covered(text: str) -> None:
    assert missing(text) == ""


def test_all_of_gb2312_is_covered() -> None:
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    text = b"".join(rows).decode("gb2312", errors="ignore")
    assert len(text) == 6763
    assert missing(text) == ""


def test_every_character_of_the_rare_list_is_in_both_fonts() -> None:
    lines = (FONTS / "rare_names.txt").read_text(encoding="utf-8").splitlines()
    rare = {character for line in lines if not line.startswith("#") for character in line}
    assert len(rare) > 1000
    for weight in ("Regular", "Bold"):
        with TTFont(FONTS / f"NotoSansSC-{weight}.otf", lazy=True) as font:
            assert {ord(character) for character in rare} <= set(font.getBestCmap() or {})


def test_the_license_lies_beside_the_fonts() -> None:
    license_text = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in license_text


def test_the_fonts_are_the_two_that_the_repository_can_carry() -> None:
    files = {file.name: file.stat().st_size for file in Path(FONTS).glob("*.otf")}
    assert set(files) == {"NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"}
    assert max(files.values()) < 2_000_000


def test_a_missing_character_is_named_once_and_replaced_by_a_visible_sign() -> None:
    assert missing(f"王{RARE}{RARE}") == RARE
    assert printable(f"王{RARE}明") == "王〓明"


def test_the_warning_for_a_name_says_whose() -> None:
    said = str(MissingGlyph(RARE, patient="P4").words)
    assert "name of patient P4" in said
    assert RARE in said


def test_the_warning_for_another_text_says_where() -> None:
    assert str(MissingGlyph(RARE, text=f"room {RARE}").words).endswith("printed as 〓")
