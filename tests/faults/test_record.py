"""The comparison itself: what it would notice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from db.telemetry.store import TelemetryStore
from devices.wire.messages import digest, encode
from domain.telemetry import Arrival, Sample
from tests.faults.record import Books, compare, last_number, recorded
from tests.faults.stream import number_of, sample

BOOT, OTHER = "a" * 32, "b" * 32
NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def books(folder: Path, accepted: str, *stored: Sample) -> Books:
    engine = open_telemetry(f"sqlite:///{folder / 'telemetry.db'}")
    upgrade(engine)
    store = TelemetryStore(engine, lambda: frozenset({"HD-01"}))
    for one in stored:
        payload = encode(one)
        store.settle([Arrival(one, NOW, digest(payload), payload)], [])
    engine.dispose()
    (folder / "record").write_text(accepted)
    return compare(folder / "telemetry.db", [folder / "record"])


def test_everything_accepted_and_stored_once_is_clean(tmp_path: Path) -> None:
    found = books(tmp_path, "HD-01 7 2\n", sample("HD-01", BOOT, 1, 7), sample("HD-01", BOOT, 2, 8))
    assert (found.accepted, found.stored, found.clean) == (2, 2, True)


def test_a_lost_one_is_noticed(tmp_path: Path) -> None:
    found = books(tmp_path, "HD-01 7 2\n", sample("HD-01", BOOT, 1, 7))
    assert (found.lost, found.clean) == (1, False)


def test_one_stored_twice_under_two_keys_is_noticed(tmp_path: Path) -> None:
    found = books(
        tmp_path, "HD-01 7 1\n", sample("HD-01", BOOT, 1, 7), sample("HD-01", OTHER, 1, 7)
    )
    assert (found.doubled, found.clean) == (1, False)


def test_an_altered_one_is_noticed(tmp_path: Path) -> None:
    whole = sample("HD-01", BOOT, 1, 7)
    altered = whole._replace(values={**whole.values, "venous_pressure_mmhg": 11.0})
    found = books(tmp_path, "HD-01 7 1\n", altered)
    assert (found.strange, found.lost, found.clean) == (1, 1, False)


def test_a_gap_in_the_numbers_is_noticed(tmp_path: Path) -> None:
    found = books(tmp_path, "HD-01 7 1\n", sample("HD-01", BOOT, 3, 7))
    assert (found.wrong, found.clean) == (("HD-01",), False)


def test_half_a_line_of_a_killed_writer_counts_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "record").write_text("HD-01 1 5\n\nHD-01 20\nHD-02 3 1\nHD-01 9")
    assert last_number(tmp_path / "record") == {"HD-01": 5, "HD-02": 3}


def test_numbers_that_were_only_claimed_are_used_up_but_not_accepted(tmp_path: Path) -> None:
    (tmp_path / "record").write_text("HD-01 2007 0\nHD-01 7 2\n")
    assert last_number(tmp_path / "record") == {"HD-01": 2006}
    assert recorded(tmp_path / "record") == 2


@pytest.mark.parametrize("number", [0, 1, 9_999, 10_000, 4_999_999])
def test_a_sample_tells_its_number(number: int) -> None:
    values = sample("HD-01", BOOT, 1, number).values
    assert number_of({name: int(value) for name, value in values.items()}) == number
