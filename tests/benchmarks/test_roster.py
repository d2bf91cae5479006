"""The roster family: its peer says the same as ours, its tables say what was found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from ortools.math_opt.python import mathopt

from benchmarks.families.roster import BEST_KNOWN, FOLDER, ROSTER
from benchmarks.measure.roster import measure
from benchmarks.measure.roster_ward import ward
from benchmarks.peers.linear import solve as solve_linear
from benchmarks.peers.names import OURS
from benchmarks.peers.roster_model import roster_model
from benchmarks.records import Records, Surroundings
from benchmarks.roster_rows import HIGHS_FLOW, RosterRow
from benchmarks.scale import FULL, TINY
from scheduler.roster.judge import judge
from scheduler.roster.shape import Shape
from scheduler.roster.solve import Impossible
from tests.scheduler.roster.shapes import shapes, solved

AROUND = Surroundings("2026-03-02", "here", 2, 8.0, 0.1, "3.11", {})


@settings(max_examples=40, deadline=None)
@given(shape=shapes(days=5, most_people=3))
def test_highs_on_the_flow_program_finds_what_ours_proves(shape: Shape) -> None:
    ours = solved(shape)
    model = roster_model(shape)
    unknown = model.linear.upper * float("nan")
    found = solve_linear(model.linear, mathopt.SolverType.HIGHS, 20.0, unknown)
    if isinstance(ours, Impossible):
        assert found.ones is None
    else:
        assert found.ones is not None
        judgment = judge(shape, model.roster(found.ones))
        assert judgment.legal
        assert (judgment.cost, found.proven) == (ours.cost, True)
        assert ours.bound == ours.cost


def test_a_ward_is_the_same_for_the_same_seed() -> None:
    assert ward(5, 1, 3) == ward(5, 1, 3)
    assert ward(5, 1, 3) != ward(5, 1, 4)


def test_a_tiny_ward_is_measured_to_its_proof_by_both() -> None:
    ours, highs = (measure(peer, "ward", "", 4, 1, 1, 20.0, 1) for peer in (OURS, HIGHS_FLOW))
    assert ours.proven
    assert highs.proven
    assert (ours.cost, ours.legal) == (highs.cost, True)
    assert ours.brief().startswith(f"{ours.cost}, proven")


def test_instances_are_measured_only_where_somebody_has_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    assert {job.arguments["name"] for job in ROSTER.jobs(FULL, 2)} == {"ward"}
    monkeypatch.setenv(FOLDER, str(tmp_path))
    jobs = ROSTER.jobs(FULL, 2)
    limits = {
        name: [job.arguments["limit"] for job in jobs if job.arguments["name"] == name]
        for name in ("1", "7")
    }
    assert limits == {"1": [60, 60], "7": [60, 60, 600, 600]}
    assert len({job.arguments["name"] for job in jobs}) == 1 + len(BEST_KNOWN)
    assert {job.arguments["name"] for job in ROSTER.jobs(TINY, None)} == {"ward"}


def test_the_report_sets_ours_against_the_best_known_costs() -> None:
    proven = RosterRow(OURS, "1", 8, 14, 1, 60.0, 0.3, 607, 607, True, True)
    nothing = RosterRow(HIGHS_FLOW, "12", 60, 28, 1, 600.0, 600.0, None, None, False, False)
    of_ward = RosterRow(OURS, "ward", 40, 28, 1, 30.0, 2.0, 30, 24, False, True)
    report = ROSTER.report(Records(AROUND, (proven, nothing, of_ward)))
    assert "| 1 | 607 | Clearshift | 60.0 s | 607 | 0.00 % | 607 | yes | 0.30 s | yes |" in report
    assert (
        "| 12 | 4040 | HiGHS, flow of duties | 600.0 s | - | - | - | no | 600.0 s | no |" in report
    )
    assert "20.00 %" in report
    assert ROSTER.report(Records(AROUND, ())) == "No results.\n"
    assert nothing.brief() == "None, at least None, 600.0 s"
