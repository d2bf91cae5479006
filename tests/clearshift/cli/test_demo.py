"""What the demo plays, and what it keeps away from its programs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from clearshift.cli.alone import alone
from clearshift.cli.demo import Sample
from clearshift.cli.demo_page import LOSS, fallen
from clearshift.cli.demo_scene import (
    BrokerKind,
    Scene,
    lying,
    moment_of,
    place,
    processes,
    with_mosquitto,
)
from clearshift.cli.refusal import Refusal
from clearshift.cli.simulated_center import Sitting
from clearshift.i18n import speaker
from clearshift.processes import Fallen
from clearshift.settings import DatabaseSettings, Settings, load
from db.sample.named import NAMED
from devices.twin.script import Modality
from domain.words import words
from tests.clearshift.cli.calling import Ask

MONDAY = date(2026, 3, 2)


def sitting(machine: str, start: str) -> Sitting:
    return Sitting(machine, "P001", datetime.fromisoformat(f"2026-03-{start}"), 240, Modality.HD)


PLAYED = (
    sitting("HD-1", "02T07:00"),
    sitting("HD-1", "03T07:00"),
    sitting("HD-2", "03T07:15"),
    sitting("HD-2", "04T12:00"),
    sitting("HD-3", "03T07:30"),
)


def scene(folder: Path, *, mosquitto: bool = False) -> Scene:
    moment = datetime(2026, 3, 3, 8)
    machines = frozenset({"HD-1"})
    return Scene(folder, "en", mosquitto, 1884, 2576, 8501, moment, machines, frozenset())


def printed(part: RenderableType) -> list[str]:
    screen = StringIO()
    Console(file=screen, width=100, color_system=None).print(part)
    return [line.rstrip() for line in screen.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-11-24T09:00", "2026-03-03T09:00"),  # a Tuesday: as busy as it ever is
        ("2026-03-03T07:20", "2026-03-03T07:20"),  # two of three lie there
        ("2026-11-23T09:00", "2026-03-03T07:45"),  # a Monday with one patient
        ("2026-11-24T03:00", "2026-03-03T07:45"),
    ],
)
def test_it_is_now_or_the_fullest_moment_of_the_week(now: str, moment: str) -> None:
    found = moment_of(PLAYED, MONDAY, datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(moment)


def test_without_anybody_planned_it_is_now() -> None:
    assert moment_of((), MONDAY, datetime(2026, 3, 3, 9)) == datetime(2026, 3, 3, 9)


def test_a_machine_has_a_patient_from_start_to_end() -> None:
    start = datetime(2026, 3, 2, 7)
    second = timedelta(seconds=1)
    assert lying(PLAYED, start) == lying(PLAYED, start + timedelta(hours=4) - second) == {"HD-1"}
    assert lying(PLAYED, start - second) == lying(PLAYED, start + timedelta(hours=4)) == set()


def test_its_programs_see_its_own_settings_and_nothing_of_the_centers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEARSHIFT_BROKER__URL", "mqtts://the.center")
    monkeypatch.setenv("CLEARSHIFT_CONFIG", "center.toml")
    outside = Settings(database=DatabaseSettings(url="sqlite:///center.db"))
    inside = place(scene(tmp_path), outside).environment
    assert "CLEARSHIFT_CONFIG" not in inside
    for name in ("CLEARSHIFT_BROKER__URL", "CLEARSHIFT_CONFIG"):
        monkeypatch.delenv(name)
    for name, value in inside.items():
        if name.startswith("CLEARSHIFT_"):
            monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    seen = load()
    assert seen.database.url == "sqlite:///clearshift.db"
    assert seen.telemetry.url == "sqlite:///telemetry.db"
    assert seen.broker.url == "embedded://127.0.0.1:1884"
    assert seen.gateway.lines == Path("simulator/lines.toml")
    assert (seen.alarms, seen.plan) == (outside.alarms, outside.plan)


def test_with_mosquitto_the_clients_speak_the_newer_mqtt(tmp_path: Path) -> None:
    assert scene(tmp_path).broker.url == "embedded://127.0.0.1:1884"
    assert scene(tmp_path, mosquitto=True).broker.url == "mqtt://127.0.0.1:1884"


def test_every_program_has_a_line_on_what_its_loss_means(tmp_path: Path) -> None:
    assert {one.name for one in processes(scene(tmp_path), lambda: True)} == set(LOSS)
    said = printed(fallen(Fallen("ingest", -9, ("one", "two")), speaker("en")))
    assert said == [
        "✗ ingest was killed by signal 9. Nothing is stored any more; the gateway keeps what it"
        " reads.",
        "    one",
        "    two",
    ]
    said = printed(fallen(Fallen("other", 3, ()), speaker("en")))
    assert said == ["✗ other has ended with code 3."]


def test_mosquitto_is_taken_where_it_is_installed() -> None:
    assert [with_mosquitto(one, there=True) for one in BrokerKind] == [True, False, True]
    assert not with_mosquitto(BrokerKind.AUTO, there=False)
    with pytest.raises(Refusal, match="mosquitto is not installed"):
        with_mosquitto(BrokerKind.MOSQUITTO, there=False)


def test_it_can_show_every_sample_there_is() -> None:
    assert {one.value for one in Sample} == set(NAMED)


def test_a_second_demo_in_the_folder_is_refused(folder: Path, ask: Ask) -> None:
    (folder / "demo").mkdir()
    with alone(folder / "demo", words("taken")):
        assert ask("demo", code=2).err == "demo: another demo runs there.\n"
    assert [one.name for one in (folder / "demo").iterdir()] == [".lock"]
