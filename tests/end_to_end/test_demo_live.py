"""The demo's machines, live, with real brokers and real programs, and how all of it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from db.telemetry.connection import open_telemetry
from db.telemetry.read import latest_samples, reading
from devices.mqtt.ports import free_port
from domain.telemetry import Generation
from tests.clearshift.cli.calling import Ask, asking
from tests.devices.mqtt.ear import until

ROOT = Path(__file__).parents[2]
SECONDS = 120.0


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.chdir(tmp_path)
    return asking(capsys)


class Demo:
    """A demo that runs, with what it has said once its machines were heard."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clearshift", "demo", "--sample", "xiamao", "--json", *options],
            cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={
                **os.environ, "PYTHONPATH": str(ROOT), "CLEARSHIFT_PLAN__SECONDS": "2",
                "CLEARSHIFT_WEB__PORT": str(free_port()),
            },
        )  # fmt: skip
        assert self.process.stdout is not None
        text = ""
        while (line := self.process.stdout.readline()) and line != "}\n":
            text += line
        assert line, self.process.communicate()[1]
        self.data: dict[str, Any] = json.loads(text + line)
        self.live: dict[str, Any] = self.data["live"]
        self.pids: dict[str, int] = self.live["processes"]

    def end(self, number: int) -> tuple[int, str]:
        """Exit code and what was said besides the result."""
        self.process.send_signal(number)
        _, err = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, err


@contextmanager
def demo(folder: Path, *options: str) -> Iterator[Demo]:
    """Killed, if the test has not ended it."""
    running = Demo(folder, *options)
    try:
        yield running
    finally:
        running.process.kill()
        running.process.communicate()


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


def all_gone(running: Demo) -> bool:
    return all(gone(pid) for pid in running.pids.values())


def generations(folder: Path) -> dict[str, Generation]:
    """Of the newest sample of each machine."""
    with reading(open_telemetry(f"sqlite:///{folder / 'demo/telemetry.db'}")) as connection:
        return {
            one.sample.key.machine: one.sample.origin.generation
            for one in latest_samples(connection)
        }


def machines(folder: Path) -> set[str]:
    (file,) = (folder / "demo/center").glob("machines*")
    return {row.split(",")[0] for row in file.read_text(encoding="utf-8-sig").splitlines()[1:]}


def books(ask: Ask, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How much of each machine is stored; nothing is missing and nobody unknown has spoken."""
    monkeypatch.chdir(folder / "demo")
    found = ask("accounts", "--audit", "--json").data
    assert found["wrong"] == found["unknown"] == []
    return {one["machine"]: one["stored"] for one in found["accounts"] if one["stored"]}


@pytest.mark.parametrize(("broker", "mqtt"), [("embedded", "3.1.1"), ("mosquitto", "5")])
def test_machines_of_the_plan_arrive_and_an_interrupt_leaves_nothing_running(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broker: str, mqtt: str
) -> None:
    with demo(tmp_path, "--broker", broker) as running:
        live = running.live
        assert set(running.pids) == {
            "broker", "simulate", "gateway", "ingest", "follow", "web",
        }  # fmt: skip
        assert (live["mqtt"], live["machines"]) == (mqtt, 6)
        assert live["heard"] >= live["with_patient"] >= 3
        found = generations(tmp_path)
        assert set(found.values()) == {Generation.DEMO}
        code, err = running.end(signal.SIGINT)
        assert code == 0, err
        assert all_gone(running)
    assert "Nothing runs any more" in err
    assert set(books(ask, tmp_path, monkeypatch)) == set(found) <= machines(tmp_path)
    assert sorted(one.name for one in (tmp_path / "demo/simulator").iterdir()) == [
        ".lock", "lines.toml",
    ]  # fmt: skip


def test_who_is_killed_is_said_and_nothing_outlives_the_demo(tmp_path: Path) -> None:
    with demo(tmp_path) as running:
        os.kill(running.pids["gateway"], signal.SIGKILL)
        assert running.process.stderr is not None
        said = next(line for line in running.process.stderr if "was killed" in line)
        assert "gateway was killed by signal 9. Nobody reads the machines" in said
        running.process.kill()
        until(lambda: all_gone(running), "the end of its programs", SECONDS)


def test_a_second_run_goes_on_with_the_folder_and_ends_by_itself(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert ask("demo", "--sample", "xiamao", "--plan-only", "--json").data["version"] == 1
    with demo(tmp_path, "--seconds", "1") as running:
        assert running.data["version"] == 2
        _, err = running.process.communicate(timeout=SECONDS)
        assert running.process.returncode == 0, err
        assert all_gone(running)
    assert books(ask, tmp_path, monkeypatch)
