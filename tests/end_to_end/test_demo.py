"""The demo: one command in an empty folder, and once more."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.clearshift.cli.calling import Ask, asking


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLEARSHIFT_PLAN__SECONDS", "2")
    monkeypatch.setenv("CLEARSHIFT_DATABASE__URL", "sqlite:///real.db")
    return asking(capsys)


def test_the_demo_stays_in_its_folder_and_can_be_run_twice(ask: Ask, tmp_path: Path) -> None:
    text = ask("demo", "--plan-only", "--week", "2026-03-02").out
    for part in (
        "1  A center with invented people, as files",
        "✓ demo/center: 32 machines, 260 patients; look into them, change them.",
        "3  The week planned",
        "in every plan at least 40 sessions of 14 patients are missing.",
        "Sheets in demo/out/HUANGCHUAN-2026-03-02-v1",
        "5  Next",
        "  cd demo ",
        "clearshift import-plan out/HUANGCHUAN-2026-03-02-v1/week-2026-03-02.xlsx",
    ):
        assert part in text
    # How good the plan is in two seconds, is the computer's matter.
    assert re.search(r"^! 7\d\d of 780 sessions are planned\.", text, re.MULTILINE)
    assert re.search(r"^Without all their sessions: \d\d\b", text, re.MULTILINE)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["demo"]
    assert (tmp_path / "demo/out/HUANGCHUAN-2026-03-02-v1/week-2026-03-02.xlsx").is_file()

    patients = tmp_path / "demo" / "center" / "patients.csv"
    edited = patients.read_bytes().replace(b"P001,", b"P001,X", 1)
    patients.write_bytes(edited)
    again = ask("demo", "--plan-only", "--week", "2026-03-02").out
    assert "✓ demo/center: kept as it is." in again
    assert re.search(r"patients +1 +260\b", again)
    assert "✓ Stored as version 2, a draft." in again
    assert patients.read_bytes() == edited
