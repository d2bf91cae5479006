"""From the telemetry database to alarms: everything once, whoever is killed and however often."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from db.care.alarms import change_alarm, load_alarm, taken_position
from db.care.follow import follow
from db.care.present import Sources, open_sources, present
from db.connection import reading, writing
from db.opening import open_database
from db.refusal import DatabaseRefusal
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from db.telemetry.store import TelemetryStore
from domain.alarm import EdgePhase, MachineState, Priority
from domain.alarm_life import AlarmLife
from domain.alarm_response import closed
from domain.telemetry import (
    Arrival,
    Event,
    GatewayLife,
    Generation,
    Key,
    LinkState,
    LinkStatus,
    Origin,
    Sample,
)
from tests.db.care.world import CENTER, alarms
from tests.db.world import store
from tests.domain.alarms import BOOT_A, at, edge, event

START, CONTINUE, END = EdgePhase
AFTER = {Priority.HIGH: timedelta(minutes=30)}
Speak = Callable[..., None]


@pytest.fixture
def here(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Sources]:
    """A center's database, and a telemetry database beside it."""
    file = tmp_path / "clearshift.db"
    shutil.copyfile(migrated_sqlite, file)
    engine = open_database(f"sqlite:///{file}")
    store(engine)
    telemetry = open_telemetry(f"sqlite:///{tmp_path / 'telemetry.db'}")
    upgrade(telemetry)
    yield Sources(telemetry, engine, CENTER)
    engine.dispose()
    telemetry.dispose()


@pytest.fixture
def speak(here: Sources) -> Speak:
    """Lets machines say something, as ingest stores it."""
    held = TelemetryStore(here.telemetry, lambda: frozenset({"HD-01", "HD-02"}))

    def said(*events: Event, link: LinkStatus | None = None, alive: bool = True) -> None:
        held.settle([_arrival(one) for one in events], [])
        if link is not None:
            state = LinkState("HD-01", "gw", BOOT_A, link, at(0), at(0))
            held.note(at(0), [state], [], [GatewayLife("gw", BOOT_A, alive, at(0))])

    return said


def _arrival(one: Event) -> Arrival:
    return Arrival(one, one.origin.ts, b"%16d" % one.key.seq, b"")


def step(here: Sources, most: int = 500) -> tuple[int, int, bool]:
    found = follow(here.telemetry, here.database, CENTER, at(20), AFTER, most)
    return found.events, found.changed, found.more


def only(here: Sources) -> AlarmLife:
    (life,) = alarms(here.database)
    return life


def test_events_become_alarms_in_steps_each_once(here: Sources, speak: Speak) -> None:
    speak(event(1, edge()), event(2, edge(code="air")), event(3, edge(END)))
    assert step(here, most=2) == (2, 2, True)
    assert step(here, most=2) == (1, 1, False)
    assert step(here) == (0, 0, False)
    assert {(one.code, one.state.value) for one in alarms(here.database)} == {
        ("venous_pressure", "inactive"), ("air", "active"),
    }  # fmt: skip


