"""The spool keeps what it took and forgets only what it is told to."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from devices.gateway.spool import Fresh, Holding, Spool, SpoolDown
from domain.telemetry import Watermark
from tests.devices.gateway.world import BOOT, OTHER


def fresh(seq: int, machine: str = "HD-1", boot: str = BOOT) -> Fresh:
    return Fresh(machine, boot, seq, False, f"{machine} {boot[0]} {seq}".encode())


def numbers(spool: Spool) -> list[tuple[str, str, int]]:
    return [(one.machine, one.boot, one.seq) for one in spool.after(0, 2**62, 1000)]


def test_what_is_kept_is_there_after_opening_again(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    assert spool.keep([fresh(1), fresh(2)], {"HD-1": b"memory"}) == 2
    spool.close()
    again = Spool(tmp_path / "spool.db")
    assert [one.payload for one in again.after(0, 9, 9)] == [b"HD-1 a 1", b"HD-1 a 2"]
    assert (again.memory("HD-1"), again.memory("HD-2")) == (b"memory", b"")
    assert (again.holdings(), again.last()) == ((Holding("HD-1", BOOT, 2, 2, 1),), 2)


def test_it_is_written_through_to_the_disk(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    settings = [spool._file.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "synchronous")]  # fmt: skip
    assert settings == ["wal", 2]


def test_a_watermark_covers_its_own_machine_and_boot_and_no_other(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.keep([fresh(1), fresh(2), fresh(3), fresh(1, "HD-2"), fresh(1, boot=OTHER)], {})
    assert spool.forget([Watermark("HD-1", BOOT, 2)]) == {("HD-1", BOOT): 2}
    assert numbers(spool) == [("HD-1", BOOT, 3), ("HD-2", BOOT, 1), ("HD-1", OTHER, 1)]
    assert spool.forget([Watermark("HD-1", BOOT, 2), Watermark("HD-9", BOOT, 9)]) == {}


def test_places_are_never_given_twice(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.keep([fresh(1)], {})
    spool.forget([Watermark("HD-1", BOOT, 1)])
    assert spool.keep([fresh(2)], {}) == 2
    assert [one.seq for one in spool.at([1, 2])] == [2]


def test_all_of_a_call_is_kept_or_nothing(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.keep([fresh(1)], {})
    with pytest.raises(SpoolDown):
        spool.keep([fresh(2), fresh(1)], {"HD-1": b"x"})
    assert (numbers(spool), spool.memory("HD-1")) == ([("HD-1", BOOT, 1)], b"")
    spool.keep([fresh(2)], {})


def test_a_file_belongs_to_one_gateway(tmp_path: Path) -> None:
    first = Spool(tmp_path / "spool.db")
    with pytest.raises(SpoolDown, match="another gateway"):
        Spool(tmp_path / "spool.db")
    first.close()
    Spool(tmp_path / "spool.db").close()


def test_a_damaged_or_unreachable_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "spool.db").write_bytes(b"not a database" * 100)
    with pytest.raises(SpoolDown, match="not a database"):
        Spool(tmp_path / "spool.db")
    with pytest.raises(SpoolDown, match="No such file"):
        Spool(tmp_path / "nowhere" / "spool.db")


def test_a_file_that_cannot_be_written_says_so_and_recovers(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool._file.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(tmp_path / "spool.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(SpoolDown, match="locked"):
        spool.keep([fresh(1)], {})
    other.execute("ROLLBACK")
    spool.keep([fresh(1)], {})
    assert len(numbers(spool)) == 1


def test_a_closed_file_is_down_for_every_question(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool.db")
    spool.close()
    for ask in (spool.holdings, spool.last, lambda: spool.memory("x"), lambda: spool.at([1])):
        with pytest.raises(SpoolDown):
            ask()
