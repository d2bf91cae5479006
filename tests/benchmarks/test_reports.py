"""What the tables say of rows."""

import pytest

from benchmarks.families.network import NETWORK
from benchmarks.families.ordinary import ORDINARY
from benchmarks.families.peers import PEERS
from benchmarks.families.repeat import REPEAT
from benchmarks.families.scratch import SCRATCH
from benchmarks.families.sizes import SIZES
from benchmarks.family import Family
from benchmarks.peers.names import COLUMNS, OURS, SESSIONS, TIMEFOLD
from benchmarks.records import Records, Surroundings
from benchmarks.rows import Peer, Repeat
from benchmarks.scale import FULL, TINY

AROUND = Surroundings("2026-03-02", "a machine", 2, 4.0, 0.1, "3.11", {})


def peer(name: str, seed: int, seconds: float, cost: list[int], note: str = "") -> Peer:
    proven = name != TIMEFOLD
    return Peer(name, 32, 260, seed, 60.0, seconds, proven, bool(cost), 0, cost, note)


def test_ours_is_compared_with_the_better_highs_of_each_instance() -> None:
    rows = [
        peer(OURS, 1, 1.0, [0, 100]), peer(COLUMNS, 1, 4.0, [0, 100]),
        peer(SESSIONS, 1, 9.0, [0, 100]), peer(OURS, 2, 1.0, [0, 100]),
        peer(COLUMNS, 2, 9.0, [0, 100]), peer(SESSIONS, 2, 1.0, [0, 100]),
    ]  # fmt: skip
    assert "| 32/260 | 2 | 0.50 | 1.00 | 0.33 |" in PEERS.report(Records(AROUND, tuple(rows)))


def test_a_plan_that_saves_later_tiers_at_the_cost_of_earlier_ones_is_worse() -> None:
    rows = (peer(OURS, 1, 1.0, [0, 100]), peer(TIMEFOLD, 1, 30.0, [1009, 50]))
    line = next(line for line in PEERS.report(Records(AROUND, rows)).splitlines() if "Time" in line)
    assert line.split("|")[-4:-1] == [" 1 ", " 0 ", " - "]


def test_a_peer_that_did_not_run_says_why() -> None:
    rows = (peer(OURS, 1, 1.0, [0, 100]), peer(TIMEFOLD, 1, 0.0, [], "not run: java not found"))
    assert f"| {TIMEFOLD} | 1 | not run: java not found |" in PEERS.report(Records(AROUND, rows))


def test_plans_that_differ_between_processes_are_counted() -> None:
    rows = (Repeat(4, 33, 1, ["a", "a"], 1.0), Repeat(4, 33, 2, ["b"], 1.0))
    assert "| 3 | 2 | 2 |" in REPEAT.report(Records(AROUND, rows))


@pytest.mark.parametrize("family", [ORDINARY, SCRATCH, SIZES, NETWORK, PEERS, REPEAT])
def test_a_family_without_results_has_a_report_all_the_same(family: Family) -> None:
    assert family.report(Records(AROUND, ())) != ""


def test_the_full_run_has_the_seeds_that_were_promised() -> None:
    assert len(ORDINARY.jobs(FULL, None)) >= 20
    assert len(SCRATCH.jobs(FULL, None)) >= 20
    assert len([job for job in SIZES.jobs(FULL, None) if job.arguments["machines"] == 500]) >= 5
    proofs = [job for job in PEERS.jobs(FULL, None) if job.arguments["peer"] == SESSIONS]
    assert [sum(job.arguments["machines"] == m for job in proofs) for m in (32, 64, 128)] == [
        20, 5, 5,
    ]  # fmt: skip
    assert sum(job.arguments["reruns"] for job in REPEAT.jobs(FULL, None)) == 100


def test_a_tiny_run_measures_no_real_center() -> None:
    jobs = [job for family in (ORDINARY, SIZES, PEERS) for job in family.jobs(TINY, None)]
    assert max(job.arguments["machines"] for job in jobs) <= 8
