"""The family `remedies`: tried at its smallest, and what its report says of rows."""

from __future__ import annotations

from benchmarks.families import FAMILIES
from benchmarks.families.remedies import REMEDIES
from benchmarks.measure.remedies import measure
from benchmarks.records import Records, Surroundings
from benchmarks.remedies_rows import Remedies
from benchmarks.scale import FULL, TINY

AROUND = Surroundings("2026-03-02", "a machine", 2, 4.0, 0.1, "3.11", {})


def row(seconds: float, found: list[str], minutes: list[int]) -> Remedies:
    return Remedies(
        machines=32, patients=260, more=6, seed=1, seconds=seconds, shortages=1, unsettled=0,
        missing=6, counted=True, fewest=True, found=found, minutes=minutes, judged=len(found),
        least=len(found), useless=["nurses"], open=["night"],
    )  # fmt: skip


def test_a_tiny_center_s_remedies_are_all_judged_and_proven_least() -> None:
    (job,) = REMEDIES.jobs(TINY, None)
    found = measure(**{**job.arguments, "workers": 1})
    assert found.found
    assert found.judged == found.least == len(found.found)
    assert found.shortages == 1
    assert "remedies" in found.brief()


def test_the_full_run_has_twenty_weeks_of_the_promised_size() -> None:
    jobs = REMEDIES.jobs(FULL, None)
    assert len(jobs) == 20
    assert {(job.arguments["machines"], job.arguments["patients"]) for job in jobs} == {(32, 260)}
    assert FAMILIES["remedies"] is REMEDIES


def test_the_report_counts_what_closes_it_and_what_does_not() -> None:
    rows = (row(4.0, ["machines"], [900]), row(6.0, ["machines", "extra shift"], [900, 1080]))
    lines = REMEDIES.report(Records(AROUND, rows)).splitlines()
    assert "| all answers, median | 5.00 s |" in lines
    assert "| machines | 2 | 15.0 | 0 | 0 |" in lines
    assert "| nurses | 0 |  | 2 | 0 |" in lines
    assert "| night | 0 |  | 0 | 2 |" in lines


def test_without_results_there_is_a_report_all_the_same() -> None:
    assert REMEDIES.report(Records(AROUND, ())) == "No results.\n"
