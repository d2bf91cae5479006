"""Results for people and for scripts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import pytest

from clearshift.cli.output import as_json, output
from clearshift.i18n import speaker
from domain.words import Label, Words, words


class Kind(StrEnum):
    ODD = "odd"


@dataclass(frozen=True)
class Row:
    day: date
    at: time
    name: Label
    kinds: frozenset[Kind]
    why: Words | None


def test_values_of_ours_become_plain_json() -> None:
    row = Row(date(2026, 1, 5), time(7, 0), Label("a", "甲"), frozenset({Kind.ODD}), words("text"))
    text = as_json((row, MappingProxyType({"at": Path("out")})), speaker("zh"))
    assert "甲" in text
    assert json.loads(text) == [
        {
            "day": "2026-01-05",
            "at": "07:00:00",
            "name": {"en": "a", "zh": "甲"},
            "kinds": ["odd"],
            "why": "文字",
        },
        {"at": "out"},
    ]


def test_a_value_that_nobody_planned_to_give_out_is_an_error() -> None:
    with pytest.raises(TypeError, match="object has no JSON form"):
        as_json([object()], speaker("en"))


def test_notes_keep_out_of_the_way_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    for as_script in (False, True):
        out = output(speaker("en"), json=as_script)
        out.note(words("text"))
        out.result(1, words("no permission"))
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("text\nno permission\n1\n", "text\n")


def test_a_long_line_is_not_broken_for_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    output(speaker("en"), json=False).result(None, Words("x " * 300))
    assert capsys.readouterr().out == "x " * 300 + "\n"


def test_a_table_has_headings_in_the_language(capsys: pytest.CaptureFixture[str]) -> None:
    out = output(speaker("zh"), json=False)
    out.result(None, out.table([words("text")], [[words("no permission")], [3], ["[b]"]]))
    assert [line.strip() for line in capsys.readouterr().out.splitlines()] == [
        "文字", "没有权限", "3", "[b]",
    ]  # fmt: skip
