"""Power cuts in short; the long run is `python -m tests.power.long`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.power.cuts import run

SEED = 20260302


@pytest.mark.parametrize("writer", ["spool", "telemetry"])
def test_no_power_cut_damages_the_file_or_loses_what_was_acknowledged(
    writer: str, tmp_path: Path
) -> None:
    verdict = run(writer, 60, 50, SEED, tmp_path)
    print(f"seed {SEED}: {verdict}")
    assert (verdict.corrupt, verdict.lossy, verdict.beyond) == (0, 0, 0)


def test_the_suite_would_notice_a_file_that_is_synced_too_seldom(tmp_path: Path) -> None:
    verdict = run("careless", 60, 50, SEED, tmp_path)
    assert verdict.corrupt == 0
    assert verdict.lossy > 10


def test_the_suite_would_notice_a_file_that_is_not_synced_at_all(tmp_path: Path) -> None:
    assert run("reckless", 60, 50, SEED, tmp_path).corrupt > 0
