"""What is read from a run's progress."""

from datetime import date

import pytest

from benchmarks.measure.watched import Watch, gap_after, gaps, reached
from domain.plan import Plan, Run, Stage, Status
from scheduler.check import Verdict
from scheduler.planner import Planned, Progress

FACTOR = (100, 10, 1)


def run(told: list[Progress], stages: list[Stage]) -> Watch:
    plan = Plan.of(date(2026, 3, 2), 1, ())
    about = Run(Status.OPTIMAL, tuple(stages), (), 9.0, 1, 2, False, "1")
    return Watch(tuple(told), Planned(plan, about, Verdict((), (), ())), 9.0)


ROUGH = Progress(1.0, "timetable", (0, 1, 2), (0, 40, 0), (0, 30, 0), rough=True)
FIRST = Progress(2.0, "timetable", (0, 1), (0, 0), (0, 0))
LAST = [
    Progress(3.0, "timetable", (2,), (400,), (300,)),
    Progress(4.0, "timetable", (2,), (400,), (398,)),
    Progress(5.0, "timetable", (2,), (400,), (400,)),
]
SEATS = Progress(6.0, "seating", (3,), (7,), (0,))


def stages(unplaced: int = 0, stations: str = "seating", bound: int = 5) -> list[Stage]:
    return [
        Stage("timetable", 1, unplaced, unplaced, 1.0),
        Stage("timetable", 2, 93, 93, 1.0),
        Stage(stations, 3, 7, bound, 1.0),
    ]


def test_a_gap_is_the_smallest_known_by_then() -> None:
    known = list(gaps(run([ROUGH, FIRST, *LAST, SEATS], stages()), FACTOR))
    assert known == [(1.0, 0.25), (3.0, 0.25), (4.0, 0.005), (5.0, 0.0)]
    assert gap_after(known, 4.5) == 0.005
    assert gap_after(known, 0.5) is None
    assert reached(known, 0.01) == 4.0


def test_a_rough_gap_does_not_count_if_more_important_tiers_cost_something() -> None:
    known = list(gaps(run([ROUGH, FIRST, *LAST], stages(unplaced=1000)), FACTOR))
    assert known[0] == (3.0, 0.25)


def test_no_gap_is_known_behind_a_tier_that_is_not_proven() -> None:
    open_first = Progress(2.0, "timetable", (0, 1), (0, 9), (0, 0))
    assert list(gaps(run([open_first, *LAST], stages()), FACTOR)) == []


def test_the_timetable_ends_where_the_stations_begin() -> None:
    seen = run([FIRST, *LAST, SEATS], stages())
    assert (seen.build_seconds, seen.slots_end) == (2.0, 6.0)
    assert (seen.slots_proven, seen.seats_proven) == (True, False)


@pytest.mark.parametrize(("stations", "gap"), [("seating", 0.07), ("joint", 0.02)])
def test_only_a_joint_bound_on_stations_counts_for_both_stages(stations: str, gap: float) -> None:
    seen = run([FIRST, *LAST], stages(stations=stations))
    assert seen.joint_gap == pytest.approx(gap)
