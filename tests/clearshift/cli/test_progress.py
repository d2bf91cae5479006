"""How the search is shown."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from clearshift.cli.output import Output, output
from clearshift.cli.progress import board
from clearshift.i18n import speaker
from scheduler.planner import Progress
from scheduler.progress_words import log_line
from scheduler.tier_names import tier_names
from tests.scheduler.worlds import world

NAMES = tier_names(world())
ROUGH = Progress(0.4, "timetable", (0, 1, 2), (0, 2009, 51), (0, 1, 19), rough=True)
SETTLED = Progress(1.0, "timetable", (1, 2), (0, 201), (0, 150))
PROVEN = Progress(1.2, "timetable", (1, 2), (0, 190), (0, 190))
SEATS = Progress(2.0, "seating", (3,), (40,), (10,))


def on_terminal(width: int) -> tuple[Output, io.StringIO]:
    """An output to a terminal that is remembered."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=width, color_system=None)
    return Output(speaker("en"), False, console, console), screen


def last_picture(screen: io.StringIO, stage: str) -> list[str]:
    """What was drawn last of a stage, without cursor movements."""
    text = re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", screen.getvalue())
    return [line.rstrip() for line in text[text.rindex(stage) :].rstrip().splitlines()]


def test_a_tier_is_called_by_its_first_rule() -> None:
    assert {tier: str(name) for tier, name in NAMES.items()} == {
        0: "Promises kept",
        1: "Everybody has a place",
        2: "Moves against last week and 11 more",
        3: "Own station, Same station all week",
    }


def test_without_a_terminal_a_line_is_said_when_something_else_begins(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with board(output(speaker("en"), json=False), NAMES, None) as shown:
        for progress in (ROUGH, SETTLED, PROVEN, SEATS):
            shown.show(progress)
            shown.tick(progress.seconds)
        shown.stopping()
    assert capsys.readouterr().out.splitlines() == [
        "  0.4 s  Looking for a good start: All rules weighed together: about 100.0 % to go",
        "  1.0 s  Settling days and shifts: Everybody has a place: 0 (proven), "
        "Moves against last week and 11 more: 201 (at least 150, gap 25.4 %)",
        "  2.0 s  Placing stations: Own station, Same station all week: 40 "
        "(at least 10, gap 75.0 %)",
        "Stopping with the best plan so far; Ctrl-C once more leaves without it.",
    ]


def test_a_stage_that_lasts_is_told_of_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    with board(output(speaker("en"), json=False), NAMES, None) as shown:
        for seconds in (1.0, 3.0, 6.5, 7.0):
            shown.show(Progress(seconds, "timetable", (2,), (100,), (int(10 * seconds),)))
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["1.0", "6.5"]


def test_on_a_terminal_what_is_settled_stays_above_what_is_open() -> None:
    out, screen = on_terminal(80)
    with board(out, NAMES, None) as shown:
        for progress in (ROUGH, SETTLED, PROVEN, SEATS):
            shown.show(progress)
        shown.tick(2.5)
        shown.stopping()
        shown.tick(2.6)
    assert last_picture(screen, "Placing stations") == [
        "Placing stations · 2.6 s",
        "  Everybody has a place                  0  proven",
        "  Moves against last week and 11 more  190  proven",
        "  Own station, Same station all week    40  at least 10, gap 75.0 %",
        "  Stopping with the best plan so far; Ctrl-C once more leaves without it.",
    ]
    assert screen.getvalue().endswith("\x1b[2K"), "the block is wiped away in the end"


def test_whoever_leaves_is_told_that_nothing_is_stored(capsys: pytest.CaptureFixture[str]) -> None:
    with board(output(speaker("zh"), json=True), NAMES, None) as shown:
        shown.leave()
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_log_has_every_figure_at_once_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "log"
    with board(output(speaker("en"), json=True), NAMES, file) as shown:
        shown.show(ROUGH)
        first = file.read_text(encoding="utf-8")
        assert first.endswith(
            " 0.400 s start tier 0: 0 >= 0; tier 1: 2009 >= 1; tier 2: 51 >= 19;\n"
        )
        shown.show(SEATS)
    assert shown.log == file.read_text(encoding="utf-8")
    assert shown.log.startswith(first)


def test_a_line_of_the_log_begins_with_the_moment() -> None:
    now = datetime(2026, 3, 2, 7, 10, tzinfo=UTC)
    assert log_line(SEATS, now) == (
        "2026-03-02T07:10:00.000+00:00 2.000 s seating tier 3: 40 >= 10;\n"
    )
