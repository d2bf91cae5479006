"""What is said of the wall in browsers."""

from __future__ import annotations

from benchmarks.families.wall import WALL
from benchmarks.measure.wall import latencies
from benchmarks.measure.wall_writer import LOWEST, SPAN, marked
from benchmarks.records import Records, Surroundings
from benchmarks.rows import Wall
from benchmarks.scale import FULL

AROUND = Surroundings("2026-03-02", "a machine", 2, 4.0, 0.1, "3.11", {})


def test_each_page_counts_from_what_was_said_to_when_it_first_showed_it() -> None:
    said = [(10.0, "M1", "alarm", "air"), (20.0, "M1", "sample", "101")]
    first = {("M1", "alarm", "air"): [9.0, 10.5, 12.0], ("M1", "sample", "101"): [19.0]}
    second = {("M1", "alarm", "air"): [11.0]}
    assert latencies(said, [first, second]) == ([0.5, 1.0], 2)


def test_the_goals_are_told_beside_the_figures() -> None:
    good = Wall("staff", 100, 2, 18, 60.0, 0.4, 0.9, 0, 0.6, 1.2, 3, 4.8, 200.0)
    slow = Wall("display", 100, 2, 18, 60.0, 0.4, 1.9, 1, 0.6, 1.2, 3, 9.0, 200.0)
    text = WALL.report(Records(AROUND, (good, slow)))
    assert "0.90 s (within 1.50 s)" in text
    assert "8.00 % (within 10.00 %)" in text
    assert "1.90 s (**above** 1.50 s)" in text
    assert "15.00 % (**above** 10.00 %)" in text
    note = Wall("staff", 100, 2, 18, 60.0, note="not run: no chromium")
    assert "not run: no chromium" in WALL.report(Records(AROUND, (note,)))
    assert WALL.report(Records(AROUND, ())) == "No results.\n"


def test_the_full_run_is_of_a_hundred_machines_and_twenty_viewers() -> None:
    first, second = (job.arguments for job in WALL.jobs(FULL, None))
    assert (first["machines"], first["pages"] + first["readers"]) == (100, 20)
    assert {first["page"], second["page"]} == {"staff", "display"}


def test_a_value_comes_again_only_after_five_minutes() -> None:
    assert len({marked(number) for number in range(SPAN)}) == SPAN
    assert marked(SPAN) == LOWEST
