"""`clearshift simulate`: the lines are real while it runs, and nothing is left afterwards."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import serial

from clearshift.cli.simulated_center import past_needed, sittings, sittings_at, to_come, treatment
from clearshift.settings import DatabaseSettings, Settings
from devices.gateway.lines import read_lines
from devices.protocols.listed import PROTOCOL
from devices.twin.phases import LEAD_SECONDS
from devices.twin.side_channel import NAME
from domain.calendar import monday_of
from tests.clearshift.cli.calling import Ask

MONDAY = datetime(2026, 3, 2)


@contextmanager
def simulating(folder: Path, *more: str) -> Iterator[dict[str, Any]]:
    """What it said while it runs in a process of its own; it is asked to end afterwards."""
    command = [sys.executable, "-m", "clearshift", "simulate", "--json", *more]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, text=True, env={**os.environ, "LC_ALL": "C"}
    ) as process:
        assert process.stdout is not None
        said = ""
        while line := process.stdout.readline():
            said += line
            if line == "}\n":
                break
        try:
            yield json.loads(said)
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(30) == 0


def told(folder: Path, row: object) -> dict[str, Any]:
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(10)
        caller.connect(str(folder / NAME))
        caller.sendall(json.dumps(row).encode() + b"\n")
        answer: dict[str, Any] = json.loads(caller.makefile().readline())
        return answer


def test_machines_are_reached_where_it_says_and_the_gateway_can_read_it(folder: Path) -> None:
    with simulating(folder, "--machines", "3", "--polite", "--gateway", "127.0.0.1:9") as said:
        place = folder / "simulator"
        assert [one["protocol"] for one in said["machines"]] == ["jsdt3", "jsdt4", "hl7"]
        read = read_lines((place / "lines.toml").read_text(encoding="utf-8"), PROTOCOL)
        assert [line.link for line in read] == [one["link"] for one in said["machines"]]
        with serial.Serial(said["machines"][0]["link"], 9600, timeout=5) as port:
            port.write(b"K\r\n")
            assert port.read(2) == b"K3"
        assert told(place, {"machine": "HD-01", "ask": "truth"})["powered"]
        assert told(place, {"machine": "HD-01", "line": "pull"})["ok"]
        assert not (place / "HD-01").exists()
    assert sorted(one.name for one in place.iterdir()) == [".lock", "lines.toml"]


def test_a_second_simulator_in_the_same_folder_is_refused(folder: Path, ask: Ask) -> None:
    with simulating(folder, "--machines", "1", "--protocol", "jsdt3"):
        answer = ask("simulate", "--machines", "1", code=2)
    assert "another simulator runs there" in answer.err


def test_it_ends_by_itself_when_told_to(folder: Path, ask: Ask) -> None:
    answer = ask("simulate", "--machines", "2", "--protocol", "jsdt4", "--seconds", "0.2")
    assert f"{folder}/simulator/HD-02" in answer.out
    assert not (folder / "simulator" / "HD-02").is_symlink()


@pytest.mark.usefixtures("folder")
def test_the_same_seed_gives_the_same_machines(ask: Ask) -> None:
    said = [
        ask("simulate", "--machines", "2", "--protocol", "jsdt3", "--seconds", "0.1", "--json").data
        for _ in range(2)
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize("address", ["2575", "host:", ":2575", "host:0", "host:x"])
def test_an_address_that_cannot_be_called_is_refused(folder: Path, ask: Ask, address: str) -> None:
    answer = ask("simulate", "--gateway", address, code=2)
    assert "is not HOST:PORT" in answer.err
    assert not (folder / "simulator").exists()


@pytest.mark.usefixtures("folder")
def test_a_gateway_that_nobody_knows_is_refused(ask: Ask) -> None:
    answer = ask("simulate", "--gateway", "nowhere.invalid:2575", code=2)
    assert "nobody knows where nowhere.invalid is" in answer.err


def test_without_a_plan_there_is_none_to_follow(folder: Path, ask: Ask) -> None:
    answer = ask("simulate", "--plan", "--week", "2026-03-02", code=2)
    assert "There is no database" in answer.err
    assert list(folder.iterdir()) == []


def test_with_a_database_the_machines_are_the_centers(planned: Path, ask: Ask) -> None:
    answer = ask("simulate", "--machines", "2", "--seconds", "0.1", "--json").data
    machines = (planned / "center" / "machines.csv").read_text(encoding="utf-8")
    assert all(f"{one['machine']},{one['serial']}," in machines for one in answer["machines"])
    more = ask("simulate", "--machines", "400", code=2)
    assert "not 400" in more.err


def test_a_plan_says_who_lies_where(planned: Path) -> None:
    settings = Settings(database=DatabaseSettings(url=f"sqlite:///{planned}/clearshift.db"))
    found = sittings(settings, None, MONDAY.date(), MONDAY.date())
    now = min(one.start for one in found) + timedelta(hours=1)
    there = to_come(found, now)
    running = [one for one in there if one.start < now]
    assert running
    past = past_needed(there, now)
    assert past == LEAD_SECONDS + 3_600.0
    told_to = [treatment(one, now, past, seed=1) for one in running]
    assert {one.minutes for one in told_to} == {one.minutes for one in running}
    assert min(one.start for one in told_to) == LEAD_SECONDS
    assert [one.patient for one in told_to] == [one.patient for one in running]


def test_a_plan_of_another_week_is_played_in_this_one(planned: Path) -> None:
    settings = Settings(database=DatabaseSettings(url=f"sqlite:///{planned}/clearshift.db"))
    there = sittings(settings, None, MONDAY.date(), MONDAY.date())
    today = datetime(2026, 11, 25).date()
    moved = sittings(settings, None, MONDAY.date(), today)
    by = monday_of(today) - MONDAY.date()
    assert [one.start - by for one in moved] == [one.start for one in there]


def test_a_moment_of_the_plan_can_be_now(planned: Path) -> None:
    settings = Settings(database=DatabaseSettings(url=f"sqlite:///{planned}/clearshift.db"))
    there = sittings(settings, None, MONDAY.date(), MONDAY.date())
    now = datetime(2026, 11, 22, 3)
    moved = sittings_at(settings, None, MONDAY + timedelta(hours=7), now)
    by = now - MONDAY - timedelta(hours=7)
    assert [one.start - by for one in moved] == [one.start for one in there]


@pytest.mark.usefixtures("planned")
def test_a_moment_that_is_none_or_of_another_week_is_refused(ask: Ask) -> None:
    assert "noon is no time" in ask("simulate", "--moment", "noon", code=2).err
    both = ask("simulate", "--week", "2026-W10", "--moment", "2026-03-02T09:30", code=2)
    assert both.err == "--week and --moment exclude each other.\n"


@pytest.mark.usefixtures("planned")
def test_a_planned_floor_runs(ask: Ask) -> None:
    answer = ask(
        "simulate", "--plan", "--week", "2026-03-02", "--seconds", "0.1", "--json",
        "--protocol", "jsdt3",
    )  # fmt: skip
    assert answer.data["machines"]


def test_what_is_over_is_not_played_again(planned: Path) -> None:
    settings = Settings(database=DatabaseSettings(url=f"sqlite:///{planned}/clearshift.db"))
    found = sittings(settings, None, MONDAY.date(), MONDAY.date())
    assert to_come(found, MONDAY + timedelta(days=8)) == ()
    assert past_needed((), MONDAY) == 0.0
