"""`clearshift broker`: the embedded broker as a process of its own."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from devices.mqtt.broker import Broker
from devices.mqtt.ports import free_port, listens
from tests.clearshift.cli.calling import Ask
from tests.devices.mqtt.ear import Ear, connected, until


def test_it_passes_on_until_it_is_asked_to_end(folder: Path) -> None:
    port = free_port()
    url = f"embedded://127.0.0.1:{port}"
    (folder / "config.toml").write_text(f'[broker]\nurl = "{url}"\n')
    with subprocess.Popen(
        [sys.executable, "-m", "clearshift", "broker"],
        cwd=folder,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        until(lambda: listens(port), "the broker", 60)
        with Ear(Broker.of(url), "ear", "a") as ear, Ear(Broker.of(url), "mouth") as mouth:
            connected(ear)
            mouth.say("a", b"word")
            until(lambda: ear.payloads == [b"word"], "the word")
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert f"The embedded broker runs on {url}; Ctrl+C ends it." in out
    assert "MQTT 3.1.1 only" in out
    assert not listens(port)


def test_a_broker_that_runs_by_itself_is_not_run(folder: Path, ask: Ask) -> None:
    assert "The settings name the broker mqtt://127.0.0.1:1883, which runs by itself" in (
        ask("broker", code=2).err
    )
    (folder / "config.toml").write_text('[broker]\nurl = "embedded://10.0.0.1"\n')
    assert "is for this computer only" in ask("broker", code=2).err
