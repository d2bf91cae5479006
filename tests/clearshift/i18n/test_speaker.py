"""Words said in both languages."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from clearshift.i18n import both, speaker
from domain.words import Label, Words, words

english, chinese = speaker("en"), speaker("zh")
DAY = date(2026, 1, 5)


def test_a_sentence_is_said_in_the_language_of_the_speaker() -> None:
    known = words("There is no command {name}. See {command} --help.", name="plna", command="x")
    assert english(known) == "There is no command plna. See x --help."
    assert chinese(known) == "没有命令 plna。请看 x --help。"


def test_a_sentence_that_the_catalog_lacks_is_said_in_english() -> None:
    assert chinese(Words("Nobody has translated {this}", (("this", 3),))) == (
        "Nobody has translated 3"
    )


def test_a_date_has_its_year_unless_that_goes_without_saying() -> None:
    day = Words("{day}", (("day", DAY),))
    assert english(day) == "Mon 5 Jan 2026"
    assert chinese(day) == "2026年1月5日 周一"
    assert speaker("en", year=2026)(day) == "Mon 5 Jan"
    assert speaker("zh", year=2026)(day) == "1月5日 周一"
    assert speaker("zh", year=2025)(day) == "2026年1月5日 周一"


def test_times_are_on_the_clock_of_a_ward() -> None:
    gaps = (("t", time(7, 5)), ("d", datetime(2026, 1, 5, 23, 30)))
    assert english(Words("{t} {d}", gaps)) == "07:05 Mon 5 Jan 2026 23:30"
    assert chinese(Words("{t} {d}", gaps)) == "07:05 2026年1月5日 周一 23:30"


def test_numbers_are_written_plainly() -> None:
    assert english(Words("{n} {x}", (("n", 12345), ("x", 0.12345)))) == "12345 0.123"


@pytest.mark.parametrize(
    ("label", "en", "zh"),
    [
        (Label("Early", "早班"), "Early", "早班"),
        (Label("Early", ""), "Early", "Early"),
        (Label("", "早班"), "早班", "早班"),
    ],
)
def test_a_label_falls_back_to_the_other_language(label: Label, en: str, zh: str) -> None:
    said = Words("{label}", (("label", label),))
    assert (english(said), chinese(said)) == (en, zh)


def test_several_things_are_joined_by_the_comma_of_the_language() -> None:
    listed = Words("{all}", (("all", ("P1", Label("b", "乙"), DAY)),))
    assert english(listed) == "P1, b, Mon 5 Jan 2026"
    assert chinese(listed) == "P1、乙、2026年1月5日 周一"


def test_words_inside_words_are_said_in_the_same_language() -> None:
    inner = words("a whole number")
    outer = words("{file}: {key} is {value}; expected {expected}", file="f", key="k", value="v",
                  expected=inner)  # fmt: skip
    assert chinese(outer) == "f：k 的值为 v，应为整数"


def test_a_gap_that_looks_like_a_gap_is_left_as_it_is() -> None:
    assert english(words("{file}: {reason}", file="{reason}", reason="x")) == "{reason}: x"


def test_a_paper_for_both_says_a_thing_twice_only_if_it_differs() -> None:
    assert both(words("text")) == "text / 文字"
    assert both(Words("P007")) == "P007"


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'fr'"):
        speaker("fr")
