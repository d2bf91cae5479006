"""`clearshift monitor`: the live table, and what it must never show."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.live import Live

from clearshift.cli import monitor
from clearshift.cli.board_cells import COLUMNS, age
from clearshift.cli.board_page import board_page
from clearshift.i18n import speaker
from dashboard.machine_words import SAFETY
from dashboard.watching import Seen
from domain.alarm import Direction, Priority
from domain.alarm_life import AlarmLife, raised
from domain.alarm_response import handed_over, seen
from domain.board import Watched, board
from domain.fleet import onsets, patterns
from domain.telemetry import (
    Generation,
    Key,
    LinkState,
    LinkStatus,
    Origin,
    Phase,
    Sample,
    Validity,
)
from tests.clearshift.cli import telemetry
from tests.clearshift.cli.calling import Ask
from tests.clearshift.cli.telemetry import spoke
from tests.domain.alarms import BOOT_A, edge, told

NOW = datetime(2026, 3, 2, 1, 15, tzinfo=UTC)
NOTICE = "Information only. Not an alarm system. Watch and answer the machine itself."


def watched(machine: str, seconds: float, *alarms: AlarmLife, **quality: Validity) -> Watched:
    origin = Origin("gw", "jsdt3", Generation.REAL, NOW)
    sample = Sample(
        Key(machine, BOOT_A, 1), origin, None, Phase.TREATMENT, False, telemetry.VALUES, quality
    )
    link = LinkState(machine, "gw", BOOT_A, LinkStatus.ONLINE, NOW, NOW)
    return Watched(machine, 5, sample, NOW - timedelta(seconds=seconds), (link,), alarms)


def picture(
    *rows: Watched,
    width: int = 80,
    lang: str = "en",
    silence: float | None = 0.5,
    behind: bool = False,
    height: int | None = None,
) -> list[str]:
    """What a terminal of that width shows, line by line."""
    lives = [life for row in rows for life in row.alarms]
    shown = Seen(
        NOW, ZoneInfo("Asia/Shanghai"), board(rows, NOW), patterns(onsets(lives)),
        None if silence is None else timedelta(seconds=silence), behind,
    )  # fmt: skip
    screen = io.StringIO()
    console = Console(file=screen, width=width, color_system=None)
    for part in board_page(shown, speaker(lang, 2026), width, height):
        console.print(part)
    return [line.rstrip() for line in screen.getvalue().splitlines()]


def alarm(machine: str, code: str = "venous_pressure", minutes: float = 2.5) -> AlarmLife:
    life = raised(machine, 1, edge(code=code), told(1), Generation.REAL)
    began = NOW - timedelta(minutes=minutes)
    return replace(life, began=began, direction=Direction.LOW)


def test_every_picture_says_in_both_languages_that_it_is_no_alarm_system() -> None:
    for lang in ("en", "zh"):
        assert picture(lang=lang)[0] == NOTICE
        assert picture(watched("HD-1", 1), lang=lang)[:2] == [NOTICE, speaker("zh")(SAFETY)]


def test_a_machine_is_one_line_of_eighty_columns() -> None:
    lines = picture(watched("HD-1", 2, arterial_pressure_mmhg=Validity.NOT_AVAILABLE))
    assert lines[2] == "1 machines, Mon 2 Mar 09:15"
    assert lines[4].split() == [
        "machine", "place", "data", "phase", "left", "art", "ven", "TMP", "UF", "mL", "cond",
        "temp", "age", "link",
    ]  # fmt: skip
    assert lines[5].split() == [
        "HD-1", "--", "real", "treatment", "145", "--", "128", "--", "1030/3000", "14.02", "36.5",
        "0:02", "online",
    ]  # fmt: skip


def test_a_stale_value_is_struck_through_and_has_its_age() -> None:
    line = picture(watched("HD-1", 75))[5].split()
    assert line == [
        "HD-1", "~treatment~", "~145~", "--", "~128~", "--", "~1030/3000~", "~14.02~", "~36.5~",
        "1:15", "online",
    ]  # fmt: skip


def test_a_stale_number_is_struck_through_on_a_screen() -> None:
    shown = Seen(NOW, UTC, board([watched("HD-1", 75)], NOW), (), timedelta(), behind=False)
    screen = io.StringIO()
    console = Console(file=screen, width=80, force_terminal=True, color_system="standard")
    for part in board_page(shown, speaker("en", 2026), 80):
        console.print(part)
    assert "\x1b[2;9m~128~" in screen.getvalue()


def test_a_doubtful_value_has_a_question_mark() -> None:
    shown = picture(watched("HD-1", 1, venous_pressure_mmhg=Validity.QUESTIONABLE))
    assert "128?" in shown[5]


def test_on_a_low_terminal_the_worst_machines_are_shown_and_the_others_counted() -> None:
    rows = [watched(f"HD-{number}", 1) for number in range(1, 9)]
    rows[6] = watched("HD-7", 1, alarm("HD-7"))
    whole = picture(*rows)
    low = picture(*rows, height=13)
    assert len(low) == 13
    assert low[:10] == [*whole[:9], "5 machines more below, less pressing"]
    assert low[5].startswith("HD-7 ")
    assert picture(*rows, height=len(whole) + 1) == whole
    assert picture(*rows, height=1)[7] == "7 machines more below, less pressing"


def test_no_line_is_wider_than_the_terminal() -> None:
    rows = [watched("HD-0001", 75, alarm("HD-0001")), watched("HD-0002", 1)]
    for lang in ("en", "zh"):
        for width in (60, 80, 100, 140):
            lines = picture(*rows, width=width, lang=lang)[4:-2]
            assert max(map(cell_len, lines)) <= width


def test_a_wide_terminal_shows_every_column() -> None:
    lines = picture(watched("HD-1", 1), width=160)
    say = speaker("en")
    assert lines[4].split() == " ".join(say(column.title) for column in COLUMNS).split()


def test_alarms_stand_below_their_machine_with_age_and_who_has_seen_them() -> None:
    lines = picture(
        watched("HD-1", 1, alarm("HD-1")),
        watched("HD-2", 1, seen(alarm("HD-2"), "Li", NOW)),
        watched("HD-3", 1, handed_over(alarm("HD-3"), "Li", NOW, "Wu")),
    )
    assert lines[6] == "  !!! venous pressure low: active, 2:30, seen by nobody"
    assert lines[8] == "  !!! venous pressure low: active, 2:30, seen by Li"
    assert lines[10] == "  !!! venous pressure low: active, 2:30, in hand of Wu"


def test_a_silent_ingest_is_told_above_everything() -> None:
    assert picture(watched("HD-1", 1), silence=42)[3] == (
        "Nothing on this board is live: ingest has been silent for 0:42."
    )
    assert picture(silence=None)[3] == "Nothing is being stored: ingest has never run."
    assert picture(behind=True)[3].startswith("Alarms are not complete")


def test_a_common_cause_is_told_with_machines_and_moment() -> None:
    rows = [watched(f"HD-{n}", 1, alarm(f"HD-{n}", "dialysate_flow")) for n in (1, 2, 3)]
    assert "HD-1, HD-2, HD-3. Suspect the water loop" in " ".join(picture(*rows, width=160))


def test_several_gateways_on_one_machine_are_told() -> None:
    one = watched("HD-1", 1)
    other = LinkState("HD-1", "gw2", BOOT_A, LinkStatus.ONLINE, NOW, NOW)
    twice = Watched("HD-1", 5, one.sample, one.at, (*one.links, other))
    assert picture(twice)[6] == "  several gateways claim this machine: gw, gw2"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(7.9, "0:07"), (750, "12:30"), (11_100, "3:05 h"), (200_000, "2 d")],
)
def test_an_age_is_short(seconds: float, text: str) -> None:
    assert age(timedelta(seconds=seconds)) == text


# --- with databases -----------------------------------------------------------------------------


@pytest.mark.usefixtures("folder")
def test_without_telemetry_the_first_step_is_told(ask: Ask) -> None:
    assert "has no tables yet; clearshift ingest makes them" in ask("monitor", code=2).err


@pytest.mark.usefixtures("folder")
def test_machines_that_spoke_are_shown_without_a_centers_database(ask: Ask) -> None:
    spoke([telemetry.sample("HD-1", 1, 1.0), telemetry.alarm("HD-1", 2, 0.5)])
    lines = ask("monitor", "--once").lines
    assert lines[0] == NOTICE
    assert lines[5].startswith("HD-1*")
    assert lines[6].startswith("  !!! venous pressure high: active, 0:0")


@pytest.mark.usefixtures("planned")
def test_registered_machines_are_shown_and_those_that_are_silent_as_missing(ask: Ask) -> None:
    spoke([telemetry.sample("M01", 1, 1.0)])
    data = ask("monitor", "--json").data
    (speaks,) = [row for row in data["machines"] if row["machine"] == "M01"]
    assert (speaks["fresh"], speaks["generation"]) == (True, "Test")
    assert speaks["readings"]["venous_pressure_mmhg"] == {"value": 128.0, "shown": "live"}
    silent = [row for row in data["machines"] if row["machine"] != "M01"]
    assert silent
    assert {row["readings"]["tmp_mmhg"]["shown"] for row in silent} == {"missing"}
    assert (data["notice"], data["live"]) == (NOTICE, True)


@pytest.mark.usefixtures("planned")
def test_a_machine_that_spoke_an_hour_ago_is_stale(ask: Ask) -> None:
    spoke([telemetry.sample("M01", 1, 1.0)])
    spoke([telemetry.sample("M02", 1, 3600.0)], beat=None)
    rows = {row["machine"]: row for row in ask("monitor", "--json").data["machines"]}
    assert rows["M01"]["fresh"]
    assert (rows["M02"]["fresh"], rows["M02"]["age"] > 3599) == (False, True)


@pytest.mark.usefixtures("planned")
def test_alarms_are_the_same_before_and_after_somebody_has_followed(ask: Ask) -> None:
    spoke([telemetry.sample("M01", 1, 1.0), telemetry.alarm("M01", 2, 0.5)])

    def shown() -> object:
        (row,) = [r for r in ask("monitor", "--json").data["machines"] if r["machine"] == "M01"]
        return [(a["number"], a["code"], a["state"], a["times"]) for a in row["alarms"]]

    before = shown()
    assert before == [(1, "venous_pressure", "active", 1)]
    assert ask("follow", "--once", "--json").data == {"events": 1, "changed": 1}
    assert ask("follow", "--once", "--json").data == {"events": 0, "changed": 0}
    assert shown() == before


@pytest.mark.usefixtures("planned")
def test_alarms_of_a_machine_whose_gateway_is_gone_are_unknown(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 0.5)], LinkStatus.OFFLINE)
    (row,) = [r for r in ask("monitor", "--json").data["machines"] if r["machine"] == "M01"]
    assert [alarm["state"] for alarm in row["alarms"]] == ["unknown"]
    ask("follow", "--once")
    spoke([telemetry.sample("M01", 2, 0.5)])
    ask("follow", "--once")
    (row,) = [r for r in ask("monitor", "--json").data["machines"] if r["machine"] == "M01"]
    assert [alarm["state"] for alarm in row["alarms"]] == ["active"]


@pytest.mark.usefixtures("planned")
def test_an_alarm_that_nobody_has_seen_is_told_when_its_time_is_over(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 90.0)])
    first = ask("follow", "--once").lines
    assert first[0] == "M01: venous pressure has been waiting for somebody to see it."
    assert len(ask("follow", "--once").lines) == 1
    (row,) = [r for r in ask("monitor", "--json").data["machines"] if r["machine"] == "M01"]
    assert row["alarms"][0]["escalated"]


@pytest.mark.usefixtures("folder")
def test_following_without_a_center_is_refused(ask: Ask) -> None:
    assert "There is no database" in ask("follow", "--once", code=2).err


@pytest.mark.usefixtures("folder")
def test_on_a_terminal_it_runs_until_it_is_stopped_and_outlives_a_lost_database(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoke([telemetry.sample("HD-1", 1, 1.0)])
    pictures: list[str] = []

    def shown(self: Live, picture: object, *, refresh: bool = False) -> None:
        del refresh
        screen = io.StringIO()
        Console(file=screen, width=100).print(picture)
        pictures.append(screen.getvalue())
        self.start()

    def wait(seconds: float) -> None:
        assert seconds == 1
        Path("telemetry.db").unlink(missing_ok=True)
        if len(pictures) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(Live, "update", shown)
    monkeypatch.setattr(monitor, "time", SimpleNamespace(sleep=wait))  # its own, nobody else's
    monkeypatch.setattr(Console, "is_terminal", property(lambda _: True))
    ask("monitor", "--every", "1", code=130)
    assert "HD-1*" in pictures[0]
    assert ("HD-1*" in pictures[1], NOTICE in pictures[1]) == (False, True)


def test_priority_is_shown_by_sign_and_not_by_color_alone() -> None:
    unknown = replace(alarm("HD-1"), priority=Priority.UNKNOWN)
    assert picture(watched("HD-1", 1, unknown))[6].startswith("  !?  venous pressure")
