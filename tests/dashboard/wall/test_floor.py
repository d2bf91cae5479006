"""Where machines stand, and half an hour as a small line."""

from __future__ import annotations

from datetime import timedelta

from dashboard.wall.floor import FloorPlan, floor_plan
from dashboard.wall.frames import course
from dashboard.wall.payload import encoded
from dashboard.wall.sparks import POINTS, sparks
from db.sample.center import make_center
from db.sample.named import NAMED, SEED
from tests.dashboard.wall.moments import NOW


def test_a_walk_goes_through_each_zone_in_the_order_of_its_stations() -> None:
    register = make_center(NAMED["huangchuan"], SEED)
    plan = floor_plan(register)
    assert [str(zone) for zone in plan.zones] == [str(zone.name) for zone in register.zones]
    walk = sorted(plan.place, key=lambda code: plan.place[code][1])
    assert len(walk) == len(register.stations)
    zones = [plan.place[code][0] for code in walk]
    assert zones == sorted(zones)
    assert plan.place[walk[0]] == (0, 0)


def test_without_a_register_nothing_stands_anywhere() -> None:
    assert floor_plan(None) == FloorPlan()


def test_a_small_line_has_thirty_minutes_and_gaps_where_nothing_was_measured() -> None:
    end = int(NOW.timestamp() // 60)
    means = {"venous_pressure_mmhg": {end - 1: 130.4, end - 30: 120.0, end - 31: 999.0}}
    found = sparks({"HD-1": means}, NOW)
    assert found.end == end
    art, ven, tmp = found.lines["HD-1"]
    assert art == tmp == (None,) * POINTS
    assert ven == (120, *(None,) * 28, 130)


def test_the_line_moves_on_with_the_minutes() -> None:
    end = int(NOW.timestamp() // 60)
    later = sparks({"HD-1": {"tmp_mmhg": {end - 1: 80.0}}}, NOW + timedelta(minutes=2))
    assert later.lines["HD-1"][2][-3] == 80
    assert b'"lines":{"HD-1":' in encoded(course(later))
