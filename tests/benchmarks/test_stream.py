"""What is said of streams of samples, and that the messages of a stream are real ones."""

from __future__ import annotations

from benchmarks.families.lines import LINES
from benchmarks.families.stream import BACKLOG, LIVE, STREAM
from benchmarks.measure.consumers import LEAN, NODE_RED, OURS
from benchmarks.measure.publisher import payloads
from benchmarks.measure.stream import _latencies
from benchmarks.records import Records, Surroundings
from benchmarks.rows import Polled, Stream
from benchmarks.scale import FULL, TINY
from devices.wire.messages import decode

AROUND = Surroundings("2026-03-02", "a machine", 2, 4.0, 0.1, "3.11", {})


def stream(who: str, rate: float, p99: float, cpu: float, note: str = "") -> Stream:
    return Stream(who, LIVE, rate, 1000, 40, 1, 1000, 1.0, 0.01, p99, cpu, 40.0, 50.0, note)


def test_a_goal_is_met_or_missed_and_the_price_is_compared() -> None:
    rows = (stream(OURS, 1000.0, 0.2, 0.05), stream(NODE_RED, 1000.0, 0.2, 0.1))
    text = STREAM.report(Records(AROUND, rows))
    assert "p99 at most 300 ms: met" in text
    assert "| 1000 a second | 0.50 | **missed** |" in text
    assert LEAN not in text
    slow = STREAM.report(Records(AROUND, (stream(OURS, 100.0, 0.2, 0.05),)))
    assert "p99 at most 100 ms: **missed**" in slow


def test_a_peer_that_did_not_run_says_why() -> None:
    rows = (stream(NODE_RED, 100.0, 0.0, 0.0, "not run: node not found"),)
    assert "not run: node not found" in STREAM.report(Records(AROUND, rows))


def test_lines_are_held_against_their_share_of_a_core() -> None:
    row = Polled(100, 9600, 60.0, 6000, 0, 6.0, 50.0)
    assert "10.00 % (**above** 8.00 %)" in LINES.report(Records(AROUND, (row,)))
    assert LINES.report(Records(AROUND, ())) == STREAM.report(Records(AROUND, ()))


def test_the_stream_is_of_entries_with_25_values_numbered_without_gaps() -> None:
    entries = [decode(payload) for _, payload in payloads(3, 7)]
    assert [(one.key.machine, one.key.seq) for one in entries[:4]] == [
        ("HD-001", 1), ("HD-002", 1), ("HD-003", 1), ("HD-001", 2),
    ]  # fmt: skip
    assert {len(one.values) for one in entries} == {25}


def test_a_message_is_committed_when_a_reader_first_sees_that_many() -> None:
    assert _latencies([1.0, 1.5, 2.0], [(3.0, 2), (5.0, 3)]) == [2.0, 1.5, 3.0]


def test_the_full_run_is_long_and_beside_its_peers() -> None:
    jobs = [job.arguments for job in STREAM.jobs(FULL, None)]
    flood = [one for one in jobs if (one["kind"], one["rate"]) == (LIVE, 0.0)]
    assert {one["who"] for one in flood} == {OURS, NODE_RED, LEAN}
    assert min(one["messages"] for one in flood) == 480_000
    assert {one["kind"] for one in jobs} == {LIVE, BACKLOG}
    assert LINES.jobs(FULL, None)[0].arguments["lines"] == 100
    assert LINES.jobs(TINY, None)[0].arguments["lines"] == 4
