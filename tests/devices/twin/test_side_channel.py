"""The door for faults: whoever runs the simulator, and nobody else."""

from __future__ import annotations

import json
import os
import socket
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from devices.twin.lines import Lines
from devices.twin.orders import obeyed
from devices.twin.script import Cue, Fault, FaultKind, TwinTreatment
from devices.twin.side_channel import NAME, SideChannel
from tests.devices.twin.lines_world import CountingBody, CountingWorld, add, made, on_pty, running


@contextmanager
def door(folder: Path, owner: int | None = None) -> Iterator[CountingWorld]:
    world = CountingWorld(CountingBody("S-HD-01"), CountingBody("S-HD-02"))
    lines = Lines(world, time.monotonic)
    for name in ("HD-01", "HD-02"):
        add(lines, on_pty(folder, name), made(name))
    channel = SideChannel(folder, lines.watch, partial(obeyed, lines), owner)
    with running(lines, channel.close):
        yield world


def said(folder: Path, *rows: object) -> list[dict[str, Any]]:
    """The answers to lines of JSON."""
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(10)
        caller.connect(str(folder / NAME))
        with caller.makefile("rwb") as file:
            for row in rows:
                file.write((row if isinstance(row, str) else json.dumps(row)).encode() + b"\n")
            file.flush()
            return [json.loads(file.readline()) for _ in rows]


def test_the_door_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    with door(tmp_path):
        assert stat.S_IMODE((tmp_path / NAME).stat().st_mode) == 0o600
    assert not (tmp_path / NAME).exists()


def test_another_user_is_shown_out_even_if_the_folder_lets_him_in(tmp_path: Path) -> None:
    with door(tmp_path, owner=os.getuid() + 1), socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(10)
        caller.connect(str(tmp_path / NAME))
        assert caller.recv(1) == b""


def test_a_cable_is_pulled_and_plugged_in_again(tmp_path: Path) -> None:
    with door(tmp_path):
        assert said(tmp_path, {"machine": "HD-01", "line": "pull"}) == [
            {"ok": True, "machines": ["HD-01"]}
        ]
        assert not (tmp_path / "HD-01").exists()
        assert said(tmp_path, {"machine": "HD-01", "line": "plug"})[0]["ok"]
        assert (tmp_path / "HD-01").exists()


def test_a_machine_gets_its_faults_and_treatments(tmp_path: Path) -> None:
    with door(tmp_path) as world:
        kink = {"machine": "HD-01", "fault": {"kind": "venous_kink", "seconds": 40}}
        more = {"machine": "HD-01", "treatment": {"minutes": 180}}
        assert [answer["ok"] for answer in said(tmp_path, kink, more)] == [True, True]
    assert world.played == [
        Cue(("S-HD-01",), Fault(FaultKind.VENOUS_KINK, seconds=40)),
        Cue(("S-HD-01",), TwinTreatment(minutes=180)),
    ]


def test_a_fault_without_a_machine_befalls_all(tmp_path: Path) -> None:
    with door(tmp_path):
        answer = said(tmp_path, {"fault": {"kind": "water"}})
    assert answer == [{"ok": True, "machines": ["HD-01", "HD-02"]}]


def test_the_truth_can_be_asked_for(tmp_path: Path) -> None:
    with door(tmp_path):
        told = said(tmp_path, {"machine": "HD-02", "ask": "truth"})[0]
    assert (told["machine"], told["phase"], told["powered"]) == ("HD-02", "treatment", True)
    assert told["values"]["anticoag_volume_ml"] == 1.0


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("pull it", "a line of JSON was expected"),
        ({"machine": "HD-99", "line": "pull"}, "there is no machine 'HD-99' here"),
        ({"machine": "HD-01", "line": "explode"}, "expected one of pull"),
        ({"machine": "HD-01", "ask": "why"}, "expected truth"),
        ({"machine": ["HD-01"], "ask": "truth"}, "there is no machine"),
        ({"machine": "HD-01", "fault": {"kind": "boredom"}}, "boredom"),
        ([1], "line 1"),
    ],
)
def test_what_cannot_be_done_is_answered_with_the_reason(
    tmp_path: Path, line: object, error: str
) -> None:
    with door(tmp_path):
        answer = said(tmp_path, line, {"machine": "HD-01", "ask": "truth"})
    assert (answer[0]["ok"], answer[1]["ok"]) == (False, True)
    assert error in answer[0]["error"]


def test_a_line_without_an_end_is_not_kept(tmp_path: Path) -> None:
    with door(tmp_path), socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(10)
        caller.connect(str(tmp_path / NAME))
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            caller.sendall(b"x" * 10_000_000)


def test_a_socket_left_behind_by_a_killed_simulator_is_replaced(tmp_path: Path) -> None:
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(tmp_path / NAME))
    left.close()
    with door(tmp_path):
        assert said(tmp_path, {"machine": "HD-01", "ask": "truth"})[0]["ok"]


def test_an_hour_can_be_made_to_pass_at_once_for_one_machine(tmp_path: Path) -> None:
    with door(tmp_path) as world:
        assert said(tmp_path, {"machine": "HD-01", "line": "forward", "seconds": 3600})[0]["ok"]
        assert world.twins["S-HD-01"].seconds >= 3_600.0
        assert world.twins["S-HD-02"].seconds < 60.0


def test_trouble_of_a_line_begins_at_once(tmp_path: Path) -> None:
    with door(tmp_path):
        reboot = {"machine": "HD-01", "line": "reboot", "seconds": 60}
        told = said(tmp_path, reboot, {"machine": "HD-01", "ask": "truth"})
    assert (told[0]["ok"], told[1]["powered"]) == (True, False)


def test_a_cable_that_cannot_be_plugged_in_again_is_answered_so(tmp_path: Path) -> None:
    with door(tmp_path):
        said(tmp_path, {"machine": "HD-01", "line": "pull"})
        (tmp_path / "HD-01").mkdir()  # something else stands there now
        answer = said(tmp_path, {"machine": "HD-01", "line": "plug"})[0]
        assert not answer["ok"]
        assert "HD-01" in answer["error"]
        (tmp_path / "HD-01").rmdir()
        assert said(tmp_path, {"machine": "HD-01", "line": "plug"})[0]["ok"]
