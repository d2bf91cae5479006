"""The second half of `clearshift demo`: the plan's machines, live, until somebody ends it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from time import monotonic

import sqlalchemy as sa
from rich.console import Group, RenderableType
from rich.live import Live
from rich.text import Text

from clearshift.cli import demo_page
from clearshift.cli.call import Call
from clearshift.cli.demo_scene import Scene, place, processes
from clearshift.cli.ending import asked_to_end
from clearshift.cli.escalation import escalation_times
from clearshift.cli.monitor import picture
from clearshift.processes import Fallen, Together
from clearshift.settings import Settings
from dashboard.watching import seen_at
from db.care.present import Sources, open_sources, present
from db.refusal import DatabaseRefusal
from db.telemetry.accounts import accounts
from db.telemetry.connection import open_telemetry
from db.telemetry.read import latest_samples, pulses, reading

STARTING, ARRIVING = 120.0, 120.0
"""Seconds until everything runs, and until every machine with a patient has been heard: then
something is said to be wrong."""
_LOOK, _PICTURE, _LINE = 0.2, 2.0, 10.0
"""Seconds between two looks at the processes, two pictures, and two lines without a terminal."""
_TALLEST = 22
"""Lines of the live view, so that what was said before it stays in sight."""


@dataclass(frozen=True, slots=True)
class _Stage:
    """What the parts of a run share. `began`: whatever is older is of another run."""

    call: Call
    settings: Settings
    scene: Scene
    together: Together
    ended: threading.Event
    began: datetime
    telemetry: sa.Engine

    def pause(self, seconds: float = _LOOK) -> bool:
        """Waits, and says whether somebody wants an end."""
        return self.ended.wait(seconds)


def live(
    call: Call,
    settings: Settings,
    scene: Scene,
    told: Callable[[Mapping[str, object]], None],
    seconds: float | None,
) -> int:
    """Runs everything until Ctrl-C, or for so many seconds from when the machines have been
    heard, when `told` is given what runs. Returns 1 if a part of it has failed. Raises
    KeyboardInterrupt if the end is asked for before, Refusal, OSError."""
    began = datetime.now(UTC)
    telemetry = open_telemetry(scene.telemetry)
    table = processes(scene, partial(_stores, telemetry, began))
    with asked_to_end() as ended, Together(table, place(scene, settings)) as together:
        stage = _Stage(call, settings, scene, together, ended, began, telemetry)
        if not _begun(stage):
            return 1
        heard = _arrived(stage)
        if together.failed:
            return 1
        if ended.is_set():
            raise KeyboardInterrupt
        told(_document(stage, heard))
        _play(stage, seconds)
        return _closed(stage)


def _closed(stage: _Stage) -> int:
    """Ends everything and says what became of what machines said."""
    output, together = stage.call.output, stage.together
    output.note(Text(""), demo_page.ENDING)
    killed = together.stop()
    output.note(*demo_page.ended(_books(stage.telemetry), killed, output.say))
    return 1 if together.failed or killed else 0


def _begun(stage: _Stage) -> bool:
    """Waits until every process runs and is ready. Raises KeyboardInterrupt."""
    deadline = monotonic() + STARTING
    together = stage.together
    while together.waiting:
        look = together.look()
        for name in look.ready:
            stage.call.output.note(demo_page.running(name, stage.scene, stage.call.say))
        _tell(stage, look.fallen, stage.call.output.err.print)
        if together.failed:
            return False
        if monotonic() > deadline:
            for name in together.waiting:
                said = together.said(name)
                stage.call.output.err.print(demo_page.late(name, said, stage.call.say))
            return False
        if stage.pause():
            raise KeyboardInterrupt
    return True


def _arrived(stage: _Stage) -> frozenset[str]:
    """Waits until every machine with a patient has been heard; the machines that were."""
    call, scene = stage.call, stage.scene
    deadline, heard = monotonic() + ARRIVING, frozenset[str]()
    console = call.output.err if call.output.json else call.output.out
    shown = Live(console=console, auto_refresh=False, transient=True)
    with shown if console.is_terminal else nullcontext() as screen:
        while not scene.treating <= heard and monotonic() < deadline:
            heard = _heard(stage.telemetry, stage.began)
            if screen is not None:
                screen.update(demo_page.arriving(scene, heard, call.say), refresh=True)
            _tell(stage, stage.together.look().fallen, console.print)
            if stage.together.failed or stage.pause():
                return heard
    call.output.note(demo_page.arrived(scene, heard, call.say))
    return heard


def _play(stage: _Stage, seconds: float | None) -> None:
    """The live view until the end is asked for or the time is over."""
    until = float("inf") if seconds is None else monotonic() + seconds
    output = stage.call.output
    here = open_sources(stage.scene.telemetry, stage.scene.database, "")
    if output.json or not output.out.is_terminal:
        line = partial(_line, stage, here)
        _loop(stage, until, _LINE, line, output.err.print)
        return
    with Live(console=output.out, auto_refresh=False, transient=True) as screen:

        def show() -> None:
            screen.update(Group(*_picture(stage, here)), refresh=True)

        _loop(stage, until, _PICTURE, show, screen.console.print)


def _loop(
    stage: _Stage,
    until: float,
    every: float,
    show: Callable[[], None],
    tell: Callable[[RenderableType], None],
) -> None:
    """Shows every so many seconds and tells at once of what has failed."""
    next_at = monotonic()
    while monotonic() < until and not stage.pause():
        _tell(stage, stage.together.look().fallen, tell)
        if monotonic() >= next_at:
            next_at = monotonic() + every
            show()


def _tell(stage: _Stage, fallen: Iterable[Fallen], tell: Callable[[RenderableType], None]) -> None:
    for one in fallen:
        tell(demo_page.fallen(one, stage.call.say))


def _line(stage: _Stage, here: Sources) -> None:
    now = datetime.now(UTC)
    seen = seen_at(present(here, now), now, escalation_times(stage.settings.alarms))
    stage.call.output.note(demo_page.line(seen))


def _picture(stage: _Stage, here: Sources) -> Iterable[RenderableType]:
    height = min(_TALLEST, stage.call.output.out.height - 1)
    yield Text("")
    yield from picture(stage.call, here, stage.settings, None, height - 3)
    yield Text("")
    yield demo_page.hint(stage.scene, stage.call.say)


def _stores(telemetry: sa.Engine, began: datetime) -> bool:
    """Whether an ingest of this run can write."""
    try:
        with reading(telemetry) as connection:
            return any(beat >= began for beat in pulses(connection).values())
    except DatabaseRefusal:
        return False  # it has not been made yet


def _heard(telemetry: sa.Engine, began: datetime) -> frozenset[str]:
    """The machines of which a sample of this run is stored."""
    with reading(telemetry) as connection:
        newest = latest_samples(connection)
    return frozenset(one.sample.key.machine for one in newest if one.received >= began)


def _books(telemetry: sa.Engine) -> demo_page.Books:
    with reading(telemetry) as connection:
        found = accounts(connection)
    return demo_page.Books(
        sum(one.accepted for one in found),
        sum(one.stored for one in found),
        sum(one.in_spool for one in found),
        sum(one.quarantined + one.conflicts for one in found),
        all(one.adds_up for one in found),
    )


def _document(stage: _Stage, heard: frozenset[str]) -> dict[str, object]:
    scene = stage.scene
    return {
        "folder": scene.folder,
        "broker": scene.broker.url,
        "mqtt": "5" if scene.mosquitto else "3.1.1",
        "moment": scene.moment,
        "machines": len(scene.machines),
        "with_patient": len(scene.treating),
        "heard": len(heard),
        "processes": stage.together.pids,
    }