def test_another_follower_that_was_faster_is_waited_for(
    here: Sources, speak: Speak, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(event(1, edge()))
    asked: list[int] = []

    def late(session: Session, center: str) -> int:
        """The position as it was before the other one moved it."""
        asked.append(1)
        return -1 if len(asked) == 1 else taken_position(session, center)

    monkeypatch.setattr("db.care.follow.taken_position", late)
    assert step(here) == (0, 0, True)
    assert alarms(here.database) == ()


def test_the_alarms_of_a_dead_gateway_are_unknown_until_it_lives_again(
    here: Sources, speak: Speak
) -> None:
    speak(event(1, edge()), link=LinkStatus.ONLINE)
    step(here)
    speak(link=LinkStatus.ONLINE, alive=False)
    assert step(here) == (0, 1, False)
    assert step(here) == (0, 0, False)
    assert only(here).state is MachineState.UNKNOWN
    speak(link=LinkStatus.ONLINE)
    step(here)
    assert only(here).state is MachineState.ACTIVE
    assert [record.act.value for record in only(here).records] == [
        "raised", "link lost", "link back",
    ]  # fmt: skip


def test_what_was_closed_while_a_gateway_was_dead_comes_back_with_it(
    here: Sources, speak: Speak
) -> None:
    speak(event(1, edge()), link=LinkStatus.ONLINE, alive=False)
    step(here)
    with writing(here.database) as session:
        change_alarm(session, CENTER, "HD-01", 1, lambda life: closed(life, "Li", at(9), "gone"))
    assert step(here)[1] == 0
    speak(link=LinkStatus.ONLINE)
    step(here)
    assert (only(here).fresh, only(here).state) == (True, MachineState.ACTIVE)


def test_a_gateway_that_says_unknown_is_believed_until_it_says_more(
    here: Sources, speak: Speak
) -> None:
    unknown = edge(CONTINUE, MachineState.UNKNOWN)
    speak(event(1, edge()), event(2, "no_reply"), event(3, unknown), event(4, "online"))
    step(here)
    assert only(here).state is MachineState.UNKNOWN
    speak(event(5, edge(CONTINUE)))
    step(here)
    assert (only(here).state, only(here).times) == (MachineState.ACTIVE, 1)


def test_what_nobody_has_seen_in_time_is_told_once(here: Sources, speak: Speak) -> None:
    speak(event(1, edge()))
    found = follow(here.telemetry, here.database, CENTER, at(31), AFTER)
    assert [life.machine for life in found.escalated] == ["HD-01"]
    assert follow(here.telemetry, here.database, CENTER, at(32), AFTER).escalated == ()
    with reading(here.database) as session:
        assert load_alarm(session, CENTER, "HD-01", 1).escalated_at == at(31)


def test_the_present_is_the_same_whether_or_not_somebody_has_followed(
    here: Sources, speak: Speak
) -> None:
    speak(event(1, edge()), event(2, edge(code="air")), event(3, edge(END)))

    def shown() -> list[tuple[int, str, MachineState]]:
        found = present(here, at(5))
        assert not found.behind
        return sorted((one.number, one.code, one.state) for one in found.alarms)

    before = shown()
    step(here, most=1)
    assert shown() == before
    step(here)
    assert shown() == before == [
        (1, "venous_pressure", MachineState.INACTIVE), (2, "air", MachineState.ACTIVE),
    ]  # fmt: skip


def test_a_sample_that_was_spooled_is_as_old_as_it_is(here: Sources) -> None:
    held = TelemetryStore(here.telemetry, lambda: frozenset({"HD-01"}))
    for seq, late in ((1, 2), (2, 3600)):
        origin = Origin("gw", "jsdt3", Generation.TEST, at(seq))
        one = Sample(Key("HD-01", BOOT_A, seq), origin, None, None, None, {"tmp_mmhg": 90.0})
        received = at(seq) + timedelta(seconds=late)
        held.settle([Arrival(one, received, b"%16d" % seq, b"")], [])
    (newest,) = present(here, at(90)).newest
    assert newest.at == at(2) + timedelta(seconds=2)


def test_without_a_centers_database_there_is_what_was_said(
    here: Sources, speak: Speak, tmp_path: Path
) -> None:
    speak(event(1, edge()), link=LinkStatus.OFFLINE)
    url = here.telemetry.url.render_as_string(hide_password=False)
    alone = open_sources(url, f"sqlite:///{tmp_path / 'none.db'}", CENTER)
    found = present(alone, at(5))
    assert (alone.center, found.register, found.beat) == (None, None, None)
    assert [life.state for life in found.alarms] == [MachineState.UNKNOWN]
    assert not (tmp_path / "none.db").exists()


def test_a_database_without_telemetry_is_refused(here: Sources, tmp_path: Path) -> None:
    nothing = Sources(open_telemetry(f"sqlite:///{tmp_path / 'none.db'}"), here.database, CENTER)
    with pytest.raises(DatabaseRefusal, match="has no tables yet"):
        present(nothing, at(5))
    with pytest.raises(DatabaseRefusal, match="has no tables yet"):
        step(nothing)


def test_telemetry_in_the_centers_own_database_is_refused(here: Sources) -> None:
    url = here.database.url.render_as_string(hide_password=False)
    with pytest.raises(DatabaseRefusal, match="telemetry needs one of its own"):
        present(open_sources(url, url, CENTER), at(5))
