"""`center.toml` as people edit it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from db.files import read_center, write_center
from db.files.toml_lines import locate
from tests.db.files.centers import SMALL, problems_of, sentences


@pytest.fixture
def change(folder: Path) -> Callable[[str, str], int]:
    """Replaces text once in center.toml; gives the line on which it stood."""

    def replace(old: str, new: str) -> int:
        file = folder / "center.toml"
        text = file.read_text("utf-8")
        assert text.count(old) >= 1, text
        file.write_text(text.replace(old, new, 1), "utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace


def test_toml_is_written_with_plain_values(folder: Path) -> None:
    document = tomllib.loads((folder / "center.toml").read_text("utf-8"))
    assert document["center"]["arrive_before_minutes"] == 45
    assert document["center"]["partial_weeks"] is True
    assert document["shifts"][0]["weekdays"] == "Mon-Sat"
    assert document["rules"][0]["rule"] == "nurse_ratio"


def test_a_wrong_value_is_named_with_its_line_and_key(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    line = change('admits = "HBV"', 'admits = "flu"')
    (problem,) = problems_of(folder)
    assert (problem.file, problem.row, problem.column, problem.value) == (
        "center.toml", line, "admits", "flu",
    )  # fmt: skip


def test_a_missing_value_is_named_with_the_line_of_its_part(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    change('code = "B"\n', "")
    (problem, *rest) = problems_of(folder)
    lines = (folder / "center.toml").read_text("utf-8").split("\n")
    assert (lines[(problem.row or 0) - 1], problem.column, rest) == ("[[zones]]", "code", [])


def test_a_misspelt_key_is_named_with_the_nearest_one(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    line = change("turnover_minutes = 30", "turnover_minute = 30")
    missing, unknown = problems_of(folder)
    assert (unknown.row, unknown.column) == (line, "turnover_minute")
    assert str(unknown.expected) == "a known heading, perhaps turnover_minutes"
    assert str(missing.expected) == "a whole number from 0 to 1440"


def test_lists_dates_and_keys_in_chinese_are_understood(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    change('weekdays = "Mon-Sat"', 'weekdays = ["Mon", "周二", 3, 4, 5, 6]')
    change('odd_monday = "2026-01-05"', "odd_monday = 2026-01-05")
    change('start = "07:00"', "start = 07:00:00")
    change('admits = "HBV"', '"收治" = ["乙肝"]')
    assert read_center(folder) == SMALL


def test_broken_toml_is_named_with_its_line(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    line = change('code = "B"', 'code = "B')
    assert sentences(folder) == [
        f'center.toml, line {line}: found “code = "B”, expected legal TOML'
    ]


def test_an_unknown_part_is_named_with_the_nearest_one(folder: Path) -> None:
    with (folder / "center.toml").open("a") as file:
        file.write('[[zone]]\ncode = "C"\n')
    (problem,) = problems_of(folder)
    assert (problem.column, str(problem.expected)) == ("zone", "a known table, perhaps zones")


def test_a_missing_part_is_named(folder: Path) -> None:
    text = (folder / "center.toml").read_text("utf-8")
    (folder / "center.toml").write_text(text[: text.index("# [[shifts]]")], "utf-8")
    assert "center.toml: expected a part headed [[shifts]]" in sentences(folder)


def test_one_table_where_many_are_expected_is_refused(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    line = change("[[rules]]\nrule", "[rules]\nrule")
    (problem,) = problems_of(folder)
    assert (problem.row, str(problem.expected)) == (line, "a part headed [[rules]]")


def test_a_value_of_a_shape_that_no_cell_has_is_refused(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    line = change('phone = "0000-1"', "phone = {number = 1}")
    (problem,) = problems_of(folder)
    assert (problem.row, str(problem.expected)) == (line, "a plain value or a list of them")


def test_more_than_one_center_is_refused(folder: Path) -> None:
    text = (folder / "center.toml").read_text("utf-8")
    (folder / "center.toml").write_text(text.replace("[center]\n", "[[center]]\n"), "utf-8")
    assert "expected a part headed [center]" in sentences(folder)[0]


def test_shifts_that_share_an_hour_are_refused(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    line = change('start = "22:00"', 'start = "11:00"')
    (problem,) = problems_of(folder)
    assert (problem.row, problem.column) == (line, "start")
    assert "which it overlaps on Mon" in str(problem.expected)


def test_a_night_shift_must_end_before_the_next_morning_starts(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    change('end = "06:00"', 'end = "07:30"')
    (problem,) = problems_of(folder)
    assert "which it overlaps on Tue" in str(problem.expected)


def test_the_night_from_sunday_to_monday_counts_too(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    change('weekdays = "Mon,Wed,Fri"', 'weekdays = "Sun"')
    change('end = "06:00"', 'end = "07:30"')
    (problem,) = problems_of(folder)
    assert "which it overlaps on Mon" in str(problem.expected)


def test_a_name_in_neither_language_is_refused(
    folder: Path, change: Callable[[str, str], int]
) -> None:
    change('name_zh = "乙肝区"\n', "")
    (problem,) = problems_of(folder)
    assert str(problem.expected) == "a name in at least one of the two languages"


def test_toml_may_be_large_but_not_without_end(folder: Path) -> None:
    (folder / "center.toml").write_bytes(b"#" * (256 * 1024 + 1))
    assert sentences(folder) == ["center.toml: expected a file of at most 256 kilobytes"]


def test_lines_are_found_around_long_strings_and_lists() -> None:
    text = (
        '[center]\ncode = """\n[[zones]]\nname = 1\n"""\n# x = """\nname = [\n "a = b",\n]\nx = 1'
    )
    parts = locate(text)
    assert list(parts) == ["", "center"]
    assert parts["center"][0].keys == {"code": 2, "name": 7, "x": 10}


@pytest.mark.parametrize("hole", ["[[" * 5000, "x = " + "[" * 5000, "x = 0x" + "f" * 9000, "a.b.c"])
def test_hostile_toml_is_refused_like_any_other(folder: Path, hole: str) -> None:
    (folder / "center.toml").write_text(hole)
    assert problems_of(folder)[0].file == "center.toml"


def test_comments_are_in_the_language_of_the_files(tmp_path: Path) -> None:
    write_center(SMALL, tmp_path / "center", "zh")
    text = (tmp_path / "center" / "center.toml").read_text("utf-8")
    assert "#   turnover_minutes: 透析后消毒、准备的时间，包括在班次之内。" in text


def test_spoiling_any_value_names_exactly_its_line_and_key(folder: Path) -> None:
    file = folder / "center.toml"
    lines = file.read_text("utf-8").split("\n")
    values = [number for number, line in enumerate(lines) if line[:1].isalpha()]
    assert len(values) > 30
    for number in values:
        key = lines[number].split(" = ")[0]
        spoiled = [*lines[:number], f'{key} = "\\u0001"', *lines[number + 1 :]]
        file.write_text("\n".join(spoiled), "utf-8")
        places = [(one.file, one.row, one.column) for one in problems_of(folder)]
        assert places == [("center.toml", number + 1, key)]
