"""The family on bad days: what it asks for, and what its table says."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.bad_day_rows import BadWednesday
from benchmarks.families.bad_day import BAD_DAY
from benchmarks.family import Job
from benchmarks.records import Records
from benchmarks.run import measured
from benchmarks.scale import FULL, TINY
from tests.benchmarks.test_reports import AROUND

ROW = BadWednesday(32, 260, 1, 4.0, 3, 3, 137, True, 0, (0.2, 0.9), 1, (0.1,))


def test_the_promised_center_loses_half_of_its_stations() -> None:
    jobs = BAD_DAY.jobs(FULL, None)
    assert {(job.arguments["machines"], job.arguments["patients"]) for job in jobs} == {(32, 260)}
    assert len(BAD_DAY.jobs(TINY, 1)) == 1


def test_a_worst_wait_without_its_proof_is_shown() -> None:
    text = BAD_DAY.report(Records(AROUND, (ROW, replace(ROW, bound=2))))
    assert "| worst wait equals its bound | 1 of 2" in text
    assert "| people above it | 137 |" in text
    assert ROW.brief() == "4.00 s, 3 days over, 137 people, proven"
    assert "not proven" in replace(ROW, bound=2).brief()


def test_a_tiny_center_gives_a_row() -> None:
    arguments = {
        "machines": 4, "patients": 33, "seed": 1, "limit": 30.0, "plan_limit": 5.0, "asks": 2,
    }  # fmt: skip
    row = measured(Job("bad_day", arguments, patience=120), BadWednesday)
    assert isinstance(row, BadWednesday)
    assert (row.machines, row.proven, row.wrong) == (4, True, 0)


def test_without_results_it_says_so() -> None:
    assert BAD_DAY.report(Records(AROUND, ())) == "No results.\n"
