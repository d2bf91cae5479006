"""The floor that staggered begins are played on: small days whose course can be told by hand."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from benchmarks.choreography_rows import Choreographed, Floor
from benchmarks.families.choreography import CHOREOGRAPHY
from benchmarks.measure.floor import Chances, Drawn, Visit, peaks, play
from benchmarks.records import Records, Surroundings

NURSE = ("A", 1)
VISIT = Visit(NURSE, "A1", come=450.0, begin=480.0, minutes=240.0, turnover=30.0)
FLOOR = Floor([0, 2, 3], [float(n) for n in range(11)], 40.0, 3.0)
ROW = Choreographed(
    machines=4, patients=33, seed=1, sessions=90, seconds=0.5, scenes=6, open=0, crowded=30,
    crowded_bound=30, waited=180, peak_at_once=4, peak=2, smooth=False, at_once=asdict(FLOOR),
    staggered=asdict(replace(FLOOR, peaks=[0, 5])),
)  # fmt: skip


def steady(mean: float) -> Drawn:
    return (mean, 0.0, mean, mean)


STEADY = Chances(steady(12.0), steady(8.0), steady(0.0), steady(18.0), stops=0.0)
"""Every draw is its mean, and no pump stops."""


def test_a_patient_alone_waits_for_nobody() -> None:
    day = play([VISIT], "1", STEADY)
    connect, disconnect = day.works
    assert (connect.due, connect.begun, connect.done) == (480.0, 480.0, 492.0)
    assert disconnect.due == 492 + 240
    assert day.end == 492 + 240 + 8
    assert day.seat == (30.0,)
    assert peaks(day.works) == {NURSE: 1}


def test_two_at_once_wait_for_one_pair_of_hands_and_two_apart_do_not() -> None:
    at_once = play([VISIT, replace(VISIT, station="A2")], "1", STEADY)
    assert [work.begun for work in at_once.works[:2]] == [480.0, 492.0]
    assert peaks(at_once.works) == {NURSE: 2}
    later = replace(VISIT, station="A2", come=465.0, begin=495.0)
    assert peaks(play([VISIT, later], "1", STEADY).works) == {NURSE: 1}


def test_the_next_patient_of_a_station_waits_until_it_is_ready() -> None:
    day = play([VISIT, replace(VISIT, come=690.0, begin=720.0)], "1", STEADY)
    ready = 480 + 12 + 240 + 8 + 30
    assert day.works[2].due == ready
    assert day.seat[1] == ready - 690


def test_whoever_comes_late_is_connected_late() -> None:
    assert play([replace(VISIT, come=475.0)], "1", STEADY).works[0].due == 475 + 18


def test_the_same_luck_for_the_same_visits_whatever_their_times() -> None:
    visits = [VISIT, replace(VISIT, station="A2"), replace(VISIT, station="A3")]
    assert play(visits, "x") == play(list(reversed(visits)), "x")
    assert play(visits, "x") != play(visits, "y")
    first, *_ = play(visits, "x").works
    later = [replace(one, come=one.come + 60, begin=one.begin + 60) for one in visits]
    assert play(later, "x").works[0].done - first.done == pytest.approx(60)


def test_an_empty_day_has_no_course() -> None:
    assert (play([], "1").works, play([], "1").end) == ((), 0.0)


def test_the_report_puts_both_floors_side_by_side() -> None:
    around = Surroundings("2026-11-22", "a machine", 2, 8.0, 0.0, "3.11", {})
    text = CHOREOGRAPHY.report(Records(around, (ROW,)))
    assert "| by the plan: most tasks of a nurse at once | 4 | 2 |" in text
    assert "| played: most at once, median of nurses and days | 2 | 1 |" in text
    assert "| parts proven optimal | 6 of 6 |" in text
    assert CHOREOGRAPHY.report(Records(around, ())) == "No results.\n"
    assert ROW.brief() == "0.50 s, proven, peak 4 -> 2"
