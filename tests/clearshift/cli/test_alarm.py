"""`clearshift alarm`: both lives of each alarm, and acts that are kept with who and when."""

from __future__ import annotations

from typing import Any

import pytest

from domain.alarm import AlarmEdge, EdgePhase, MachineState, Priority
from domain.telemetry import Event, EventKind, Key, LinkStatus
from tests.clearshift.cli import telemetry
from tests.clearshift.cli.calling import Ask
from tests.clearshift.cli.telemetry import BOOT, spoke

pytestmark = pytest.mark.usefixtures("planned")
NOTICE = "Information only. Not an alarm system. Watch and answer the machine itself."


def ended(machine: str, seq: int, seconds_ago: float) -> Event:
    edge = AlarmEdge("venous_pressure", EdgePhase.END, Priority.HIGH, False, MachineState.INACTIVE)
    start = telemetry.alarm(machine, seq, seconds_ago)
    return Event(Key(machine, BOOT, seq), start.origin, EventKind.ALARM, edge)


def listed(ask: Ask, code: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask("alarm", "list", "--json", code=code).data["alarms"]
    return found


def history(ask: Ask, machine: str = "M01") -> list[tuple[str, str, str]]:
    records = ask("alarm", "show", machine, "1", "--json").data["records"]
    return [(one["act"], one["who"], one["text"]) for one in records]


def test_without_telemetry_no_alarm_is_open_and_nothing_is_called_live(ask: Ask) -> None:
    answer = ask("alarm", "list")
    assert answer.lines[0] == NOTICE
    assert answer.lines[2:] == [
        "Nothing is being stored: ingest has never run.", "✓ No alarm is open.",
    ]  # fmt: skip
    data = ask("alarm", "list", "--json").data
    assert (data["notice"], data["live"], data["alarms"]) == (NOTICE, False, [])


def test_the_worst_stands_first_with_both_its_lives(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 20.0, "uf_goal"), telemetry.alarm("M02", 1, 10.0)])
    ask("alarm", "take", "M01", "1", "--by", "Li")
    lines = ask("alarm", "list").lines
    assert lines[2].split() == [
        "priority", "machine", "no.", "alarm", "at", "the", "machine", "age", "seen", "by", "in",
        "hand", "of",
    ]  # fmt: skip
    assert [line.split()[1] for line in lines[3:]] == ["M02", "M01"]
    row = lines[3].split()
    assert row[:7] == ["!!!", "M02", "1", "venous", "pressure", "high", "active"]
    assert (row[7][:3], row[8:]) == ("0:1", ["nobody"])
    assert lines[4].split()[-2:] == ["Li", "Li"]


def test_one_that_waits_too_long_for_eyes_makes_the_list_fail(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 61.0)])
    (one,) = listed(ask, code=1)
    assert (one["seen_by"], one["escalated_at"] is None) == ("", False)
    assert "nobody, waiting too long" in ask("alarm", "list", code=1).out
    ask("alarm", "take", "M01", "1", "--by", "Li")
    (one,) = listed(ask)
    assert (one["seen_by"], one["holder"], one["state"]) == ("Li", "Li", "active")


def test_every_act_is_kept_with_who_and_what(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 10.0)])
    out = ask("alarm", "take", "M01", "1", "--by", "Li").out
    assert out == (
        "✓ M01, alarm 1, venous pressure high: at the machine active; here seen by Li, in hand"
        " of Li.\n"
    )
    ask("alarm", "note", "M01", "1", "needle turned", "--by", "Li")
    ask("alarm", "hand-over", "M01", "1", "Wu", "--by", "Li")
    assert history(ask) == [
        ("raised", "", ""), ("handed over", "Li", "Li"), ("noted", "Li", "needle turned"),
        ("handed over", "Li", "Wu"),
    ]  # fmt: skip
    page = ask("alarm", "show", "M01", "1").lines
    assert page[1] == "M01, alarm 1: venous pressure high"
    assert page[-2].split()[-6:] == ["handed", "over", "Li", "to", "Wu", "active"]
    assert page[-1].endswith("at the machine active; here seen by Li, in hand of Wu.")


