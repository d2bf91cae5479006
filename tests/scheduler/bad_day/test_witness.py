"""A second witness: HiGHS on another model, windows that need a session instead of weeks."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

import pytest
from ortools.math_opt.python import mathopt

from domain.bad_day import DoctorsRule
from domain.calendar import DAY
from domain.trouble import StationOut
from domain.troubled import troubled
from scheduler.bad_day.answer import bad_day
from scheduler.bad_day.asked import Asked, put
from scheduler.effort import Effort
from scheduler.planner import Onlooker
from tests.scheduler.worlds import last_week, people, planned, stations_named, who, world


@pytest.mark.parametrize("seed", range(8))
def test_the_worst_wait_is_the_least_for_which_all_windows_can_be_filled(seed: int) -> None:
    dice = Random(seed)
    codes = [f"P{n}" for n in range(1, dice.randint(6, 14) + 1)]
    stations = " ".join(f"A{n}" for n in range(1, 8))
    seats = [f"A{n // 4 + 1} {('am', 'pm')[n % 2]}" for n in range(len(codes))]
    days = [("Mon Wed Fri", "Tue Thu Sat")[n // 2 % 2] for n in range(len(codes))]
    texts = [f"{code} {seat} {when}" for code, seat, when in zip(codes, seats, days, strict=True)]
    problem = world(
        **people(*map(who, codes)), stations=stations_named(stations), sessions=last_week(*texts)
    )
    now = datetime(2026, 3, 2, 6) + timedelta(days=dice.randint(0, 2))
    left = dice.randint(1, 2)
    lost = [StationOut(f"A{n}", now) for n in range(left + 1, 8)]
    week, plan = troubled(problem, lost, now), planned(problem, *texts)
    effort, onlooker = Effort(seconds=60, workers=1), Onlooker(lambda: 0.0)
    found = bad_day(week, plan, (), DoctorsRule(), now, effort, onlooker)
    asked = put(week, plan, (), DoctorsRule(), now)
    least = next(over for over in range(12) if _can_be_filled(asked, over, 2 * left))
    assert (found.over, found.bound) == (least, least), seed


def _can_be_filled(asked: Asked, over: int, seats: int) -> bool:
    """True if everybody can have a session in every stretch of days that is one day longer than
    the own line and so much more allow."""
    model = mathopt.Model()
    days = [day for day in asked.problem.days if day >= asked.now.date() and day.weekday() < 6]
    comes = {
        (code, day): model.add_binary_variable() for code in asked.counted.lines for day in days
    }
    for day in days:
        model.add_linear_constraint(sum(comes[code, day] for code in asked.counted.lines) <= seats)
    for code, line in asked.counted.lines.items():
        _fill(model, asked, code, line + over, {day: comes[code, day] for day in days})
    result = mathopt.solve(model, mathopt.SolverType.HIGHS)
    return bool(result.termination.reason == mathopt.TerminationReason.OPTIMAL)


def _fill(
    model: mathopt.Model,
    asked: Asked,
    code: str,
    limit: int,
    comes: dict[date, mathopt.Variable],
) -> None:
    last, end = asked.counted.since(code), asked.counted.reopening
    done = sum(row.patient == code for row in asked.begun)
    model.add_linear_constraint(sum(comes.values()) + done <= 3)
    for day, here in comes.items():
        if day == last + DAY:
            model.add_linear_constraint(here == 0)
        if day + DAY in comes:
            model.add_linear_constraint(here + comes[day + DAY] <= 1)
    first = last
    while first + limit * DAY < end:
        inside = [comes[day] for day in comes if first < day <= first + limit * DAY]
        model.add_linear_constraint(sum(inside) >= 1 if inside else comes[min(comes)] >= 2)
        first += DAY
