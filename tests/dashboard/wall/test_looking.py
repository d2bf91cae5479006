"""One look for everybody: what is asked again, and what is said where nothing can be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from dashboard.site import Site
from dashboard.wall.looking import NO_NEWS, Looking, looking_of
from db.connection import reading, writing
from db.load import load_layout, load_register
from db.refusal import DatabaseRefusal
from db.telemetry.connection import open_telemetry
from db.telemetry.glance import minute_means, newest_event
from db.telemetry.read import reading as reading_telemetry
from db.telemetry.store import TelemetryStore
from domain.telemetry import Event, EventKind, Generation, Key, Origin
from tests.dashboard.world import NOW
from tests.db.telemetry.world import BOOT, arrive, at, sample


def moving(site: Site) -> tuple[Site, list[datetime]]:
    """The same site with a clock that a test sets."""
    now = [NOW]
    return replace(site, clock=lambda: now[0]), now


def test_a_look_is_shared_for_as_long_as_it_is_young_enough(site: Site) -> None:
    here, now = moving(site)
    looking = Looking(here)
    first = looking.look()
    now[0] += timedelta(seconds=0.5)
    assert looking.look(timedelta(seconds=1)) is first
    assert looking.look() is not first
    now[0] -= timedelta(hours=1)  # a clock that was set back
    assert looking.look(timedelta(seconds=1)).at == now[0]


def test_where_stations_stand_is_asked_for_once_a_minute(site: Site) -> None:
    here, now = moving(site)
    looking = Looking(here)
    before = looking.look().floor
    with writing(site.here.database) as session:
        session.execute(sa.text("UPDATE zones SET name_en = 'Other'"))
    now[0] += timedelta(seconds=59)
    assert looking.look().floor == before
    now[0] += timedelta(seconds=1)
    assert [zone.en for zone in looking.look().floor.zones] == ["Other"]


def test_a_database_that_is_gone_is_a_moment_with_a_reason(site: Site, tmp_path: Path) -> None:
    absent = open_telemetry(f"sqlite:///{tmp_path / 'none.db'}")
    broken = replace(site, here=replace(site.here, telemetry=absent))
    found = Looking(broken).look()
    assert found.seen is None
    assert found.event == NO_NEWS
    assert "has no tables yet" in str(found.reasons[0])
    assert Looking(broken).news() == 0


def test_one_process_looks_once_for_a_site(site: Site) -> None:
    assert looking_of(site) is looking_of(site)
    other = replace(site)
    assert looking_of(other) is not looking_of(site)


def test_a_layout_has_stations_and_machines_and_nobody(site: Site) -> None:
    with reading(site.here.database) as session:
        whole, layout = (load(session, site.center) for load in (load_register, load_layout))
        with pytest.raises(DatabaseRefusal, match="There is no center X"):
            load_layout(session, "X")
    assert whole.patients
    assert layout == replace(
        type(whole)(center=whole.center),
        zones=whole.zones,
        stations=whole.stations,
        machines=whole.machines,
        placements=whole.placements,
    )


def test_the_newest_event_and_the_means_of_minutes_are_told_at_once(site: Site) -> None:
    engine = site.here.telemetry
    store = TelemetryStore(engine, lambda: frozenset({"HD-1"}))
    with reading_telemetry(engine) as connection:
        assert newest_event(connection) == 0
    origin = Origin("gw", "jsdt3", Generation.TEST, at(3))
    phase = Event(Key("HD-1", BOOT, 3), origin, EventKind.PHASE, text="treatment")
    store.settle(
        [
            arrive(sample(1, seconds=1, venous_pressure_mmhg=120.0)),
            arrive(sample(2, seconds=2, venous_pressure_mmhg=130.0)),
            arrive(phase),
        ],
        [],
    )
    while store.tend(at(200)):
        pass
    with reading_telemetry(engine) as connection:
        assert newest_event(connection) == 1
        names = ("venous_pressure_mmhg", "tmp_mmhg")
        found = minute_means(connection, names, at(0), at(60))
        nothing = minute_means(connection, names, at(60), at(600))
    minute = int(at(0).astimezone(UTC).timestamp() // 60)
    assert found == {"HD-1": {"venous_pressure_mmhg": {minute: 125.0}}}
    assert nothing == {}
