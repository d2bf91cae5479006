"""A gateway that is killed between accepting and confirming loses nothing."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from random import Random

from devices.gateway.gateway import Ears, Gateway, Identity
from devices.gateway.lines import read_lines
from devices.gateway.spool import Spool
from devices.wire.messages import decode
from domain.telemetry import Sample
from tests.devices.gateway.gateway_process import LINE
from tests.devices.gateway.world import BOOT, PUSHED, YES, Connection, until
from tests.house.tree import ROOT

KILLS = 3


def accepted_until_killed(folder: Path, boot: str, chance: Random, first: int) -> list[int]:
    """Numbers of the messages that the machine was told are accepted."""
    command = [sys.executable, "-m", "tests.devices.gateway.gateway_process", str(folder), boot]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        accepted: list[int] = []
        kill_after = chance.randrange(3, 15)
        with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
            while len(accepted) < kill_after:
                number = first + len(accepted)
                line.sendall(b"<- treatment uf_volume_ml=%d>" % number)
                if line.recv(10) == YES:
                    accepted.append(number)
            line.sendall(b"<- treatment uf_volume_ml=%d>" % (first + kill_after))
            process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    return accepted


def test_what_a_machine_was_told_is_accepted_survives_every_kill(tmp_path: Path) -> None:
    seed = 7
    print("seed", seed)
    chance, accepted = Random(seed), list[int]()
    for kill in range(KILLS):
        boot = f"{kill + 1:032x}"
        accepted += accepted_until_killed(tmp_path, boot, chance, len(accepted) + kill)
    made: list[Connection] = []

    def connect(ears: Ears) -> Connection:
        made.append(Connection(ears))
        return made[0]

    lines = read_lines(LINE, {"pushed": PUSHED})
    spool = Spool(tmp_path / "s.db")
    left = spool.after(0, 2**62, 10_000)
    by_boot: dict[str, list[int]] = {}
    for one in left:
        by_boot.setdefault(one.boot, []).append(one.seq)
    assert len(by_boot) == KILLS
    assert all(seqs == list(range(1, len(seqs) + 1)) for seqs in by_boot.values())
    said = [decode(one.payload) for one in left]
    kept = [one.values["uf_volume_ml"] for one in said if isinstance(one, Sample)]
    assert set(accepted) <= set(kept)
    assert len(kept) == len(set(kept)) <= len(accepted) + KILLS
    gateway = Gateway(Identity("c", "gw", BOOT), lines, spool, connect)
    gateway.start()
    try:
        until(lambda: [entry.key for entry in made[0].entries()] == [one.key for one in said])
    finally:
        gateway.stop()


def test_a_kill_leaves_no_lock_behind(tmp_path: Path) -> None:
    accepted_until_killed(tmp_path, BOOT, Random(1), 0)
    Spool(tmp_path / "s.db").close()
