from __future__ import annotations

from collections import Counter
from random import Random

from domain.need import wanted_sessions
from scheduler.model import PROMISES
from scheduler.planner import build_model
from scheduler.rules import RULES
from scheduler.walks import has_week, pace_of, seats_in_week, turns_by_day, walks, zone_masks
from scheduler.weeks import weeks_of
from tests.scheduler.random_worlds import random_problem
from tests.scheduler.worlds import MONDAY, last_week, people, who, world


def test_three_a_week_with_rest_days_are_the_four_patterns_that_centers_use() -> None:
    problem = world(**people(who("P1")))
    model = build_model(problem)
    pace = pace_of(model, "P1", MONDAY)
    turns = turns_by_day(MONDAY, seats_in_week(model, "P1", MONDAY))
    assert walks(pace, turns) == ((0, 2, 4), (0, 2, 5), (0, 3, 5), (1, 3, 5))


def test_after_a_friday_the_week_begins_on_monday() -> None:
    problem = world(sessions=last_week("P1 A1 am Mon Wed Fri"), **people(who("P1")))
    model = build_model(problem)
    pace = pace_of(model, "P1", MONDAY)
    assert {walk[0] for walk in walks(pace, (2,) * 6 + (0,))} == {0}


def test_a_week_exists_exactly_if_the_search_would_list_one() -> None:
    outcomes = Counter[bool]()
    for seed in range(60):
        dice = Random(seed)
        problem = random_problem(dice)
        spared = dice.choice(["one_a_day", "rest_day", "longest_gap", "one_zone", "locked", ""])
        model = build_model(problem, [rule for rule in RULES if rule.name != spared])
        zones = zone_masks(model)
        for patient in problem.patient:
            for monday in problem.mondays:
                if not wanted_sessions(problem, patient, monday):
                    continue
                tiers = sorted({PROMISES, *range(4)})
                weeks = weeks_of(model, patient, monday, tuple(zones.items()), tiers)
                listed = bool((weeks.cost[1:, tiers.index(PROMISES)] == 0).any())
                found = has_week(model, patient, monday, zones.values())
                assert found is listed, f"seed {seed}, {patient}, {monday}"
                outcomes[found] += 1
    assert min(outcomes[True], outcomes[False]) >= 20
