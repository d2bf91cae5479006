"""Crowded zones: what is held and what is left make a legal seating, and bounds stay true."""

from __future__ import annotations

import pytest

from db.sample.center import make_center
from db.sample.size import ordinary_week
from db.sample.spec import FIRST_MONDAY
from domain.plan import Stage
from domain.problem import Problem
from scheduler import crowd
from scheduler.planner import Planned
from tests.scheduler.planning import plan_for


def planned(seed: int) -> Planned:
    return plan_for(Problem(make_center(ordinary_week(16, 130), seed), FIRST_MONDAY))


def seats(of: Planned) -> Stage:
    return next(stage for stage in of.run.stages if stage.name == "seating")


@pytest.mark.parametrize("seed", range(1, 4))
def test_a_zone_seated_as_a_crowd_is_legal_and_as_good_as_any(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = planned(seed)
    monkeypatch.setattr(crowd, "_CROWD", 25)
    crowded = planned(seed)
    assert crowded.verdict.legal
    assert seats(usual).bound == seats(usual).cost
    assert seats(crowded).bound <= seats(usual).cost <= seats(crowded).cost
    assert crowded.run.stages[0].cost == usual.run.stages[0].cost
    assert seats(crowded).cost == seats(usual).cost


def test_what_the_relaxation_leaves_over_is_seated_in_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes: list[int] = []
    seat_all = crowd.seat_all

    def noted(program, start, effort, watch):  # type: ignore[no-untyped-def]
        sizes.append(program.groups)
        return seat_all(program, start, effort, watch)

    monkeypatch.setattr(crowd, "_CROWD", 25)
    monkeypatch.setattr(crowd, "seat_all", noted)
    planned(1)
    assert sizes, "nothing was held and seated in turn"
