"""What would help whom a repair leaves out: each way is tried, and none is larger than needed."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from time import monotonic
from typing import Any

from domain.calendar import Turn
from domain.center import Hold
from domain.plan import Plan
from domain.problem import Problem
from domain.remedy import ExtraShift, GuestElsewhere, MoreNurses
from domain.trouble import NurseMissing, Trouble
from scheduler.check import check
from scheduler.planner import Onlooker
from scheduler.repair.limits import RepairLimits
from scheduler.repair.measures import Measure
from scheduler.repair.offer_words import hours_words, way_words
from scheduler.repair.offers import WayKind, WayOut, ways_out
from tests.scheduler.planning import TO_THE_END
from tests.scheduler.repair.mending import WEDNESDAY_NOON, mend, out
from tests.scheduler.worlds import (
    MONDAY,
    MORNING,
    nurses,
    people,
    planned,
    row,
    who,
    world,
)

_TWO = people(who("P1"), who("P2"))
_BOTH = ("P1 A1 am Mon Wed Fri", "P2 A2 am Mon Wed Fri")


def ways(problem: Problem, plan: Plan, *troubles: Trouble) -> dict[WayKind, WayOut]:
    """Every way, by its kind."""
    done = mend(problem, plan, *troubles)
    limits = RepairLimits()
    found = ways_out(problem, done, limits, TO_THE_END, Onlooker(monotonic))
    assert list(found) == sorted(found, key=lambda one: (one.left, one.cost.minutes))
    return {one.kind: one for one in found}


def full_center(**tables: Any) -> Problem:
    """Open in the morning on Monday, Wednesday and Friday only, with two who fill it."""
    shift = replace(MORNING, weekdays=frozenset({1, 3, 5}))
    return world(shifts=(shift,), **_TWO, **tables)


def test_nobody_left_out_needs_no_way() -> None:
    problem = world(**_TWO)
    assert ways(problem, planned(problem, *_BOTH), out("A1")) == {}


def test_the_fewest_turns_that_will_do_are_opened() -> None:
    problem = full_center()
    plan = planned(problem, *_BOTH)
    way = ways(problem, plan, out("A1"))[WayKind.EXTRA_SHIFT]
    (extra,) = way.remedies
    assert isinstance(extra, ExtraShift)
    assert len(extra.turns) == 1
    assert extra.turns[0].day > WEDNESDAY_NOON.date()
    assert way.left == 0
    assert way.cost.minutes > 0
    assert way.repaired is not None
    assert check(way.repaired.problem, way.repaired.plan).legal
    assert str(way_words(problem, way)).startswith("Extra shift")


def test_another_center_takes_exactly_who_is_left_out() -> None:
    problem = full_center()
    found = ways(problem, planned(problem, *_BOTH), out("A1"))
    way = found[WayKind.ELSEWHERE]
    assert way.remedies in ((GuestElsewhere(("P1",)),), (GuestElsewhere(("P2",)),))
    assert way.repaired is None


def test_a_station_held_for_emergencies_is_there_for_one() -> None:
    shift = replace(MORNING, weekdays=frozenset({1, 3, 5}))
    held = (Hold("A", 1, "emergencies"),)
    problem = world(shifts=(shift,), holds=held, **people(who("P1")))
    plan = planned(problem, "P1 A1 am Mon Wed Fri")
    found = ways(problem, plan, out("A1"))
    assert found[WayKind.HELD].left == 0
    assert "held for emergencies" in str(way_words(problem, found[WayKind.HELD]))


def test_a_nurse_in_place_of_the_one_who_is_missing() -> None:
    problem = full_center(staffing=nurses("A", am=2), rules=(row("nurse_ratio", limit=1),))
    friday = Turn(MONDAY + timedelta(days=4), "am")
    found = ways(problem, planned(problem, *_BOTH), NurseMissing("A", friday, 1))
    assert found[WayKind.NURSES].remedies == (MoreNurses("A", "am", (friday.day,), 1),)
    assert found[WayKind.NURSES].left == 0


def test_without_any_turn_to_open_only_the_other_center_is_left() -> None:
    every = replace(MORNING, weekdays=frozenset(range(1, 8)), start=time(8))
    problem = world(shifts=(every,), **people(*(who(f"P{n}", 7, 7) for n in (1, 2))))
    days = "Mon Tue Wed Thu Fri Sat Sun"
    plan = planned(problem, f"P1 A1 am {days}", f"P2 A2 am {days}")
    done = mend(problem, plan, out("A1"))
    assert done.of(Measure.UNPLACED).found == 4
    assert set(ways(problem, plan, out("A1"))) == {WayKind.ELSEWHERE}


def test_hours_are_said_to_a_tenth() -> None:
    assert str(hours_words(100)) == "1.7 h"
