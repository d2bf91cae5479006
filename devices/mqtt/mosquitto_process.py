"""A real mosquitto as a child of ours, for tests and demonstrations on this computer."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType

from devices.mqtt.broker import BrokerRefusal
from devices.mqtt.mosquitto import open_configuration
from devices.mqtt.ports import HERE, free_port, listens
from domain.words import words

SECONDS = 30.0
"""To start or to stop, on a busy computer too."""


class Mosquitto:
    """Runs from `with` to the end of its block. Without a configuration it serves anyone on
    this computer at `port`; with one, the port is the one named there. Started by root it would
    turn into the user `mosquitto` and not read a private folder, so it stays who we are.
    Raises BrokerRefusal if it is not installed or does not start."""

    def __init__(self, folder: Path, *, port: int = 0, configuration: str = "") -> None:
        self.port = port or free_port()
        self._log = folder / "mosquitto.log"
        self._file = folder / "mosquitto.conf"
        self._text = configuration or open_configuration(self.port)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """What `Broker.of` takes, for the listener on this computer."""
        return f"mqtt://{HERE}:{self.port}"

    @property
    def pid(self) -> int:
        """Of the running process; 0 if it does not run."""
        return 0 if self._process is None else self._process.pid

    def start(self) -> None:
        """Returns once it listens."""
        command = foreground(self._file, self._text)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        deadline = time.monotonic() + SECONDS
        while not listens(self.port):
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                reason = self._log.read_text(errors="replace")[-400:]
                raise BrokerRefusal(words("mosquitto did not start: {reason}", reason=reason))
            time.sleep(0.01)

    def stop(self) -> None:
        """An orderly end: it says goodbye to its clients."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(SECONDS)
            self._process = None

    def kill(self) -> None:
        """The end that nobody expects."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(SECONDS)
            self._process = None

    def __enter__(self) -> Mosquitto:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()


def foreground(file: Path, configuration: str) -> tuple[str, ...]:
    """The command that runs one as who we are, with a configuration that is written into the
    file. Raises BrokerRefusal if it is not installed, OSError."""
    whoever = f"user {pwd.getpwuid(os.geteuid()).pw_name}\n"
    file.write_text(whoever + configuration)
    program = installed()
    if program is None:
        raise BrokerRefusal(words("mosquitto is not installed: apt-get install mosquitto"))
    return (program, "-c", str(file))


def installed() -> str | None:
    """Where the program is; Debian puts it where only root looks."""
    return shutil.which("mosquitto", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
