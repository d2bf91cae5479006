"""The family on "why not?": what it asks for, and what its table says."""

from __future__ import annotations

from benchmarks.families.why_not import ASKS, WHY_NOT
from benchmarks.records import Records
from benchmarks.scale import FULL, TINY
from benchmarks.why_not_rows import WhyNotAsks
from tests.benchmarks.test_reports import AROUND


def test_fifty_questions_are_asked_of_the_promised_center_and_of_an_overfull_one() -> None:
    jobs = WHY_NOT.jobs(FULL, None)
    assert {(job.arguments["machines"], job.arguments["patients"]) for job in jobs} == {(32, 260)}
    assert {job.arguments["asks"] for job in jobs} == {ASKS} == {50}
    assert {job.arguments["overfull"] for job in jobs} == {False, True}
    assert len(WHY_NOT.jobs(TINY, 1)) == 2
    assert WHY_NOT.jobs(TINY, 1)[0].arguments["asks"] == 5


def test_times_beyond_the_promise_and_answers_that_do_not_hold_are_shown() -> None:
    rows = (
        WhyNotAsks(32, 260, 1, False, {"local": 1, "possible": 1}, [0.01], [0.5, 3.5], 0, 0),
        WhyNotAsks(32, 280, 1, True, {"counting": 1}, [0.8], [2.0], 1, 1),
    )
    text = WHY_NOT.report(Records(AROUND, rows))
    assert "2 asks: 1 local, 1 possible." in text
    assert "3.50 s (**above** 3.00 s)" in text
    assert "0.80 s (within 1.00 s)" in text
    assert "Answers that did not hold: 1 of 1. Blocks not shown to be smallest: 1." in text
    assert rows[0].brief() == "2 asks, worst 3.50 s, 0 wrong"


def test_without_results_it_says_so() -> None:
    assert WHY_NOT.report(Records(AROUND, ())) == "No results.\n"