def test_what_the_machine_says_is_there_is_closed_by_nobody(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 10.0)])
    answer = ask("alarm", "close", "M01", "1", "known", "--by", "Li", code=2)
    assert answer.err == "Alarm 1 of M01 cannot be closed: the machine says that it is there.\n"
    assert history(ask) == [("raised", "", "")]


def test_an_act_is_judged_by_what_the_machine_said_last(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 30.0)])
    ask("follow", "--once")
    spoke([ended("M01", 2, 5.0)])
    out = ask("alarm", "close", "M01", "1", "needle turned", "--by", "Li").out
    assert out == "✓ M01, alarm 1, venous pressure high: at the machine over; here closed.\n"
    assert listed(ask) == []
    assert ask("alarm", "take", "M01", "1", "--by", "Wu", code=2).err == (
        "Alarm 1 of M01 is closed.\n"
    )
    ask("alarm", "note", "M01", "1", "filter changed", "--by", "Wu")


def test_to_take_one_that_is_over_closes_it(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 30.0), ended("M01", 2, 5.0)])
    (one,) = listed(ask)
    assert (one["state"], one["seen_by"]) == ("inactive", "")
    ask("alarm", "take", "M01", "1", "--by", "Li")
    assert listed(ask) == []


def test_a_lost_wire_makes_it_unknown_and_never_over(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 10.0)])
    ask("follow", "--once")
    spoke([telemetry.sample("M01", 2, 1.0)], LinkStatus.OFFLINE)
    (one,) = listed(ask)
    assert (one["state"], one["last_said"]) == ("unknown", "active")
    assert "unknown, link lost; last said: active" in ask("alarm", "list").out
    ask("alarm", "close", "M01", "1", "machine sent away", "--by", "Li")
    assert history(ask)[1:] == [("link lost", "", ""), ("closed", "Li", "machine sent away")]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("take", "M01", "7", "--by", "Li"), "There is no alarm 7 of M01.\n"),
        (("take", "M99", "1", "--by", "Li"), "There is no alarm 1 of M99.\n"),
        (("show", "M01", "7"), "There is no alarm 7 of M01.\n"),
        (("take", "M01", "1"), "--by is missing. See clearshift alarm take --help.\n"),
        (("take", "M01", "1", "--by", " "), "Who? A name is needed.\n"),
        (("hand-over", "M01", "1", " ", "--by", "Li"), "Who? A name is needed.\n"),
        (("note", "M01", "1", " ", "--by", "Li"), "What? A few words are needed.\n"),
        (("take", "M01", "one", "--by", "Li"), "NUMBER: one is not a whole number."),
    ],
)
def test_an_act_that_cannot_be_is_refused_in_one_line(
    ask: Ask, options: tuple[str, ...], reason: str
) -> None:
    spoke([telemetry.alarm("M01", 1, 10.0)])
    answer = ask("alarm", *options, code=2)
    assert answer.err.startswith(reason)
    assert len(answer.err.splitlines()) == 1


def test_a_telemetry_that_cannot_be_read_is_said_and_stops_nobody(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 10.0)])
    ask("follow", "--once")
    broken = {"CLEARSHIFT_TELEMETRY__URL": "sqlite:///clearshift.db"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(*next(iter(broken.items())))
        out = ask("alarm", "take", "M01", "1", "--by", "Li").out
        assert "What machines said last could not be read: " in out
        data = ask("alarm", "list", "--json").data
        assert (data["live"], data["alarms_complete"], len(data["alarms"])) == (False, False, 1)
    assert history(ask)[-1] == ("handed over", "Li", "Li")


def test_the_list_speaks_chinese(ask: Ask) -> None:
    spoke([telemetry.alarm("M01", 1, 10.0)])
    lines = ask("alarm", "list", "--lang", "zh").lines
    assert lines[1].startswith("仅供参考")
    assert "报警中" in lines[-1]
