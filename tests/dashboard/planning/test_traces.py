"""What is kept of how a search went."""

from __future__ import annotations

from dashboard.planning.traces import Tracer, last_of_tiers, series, thinned
from domain.plan_job import JobTrace
from scheduler.planner import Progress

ROUGH = Progress(0.4, "timetable", (0, 1, 2), (0, 2009, 51), (0, 1, 19), rough=True)
FIRST = Progress(1.0, "timetable", (1, 2), (0, 201), (0, 150))
BETTER = Progress(1.2, "timetable", (1, 2), (0, 190), (0, 190))
SEATS = Progress(2.0, "seating", (3,), (40,), (10,))


def told(*progress: Progress) -> tuple[JobTrace, ...]:
    tracer = Tracer()
    for one in progress:
        tracer.hear(one)
    return tracer.rows


def test_rough_weighing_is_kept_as_one_line_and_what_is_settled_tier_by_tier() -> None:
    assert told(ROUGH, FIRST, SEATS) == (
        JobTrace(0.4, "start", -1, 2009, 1),
        JobTrace(1.0, "timetable", 1, 0, 0),
        JobTrace(1.0, "timetable", 2, 201, 150),
        JobTrace(2.0, "seating", 3, 40, 10),
    )


def test_what_says_nothing_more_is_left_out() -> None:
    assert told(FIRST, FIRST) == told(FIRST)


def test_each_tier_counts_as_it_stands_now() -> None:
    rows = told(ROUGH, FIRST, BETTER, SEATS)
    assert [(row.tier, row.cost, row.bound) for row in last_of_tiers(rows)] == [
        (1, 0, 0),
        (2, 190, 190),
        (3, 40, 10),
    ]
    assert last_of_tiers(told(ROUGH)) == told(ROUGH)
    assert last_of_tiers(()) == ()


def test_a_long_search_is_thinned_but_keeps_the_ends_of_every_tier() -> None:
    rows = [JobTrace(float(n), "timetable", 1, 1000 - n, n) for n in range(900)]
    rows += [JobTrace(900.0, "seating", 3, 5, 5)]
    few = thinned(rows, 50)
    assert len(few) <= 50
    assert (few[0], few[-2], few[-1]) == (rows[0], rows[899], rows[900])
    assert [row.seconds for row in few] == sorted(row.seconds for row in few)


def test_a_tracer_never_holds_many_more_rows_than_it_may() -> None:
    tracer = Tracer(most=20)
    for n in range(500):
        tracer.hear(Progress(float(n), "timetable", (1,), (1000 - n,), (n,)))
    assert len(tracer.rows) <= 41
    assert tracer.rows[-1].seconds == 499.0


def test_rows_are_drawn_tier_by_tier_in_the_order_of_their_beginning() -> None:
    found = series(told(ROUGH, FIRST, BETTER, SEATS))
    assert [[row.tier for row in rows] for rows in found] == [[-1], [1], [2, 2], [3]]
