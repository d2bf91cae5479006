"""Killed planners and planners at the same time, as real processes of the whole program."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from db.connection import reading
from db.load import load_register
from db.opening import open_database
from db.plans import PlanVersion, list_plans
from domain.register import Register
from tests.clearshift.cli.calling import Ask, asking
from tests.end_to_end.planner import Planner


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.chdir(tmp_path)
    return asking(capsys)


def stored(folder: Path, center: str) -> tuple[Register, tuple[PlanVersion, ...]]:
    with reading(open_database(f"sqlite:///{folder / 'clearshift.db'}")) as session:
        return load_register(session, center), list_plans(session, center)


def test_a_planner_killed_in_the_middle_leaves_everything_as_it_was(
    ask: Ask, tmp_path: Path
) -> None:
    ask("sample", "shexian", "--out", "center")
    ask("import", "center")
    before = stored(tmp_path, "SHEXIAN")
    planner = Planner(tmp_path)
    with planner.searching() as log:
        assert " start tier " in log.readline()
        planner.process.kill()
    assert planner.end()[0] == -signal.SIGKILL
    assert stored(tmp_path, "SHEXIAN") == before
    assert not (tmp_path / "out").exists()
    assert ask("plan", "--no-sheets", "--json").data["version"] == 1


def test_of_two_planners_at_once_the_slower_is_told_and_nothing_is_lost(
    ask: Ask, tmp_path: Path
) -> None:
    ask("sample", "xiamao", "--out", "center")
    ask("import", "center")
    slower = Planner(tmp_path, "--author", "Wang")
    slower.hear("72 sessions wanted, 72 seats")
    assert ask("plan", "--author", "Li", "--no-sheets", "--json").data["version"] == 1
    with slower.searching() as log:
        assert log.read()
    code, _, err = slower.end()
    assert code == 2
    assert err.splitlines() == [
        "Version 1 of the plan of the week of Mon 2 Mar 2026 was stored meanwhile by Li; "
        "compare with it and save again on top of it.",
        "The plan made here is in out/XIAMAO-2026-03-02-not-stored.json; "
        "clearshift import-plan takes it.",
    ]
    _, versions = stored(tmp_path, "XIAMAO")
    assert [(one.number, one.author) for one in versions] == [(1, "Li")]
    assert (
        "Nothing differs from version 1."
        in ask("import-plan", "out/XIAMAO-2026-03-02-not-stored.json").out
    )


def test_one_interrupt_stores_the_best_plan_so_far(ask: Ask, tmp_path: Path) -> None:
    ask("sample", "huangchuan", "--out", "center")
    ask("import", "center")
    planner = Planner(tmp_path, "--no-sheets", "--author", "Li")
    with planner.searching() as log:
        assert " start tier " in log.readline()
        os.kill(planner.process.pid, signal.SIGINT)
        log.read()
    code, out, err = planner.end()
    assert (code, err) == (0, "")
    assert "Stopping with the best plan so far; Ctrl-C once more leaves without it." in out
    assert "with the best plan so far." in out
    assert "none of 21 hard rules is broken." in out
    _, versions = stored(tmp_path, "HUANGCHUAN")
    assert [(one.number, one.author) for one in versions] == [(1, "Li")]
