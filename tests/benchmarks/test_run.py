from benchmarks.family import Job
from benchmarks.peers.names import GREEDY
from benchmarks.records import Failure
from benchmarks.rows import Peer
from benchmarks.run import measured

TINY = {"peer": GREEDY, "machines": 4, "patients": 33, "seed": 1, "limit": 1.0, "workers": 1}


def test_a_measurement_in_a_process_of_its_own_gives_a_row() -> None:
    row = measured(Job("peer", TINY, patience=60), Peer)
    assert isinstance(row, Peer)
    assert (row.peer, row.machines, row.legal, row.proven) == (GREEDY, 4, True, False)


def test_a_measurement_that_breaks_is_a_failure_with_its_reason() -> None:
    found = measured(Job("peer", TINY | {"peer": "nobody"}, patience=60), Peer)
    assert isinstance(found, Failure)
    assert found.reason == "exit code 1: KeyError: 'nobody'"


def test_a_measurement_that_takes_too_long_is_a_failure() -> None:
    found = measured(Job("peer", TINY, patience=0.01), Peer)
    assert found == Failure("peer", TINY, "no result after 0.01 s")
