"""What hardly ever happens: odd plans, odd rules, an error of ours."""

from __future__ import annotations

import numpy as np
import pytest

from domain.calendar import WEEK
from domain.center import Infection
from domain.patient import Marker
from domain.plan import Assignment, Plan
from domain.why_not import SeatAnswer
from scheduler.program import Columns, Listed, Overflow
from scheduler.weeks import Berth
from scheduler.why_not.arrange import Arranged
from scheduler.why_not.exchange import Exchange
from scheduler.why_not.ground import ground_of
from scheduler.why_not.seats import seated
from scheduler.why_not.way import Disagreement, way_of
from tests.scheduler.why_not.asking import ask_for, asked, sessions
from tests.scheduler.worlds import (
    MONDAY,
    blood_tests,
    nurses,
    people,
    planned,
    row,
    stations_named,
    two_weeks,
    who,
    world,
    zone,
)

MWF = "Mon Wed Fri"


def test_a_plan_that_the_checker_refuses_is_never_answered_with() -> None:
    problem = world(**people(who("P1"), who("P2")))
    ground = ground_of(problem, planned(problem, f"P1 A1 am {MWF}"))
    turn = ask_for("P2 am Mon").turn
    lonely = {"P2": (Berth(turn, "A", ground.model.every_station),)}
    with pytest.raises(Disagreement, match="1 sessions instead of 3"):
        way_of(ground, ground, (), Arranged(lonely, settled=True))


def test_where_nobody_can_be_seated_there_is_no_way() -> None:
    problem = world(stations=stations_named("A1"), **people(who("P1"), who("P2")))
    ground = ground_of(problem, Plan.of(MONDAY, 1, ()))
    turn = ask_for("P2 am Mon").turn
    both = {code: (Berth(turn, "A", 1),) for code in ("P1", "P2")}
    assert seated(ground, both) is None
    assert way_of(ground, ground, (), Arranged(both, settled=True)) is None
    assert way_of(ground, ground, (), Arranged(None, settled=True)) is None


def test_people_of_other_zones_are_left_alone() -> None:
    problem = world(
        zones=(zone("A", Infection.NEGATIVE), zone("B", Infection.HBV)),
        stations=stations_named("A1 B1"),
        serology=(
            *blood_tests("P1", MONDAY - WEEK), *blood_tests("P2", MONDAY - WEEK, Marker.HBSAG),
        ),
        **people(who("P1"), who("P2")),
    )  # fmt: skip
    plan = planned(problem, f"P1 A1 am {MWF}", f"P2 B1 am {MWF}")
    found = asked(problem, plan, "P1 pm Wed")
    assert found.way is not None
    assert sessions(found.way.plan, "P2") == sessions(plan, "P2")
    assert len(found.now) == 1


def test_two_weeks_are_planned_together_and_the_border_is_kept() -> None:
    problem = world(weeks=2, **people(who("P1"), who("P2")))
    plan = two_weeks(problem, [f"P1 A1 am {MWF}", f"P2 A2 am {MWF}"],
                     [f"P1 A1 am {MWF}", f"P2 A2 am {MWF}"])  # fmt: skip
    found = asked(problem, plan, "P1 am Sat")
    assert found.answer is SeatAnswer.POSSIBLE
    assert found.way is not None
    assert found.way.broken == ()
    assert len(found.way.plan.by_patient["P1"]) == 6
    assert [row.day.isoweekday() for row in found.way.plan.by_patient["P1"]][2:4] == [6, 1]


def test_somebody_planned_in_two_zones_against_the_rule_stays_there() -> None:
    problem = world(
        zones=(zone("A"), zone("B")), stations=stations_named("A1 B1"),
        **people(who("P1"), who("P2")),
    )  # fmt: skip
    rows = (
        *planned(problem, "P1 A1 am Mon Wed", "P2 A1 pm Mon Wed Fri").assignments,
        Assignment(ask_for("P1 am Fri").turn.day, "am", "B1", "P1"),
    )
    found = asked(problem, Plan.of(MONDAY, 1, rows), "P2 am Fri")
    assert found.answer is SeatAnswer.POSSIBLE
    assert found.way is not None
    assert found.way.broken == ()
    assert sessions(found.way.plan, "P1") == ["A1 am 03-02", "A1 am 03-04", "B1 am 03-06"]


def test_from_what_is_no_arrangement_nothing_is_exchanged() -> None:
    one = np.zeros(2, np.int64)
    columns = Columns(
        np.array([0, 0, 1, 1]), np.zeros(4, np.int64), np.arange(4),
        np.array([0, 0, 1, 1, 2]), one, np.ones(2, np.int64),
    )  # fmt: skip
    tight = Exchange(Listed(2, columns, np.array([1]), Overflow.none()))
    tight.explore(np.array([1, 2]), 1)
    assert tight.groups == {0, 1}
    assert tight.rows == {0}
    none = Exchange(Listed(2, columns, np.array([0]), Overflow.none()))
    none.explore(np.array([1, 2]), 1)
    assert none.groups == {1}


def test_a_turn_that_is_overfull_with_a_reason_stays_so() -> None:
    problem = world(
        stations=stations_named("A1 A2 A3"), staffing=nurses("A", am=1, pm=2),
        rules=(row("nurse_ratio", limit=1),), **people(who("P1"), who("P2"), who("P3")),
    )  # fmt: skip
    plan = planned(problem, f"P1 A1 am {MWF}", f"P2 A2 am {MWF}", f"P3 A1 pm {MWF}")
    found = asked(problem, plan, "P3 pm Tue")
    assert found.answer is SeatAnswer.POSSIBLE
    assert found.way is not None
    assert (found.way.others.found, found.way.broken) == (0, ())
    assert asked(problem, plan, "P3 am Mon").answer is SeatAnswer.POSSIBLE
    full = asked(problem, plan, "P3 am Mon", station="A3")
    assert full.way is not None
    assert full.way.others.found == 1


def test_who_sits_in_the_turn_already_keeps_the_seat() -> None:
    problem = world(stations=stations_named("A1 A2 A3"), **people(who("P1"), who("P2"), who("P3")))
    plan = planned(problem, f"P1 A1 am {MWF}", f"P2 A1 pm {MWF}", f"P3 A2 pm {MWF}")
    found = asked(problem, plan, "P1 pm Wed")
    assert found.way is not None
    assert found.way.stations == 0
    assert sessions(found.way.plan, "P1")[1] == "A3 pm 03-04"
