"""`clearshift ingest` and `clearshift accounts`, with a real mosquitto between."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from devices.mqtt.client import Broker, Client, Message
from devices.mqtt.mosquitto_process import Mosquitto
from devices.wire.messages import encode
from devices.wire.states import decode_stored
from domain.telemetry import Generation, Key, Origin, Sample, Watermark
from tests.clearshift.cli.calling import Ask

ROOT = Path(__file__).parents[3]
BOOT = "a" * 32
DEADLINE = 60.0
MOST_MEMORY = 64 * 1024
"""KiB of resident memory, the most that an ingest ever had."""


@pytest.fixture
def broker(center: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mosquitto]:
    """A broker, and a folder with an imported center whose settings name it."""
    assert (center / "center").is_dir()
    with Mosquitto(tmp_path_factory.mktemp("mosquitto")) as running:
        (center / "config.toml").write_text(f'[broker]\nurl = "{running.url}"\n')
        yield running


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """An ingest as a person starts it; returns once it stores."""
    process = subprocess.Popen(
        [sys.executable, "-m", "clearshift", "ingest", "--json", "--every", "0.5", *arguments],
        cwd=folder, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("{") and json.loads(line)["state"] == "storing":
            return process
    raise AssertionError(f"ingest ended: {process.wait()}")


def said(machine: str, seq: int) -> Message:
    origin = Origin("gw", "jsdt3", Generation.TEST, datetime.now(UTC))
    sample = Sample(Key(machine, BOOT, seq), origin, None, None, None, {"tmp_mmhg": 90.0})
    return Message(f"hd/v1/center/m/{machine}/telemetry", encode(sample))


def publish(broker: Mosquitto, messages: list[Message], until: set[Watermark]) -> None:
    """As a gateway does: again, until it is told that everything is stored."""
    told: set[Watermark] = set()
    client = Client(
        Broker.of(broker.url), "gw",
        hear=lambda heard: told.update(*(decode_stored(one.payload) for one in heard)),
        filters=("hd/v1/center/gw/gw/stored",),
    )  # fmt: skip
    client.start()
    end = time.monotonic() + DEADLINE
    while not until <= told:
        assert time.monotonic() < end, told
        for message in messages:
            client.publish(message)
        time.sleep(0.2)
    client.stop()


def peak(process: subprocess.Popen[str]) -> int:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(next(line for line in status.splitlines() if "VmHWM" in line).split()[1])


def test_what_is_published_is_stored_told_and_accounted_for(
    ask: Ask, center: Path, broker: Mosquitto
) -> None:
    ask("import", "center")
    (machine, *_) = [row.split(",")[0] for row in machines(center)]
    process = start(center)
    messages = [said(machine, seq) for seq in range(1, 101)] + [said("STRANGER", 1)]
    publish(broker, messages, {Watermark(machine, BOOT, 100), Watermark("STRANGER", BOOT, 1)})
    memory = peak(process)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=DEADLINE)
    assert process.returncode == 0
    assert json.loads(out.splitlines()[-1])["counts"]["stored"] == 100
    assert memory <= MOST_MEMORY
    found = ask("accounts", "--audit", "--json").data
    assert found["accounts"] == [
        {"machine": name, "accepted": n, "stored": s, "in_spool": 0, "quarantined": q,
         "conflicts": 0, "lost": 0}
        for name, n, s, q in sorted([(machine, 100, 100, 0), ("STRANGER", 1, 0, 1)])
    ]  # fmt: skip
    assert (found["unknown"], found["wrong"]) == (["STRANGER"], [])
    page = ask("accounts").out
    assert "STRANGER speaks but is not registered" in page
    assert "Whatever was accepted is stored, in a spool, put aside or in conflict." in page


def test_a_machine_that_is_registered_later_gets_what_it_said_before(
    ask: Ask, center: Path, broker: Mosquitto
) -> None:
    ask("import", "center")
    process = start(center)
    publish(broker, [said("M99", seq) for seq in (1, 2, 3)], {Watermark("M99", BOOT, 3)})
    assert ask("accounts", "--json").data["accounts"][0]["quarantined"] == 3
    with closing(sqlite3.connect(center / "clearshift.db")) as base, base:
        base.execute(
            "INSERT INTO machines (center, code, serial, model, modalities)"
            " SELECT code, 'M99', '', '', 'HD' FROM centers"
        )
    end = time.monotonic() + DEADLINE
    while ask("accounts", "--json").data["accounts"][0]["stored"] < 3:
        assert time.monotonic() < end
        time.sleep(0.2)
    process.terminate()
    process.communicate(timeout=DEADLINE)
    found = ask("accounts", "--audit", "--json").data
    assert (found["unknown"], found["quarantined"], found["wrong"]) == ([], [], [])


def test_a_killed_ingest_is_taken_over_by_its_standby(
    ask: Ask, center: Path, broker: Mosquitto
) -> None:
    ask("import", "center")
    (machine, *_) = [row.split(",")[0] for row in machines(center)]
    first, standby = start(center), start(center, "--name", "standby")
    publish(broker, [said(machine, 1)], {Watermark(machine, BOOT, 1)})
    first.kill()
    first.communicate()
    publish(broker, [said(machine, 2)], {Watermark(machine, BOOT, 2)})
    standby.terminate()
    standby.communicate(timeout=DEADLINE)
    (books,) = ask("accounts", "--audit", "--json").data["accounts"]
    assert (books["accepted"], books["stored"], books["conflicts"]) == (2, 2, 0)


def machines(center: Path) -> list[str]:
    (file,) = (center / "center").glob("machines*")
    return file.read_text(encoding="utf-8-sig").splitlines()[1:]


def test_without_a_center_there_is_nothing_to_store_for(ask: Ask, folder: Path) -> None:
    assert "clearshift import reads a center" in ask("ingest", code=2).err
    assert list(folder.iterdir()) == []


def test_a_broker_that_is_none_is_refused(ask: Ask, center: Path) -> None:
    ask("import", "center")
    (center / "config.toml").write_text('[broker]\nurl = "http://here"\n')
    assert "mqtt://, mqtts:// or embedded was expected" in ask("ingest", code=2).err
    assert "is no name for an ingest" in ask("ingest", "--name", "a/b", code=2).err


def test_accounts_before_anything_arrived(ask: Ask, center: Path) -> None:
    ask("import", center / "center")
    assert "has no tables yet" in ask("accounts", code=2).err
