"""What `clearshift demo` plays: which moment of the plan, over which broker, by which programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path

from clearshift.cli.refusal import Refusal
from clearshift.cli.simulated_center import Sitting
from clearshift.processes import Place, Process
from clearshift.settings import (
    PREFIX,
    BrokerSettings,
    DatabaseSettings,
    GatewaySettings,
    LogSettings,
    OutputSettings,
    Settings,
    WebSettings,
    environment_of,
)
from devices.mqtt.mosquitto import open_configuration
from devices.mqtt.mosquitto_process import foreground
from devices.mqtt.ports import HERE, listens
from domain.calendar import monday_of
from domain.words import words

_SETTLED = timedelta(minutes=45)
"""After the start of a treatment, when it is well under way."""
_SIMULATOR = "simulator"
_LINES = f"{_SIMULATOR}/lines.toml"
_PACKAGES = Path(__file__).parents[2]


class BrokerKind(StrEnum):
    """Through which broker the demo speaks."""

    AUTO = "auto"
    EMBEDDED = "embedded"
    MOSQUITTO = "mosquitto"


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played in which folder. `moment` is the plan's moment that is now, `treating` are
    the machines that have a patient then. `port` is the broker's, `calls` the one that machines
    call, `web` that of the screens."""

    folder: Path
    language: str
    mosquitto: bool
    port: int
    calls: int
    web: int
    moment: datetime
    machines: frozenset[str]
    treating: frozenset[str]

    @property
    def broker(self) -> BrokerSettings:
        """For the clients: MQTT 5 with mosquitto, 3.1.1 with the embedded."""
        scheme = "mqtt" if self.mosquitto else "embedded"
        return BrokerSettings(url=f"{scheme}://{HERE}:{self.port}")

    @property
    def address(self) -> str:
        """Where a browser finds the screens."""
        return f"http://{HERE}:{self.web}"

    @property
    def logs(self) -> Path:
        """The folder of what the programs say."""
        return self.folder / "logs"

    @property
    def telemetry(self) -> str:
        """The URL of what machines said."""
        return f"sqlite:///{self.folder / 'telemetry.db'}"

    @property
    def database(self) -> str:
        """The URL of the center."""
        return f"sqlite:///{self.folder / 'clearshift.db'}"


def with_mosquitto(asked: BrokerKind, *, there: bool) -> bool:
    """Whether it is mosquitto: as asked for, else if it is installed. Raises Refusal if it was
    asked for and is not there."""
    if asked is BrokerKind.MOSQUITTO and not there:
        raise Refusal(words("mosquitto is not installed: apt-get install mosquitto"))
    return there and asked is not BrokerKind.EMBEDDED


def moment_of(found: Sequence[Sitting], monday: date, now: datetime) -> datetime:
    """The moment of the week of that Monday to be played: the same weekday and time as now,
    unless less than half as many lie there as at most; then the first that is the fullest."""
    same = now - (monday_of(now.date()) - monday)
    fullest = max(
        sorted({one.start + _SETTLED for one in found}),
        key=lambda at: len(lying(found, at)),
        default=same,
    )
    busy = 2 * len(lying(found, same)) >= len(lying(found, fullest))
    return same if busy else fullest


def lying(found: Sequence[Sitting], at: datetime) -> frozenset[str]:
    """The machines that have a patient at a moment."""
    return frozenset(
        one.machine for one in found if one.start <= at < one.start + timedelta(minutes=one.minutes)
    )


def processes(scene: Scene, stores: Callable[[], bool]) -> tuple[Process, ...]:
    """The programs; `stores` tells whether ingest does. Raises OSError."""
    lines = scene.folder / _LINES
    lines.unlink(missing_ok=True)  # of last time: its lines are gone
    program = (sys.executable, "-P", "-m", "clearshift")
    spoken = ("--lang", scene.language)
    moment, calls = scene.moment.isoformat(timespec="minutes"), f"{HERE}:{scene.calls}"
    simulator = ("--moment", moment, "--gateway", calls, "--folder", _SIMULATOR)
    return (
        _broker(scene, (*program, "broker", *spoken)),
        Process("simulate", (*program, "simulate", *simulator, *spoken), ready=lines.exists),
        Process("ingest", (*program, "ingest", *spoken), ("broker",), stores),
        Process("gateway", (*program, "gateway", *spoken), ("broker", "simulate")),
        Process("follow", (*program, "follow", *spoken), ("ingest",)),
        Process(
            "web", (*program, "serve", "--demo", *spoken), ("ingest",), partial(listens, scene.web)
        ),
    )


def _broker(scene: Scene, embedded: tuple[str, ...]) -> Process:
    """The embedded one is not called to see whether it listens: it would take that for a client
    that is broken, and says itself that it runs."""
    if not scene.mosquitto:
        return Process("broker", embedded, ready=partial(_spoke, scene.logs / "broker.log"))
    command = foreground(scene.folder / "mosquitto.conf", open_configuration(scene.port))
    return Process("broker", command, ready=partial(listens, scene.port))


def _spoke(log: Path) -> bool:
    return log.stat().st_size > 0


def place(scene: Scene, settings: Settings) -> Place:
    """Where the programs run: each in the folder, with settings that name nothing outside."""
    inside = settings.model_copy(
        update={
            "database": DatabaseSettings(url="sqlite:///clearshift.db"),
            "telemetry": settings.telemetry.model_copy(update={"url": "sqlite:///telemetry.db"}),
            "broker": scene.broker,
            "gateway": GatewaySettings(lines=Path(_LINES)),
            "output": OutputSettings(),
            "web": WebSettings(host=HERE, port=scene.web),
            "log": LogSettings(level=settings.log.level),
        }
    )
    outside = {key: said for key, said in os.environ.items() if not key.startswith(PREFIX)}
    packages = os.pathsep.join(filter(None, (str(_PACKAGES), outside.get("PYTHONPATH"))))
    ours = {"PYTHONPATH": packages, "PYTHONUNBUFFERED": "1"}
    return Place(scene.folder, scene.logs, {**outside, **environment_of(inside), **ours})
