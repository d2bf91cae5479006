"""`clearshift gateway`: from a machine's line to a real broker, and everything it refuses."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from devices.gateway.spool import Spool
from devices.mqtt.broker import Broker
from devices.mqtt.client import Client
from devices.mqtt.message import Message
from devices.mqtt.mosquitto_process import Mosquitto
from devices.protocols.jsdt3.examples import FULL
from devices.wire.messages import decode
from devices.wire.states import decode_status, encode_stored
from devices.wire.topics import Kind, gateway_status, read_machine_topic, states, stored, streams
from domain.telemetry import Entry, Sample, Watermark
from tests.clearshift.cli.calling import Ask
from tests.devices.gateway.world import PtyMachine, until
from tests.house.tree import ROOT

LINE = '[[line]]\nmachine = "HD-1"\nprotocol = "jsdt3"\nlink = "{link}"\npace = 0.5\n'


class Ingest:
    """Stores in memory, and confirms only when it is told to."""

    def __init__(self, url: str) -> None:
        self.entries: list[Entry] = []
        self.retained: dict[str, bytes] = {}
        filters = (*streams("center"), *states("center"))
        self.client = Client(Broker.of(url), "ingest", hear=self.hear, filters=filters)
        self.client.start()

    def hear(self, messages: Sequence[Message]) -> None:
        for message in messages:
            topic = read_machine_topic(message.topic)
            if topic and topic.kind in (Kind.TELEMETRY, Kind.EVENT):
                self.entries.append(decode(message.payload))
            else:
                self.retained[message.topic] = message.payload

    def confirm(self, entry: Entry) -> None:
        mark = Watermark(entry.key.machine, entry.key.boot, entry.key.seq)
        assert self.client.publish(Message(stored("center", "gateway"), encode_stored((mark,))))


@pytest.mark.usefixtures("folder")
def test_the_lines_can_be_read_without_opening_them(ask: Ask) -> None:
    Path("lines.toml").write_text(LINE.format(link="/dev/nowhere"))
    (row,) = ask("gateway", "--check", "--json").data
    assert (row["machine"], row["protocol"], row["pace"]) == ("HD-1", "jsdt3", 0.5)
    assert "/dev/nowhere" in ask("gateway", "--check").out
    assert not Path("spool.db").exists()


@pytest.mark.usefixtures("folder")
def test_wrong_lines_are_refused_with_every_fault(ask: Ask) -> None:
    text = LINE.format(link="/dev/a") + "baud = 1\n" + LINE.format(link="x")
    Path("mine.toml").write_text(text)
    lines = ask("gateway", "--lines", "mine.toml", code=2).err.splitlines()
    assert lines[0].startswith("mine.toml: line 1 (HD-1), baud: found “1”, expected one of 300,")
    assert lines[1].startswith("mine.toml: line 2 (HD-1), link: found “x”")
    assert ask("gateway", code=1).err == "lines.toml: there is no such file or folder\n"
    Path("mine.toml").write_bytes(b"\xff")
    assert "no valid TOML" in ask("gateway", "--lines", "mine.toml", code=2).err


def test_a_spool_that_is_taken_or_a_broker_that_is_none_is_refused(folder: Path, ask: Ask) -> None:
    Path("lines.toml").write_text(LINE.format(link="/dev/nowhere"))
    spool = Spool(folder / "spool.db")
    assert "another gateway has it" in ask("gateway", code=2).err
    spool.close()
    Path("config.toml").write_text('[broker]\nurl = "http://x"\n')
    assert "http://x" in ask("gateway", code=2).err


def test_a_machine_arrives_at_a_real_broker_and_a_killed_gateway_resends(folder: Path) -> None:
    machine = PtyMachine(folder / "tty", lambda _: FULL.raw)
    threads = threading.active_count()
    (folder / "lines.toml").write_text(LINE.format(link=machine.link))
    with Mosquitto(folder) as broker:
        (folder / "config.toml").write_text(f'[broker]\nurl = "{broker.url}"\n')
        ingest = Ingest(broker.url)
        command = [sys.executable, "-m", "clearshift", "gateway"]
        where = {"cwd": folder, "env": {"PYTHONPATH": str(ROOT), "PATH": ""}}
        with subprocess.Popen(command, **where) as gateway:  # type: ignore[call-overload]
            until(lambda: sum(isinstance(one, Sample) for one in ingest.entries) >= 3, 60)
            gateway.send_signal(signal.SIGKILL)
        topic = gateway_status("center", "gateway")
        until(lambda: not decode_status(ingest.retained[topic]).online, 60)
        killed = {one.key for one in ingest.entries}
        ingest.entries.clear()
        with subprocess.Popen(command, **where) as gateway:  # type: ignore[call-overload]
            until(lambda: killed <= {one.key for one in ingest.entries}, 60)
            assert decode_status(ingest.retained[topic]).online
            last = max((one for one in ingest.entries if one.key in killed), key=_seq)
            ingest.confirm(last)
            until(lambda: any(one.key.boot != last.key.boot for one in ingest.entries), 60)
            gateway.terminate()
            assert gateway.wait(30) == 0
        ingest.client.stop()
        until(lambda: threading.active_count() <= threads)
    boots = {one.boot for one in Spool(folder / "spool.db").holdings()}
    assert last.key.boot not in boots
    assert set(machine.heard) == set(b"K\r\n")


def _seq(entry: Entry) -> int:
    return entry.key.seq
