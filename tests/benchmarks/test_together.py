"""The family of patients and nurses together, tried at its smallest."""

from __future__ import annotations

import pytest

from benchmarks.families.together import TOGETHER_FAMILY
from benchmarks.measure.together import measure
from benchmarks.records import Records, Surroundings
from benchmarks.scale import FULL, TINY
from benchmarks.together_rows import AFTER, TOGETHER, TogetherRow

AROUND = Surroundings("2026-03-02", "a machine", 2, 4.0, 0.1, "3.11", {})


@pytest.mark.parametrize("way", [AFTER, TOGETHER])
def test_a_small_week_is_measured(way: str) -> None:
    row = measure(way, "xiamao", 0, 5.0, 1)
    assert (row.over, row.nurses_missing, row.legal) == (0, 0, True)
    assert row.sessions + row.missed == 72


def test_jobs_are_both_ways_for_each_step_of_leave() -> None:
    jobs = [job.arguments for job in TOGETHER_FAMILY.jobs(FULL, None)]
    assert [(job["away"], job["way"]) for job in jobs[:2]] == [(0, AFTER), (0, TOGETHER)]
    assert len(jobs) == 10
    assert {job.arguments["sample"] for job in TOGETHER_FAMILY.jobs(TINY, None)} == {"xiamao"}


def test_the_report_adds_what_is_missed_and_what_cannot_be_held() -> None:
    row = TogetherRow(AFTER, "shexian", 3, 1.5, 232, 1, 3, 2, 4, 0, 1, False)
    text = TOGETHER_FAMILY.report(Records(AROUND, (row,)))
    (line,) = [one for one in text.splitlines() if "one after the other" in one]
    assert [part.strip() for part in line.strip("|").split("|")] == [
        "3", "one after the other", "232", "1", "3", "4", "2", "4 of at least 0", "no", "1.50 s",
    ]  # fmt: skip
    assert TOGETHER_FAMILY.report(Records(AROUND, ())) == "No results.\n"
