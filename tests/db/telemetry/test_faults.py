"""A store that cannot write says so, writes nothing, and goes on when it can again."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.telemetry.accounts import account, accounts, miscounted
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from db.telemetry.read import reading
from db.telemetry.store import TelemetryStore
from domain.telemetry import StoreDown, Unstorable
from tests.db.telemetry.world import BOOT, MACHINES, START, arrive, at, sample

ROOT = Path(__file__).parents[3]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "telemetry.db"
    engine = open_telemetry(f"sqlite:///{made}")
    upgrade(engine)
    engine.dispose()
    return made


def test_a_locked_database_is_down_and_then_up_again(file: Path) -> None:
    engine = open_telemetry(f"sqlite:///{file}?timeout=0.05")
    store = TelemetryStore(engine, lambda: MACHINES)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for call in (
        lambda: store.settle([arrive(sample(1))], []),
        lambda: store.tend(at(0)),
        lambda: store.beat("main", at(0)),
        lambda: store.note(at(0), [], []),
    ):
        with pytest.raises(StoreDown, match="locked"):
            call()
    other.execute("ROLLBACK")
    other.close()
    assert store.settle([arrive(sample(1))], []).stored == 1


def test_a_full_disk_loses_nothing_and_does_not_spoil_the_file(file: Path) -> None:
    engine = open_telemetry(f"sqlite:///{file}")
    store = TelemetryStore(engine, lambda: MACHINES)
    store.settle([arrive(sample(1))], [])

    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()

    @sa.event.listens_for(engine, "begin")
    def limit(connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    batch = [arrive(sample(n)) for n in range(2, 1_000)]
    with pytest.raises(StoreDown, match="full"):
        store.settle(batch, [])
    pages = 100_000
    assert store.settle(batch, []).stored == 998
    with reading(engine) as connection:
        assert miscounted(connection, START) == ()
    assert sqlite3.connect(file).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_numbers_made_in_a_transaction_that_failed_are_not_remembered(file: Path) -> None:
    engine = open_telemetry(f"sqlite:///{file}")
    store = TelemetryStore(engine, lambda: MACHINES)
    failing = True

    @sa.event.listens_for(engine, "commit")
    def fail(_connection: sa.Connection) -> None:
        if failing:
            raise sa.exc.OperationalError("commit", {}, sqlite3.OperationalError("disk I/O error"))

    with pytest.raises(StoreDown, match="I/O"):
        store.settle([arrive(sample(1, "HD-2"))], [])
    failing = False
    store.settle([arrive(sample(1, "HD-1"))], [])
    store.settle([arrive(sample(1, "HD-2"))], [])
    with reading(engine) as connection:
        assert [one.machine for one in accounts(connection)] == ["HD-1", "HD-2"]
        assert miscounted(connection, START) == ()


def test_a_number_that_no_column_takes_is_refused_without_a_trace(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    with pytest.raises(Unstorable):
        store.settle([arrive(sample(1)), arrive(sample(2, tmp_mmhg=1e30))], [])
    with reading(telemetry) as connection:
        assert accounts(connection) == ()


WRITER = """
import sys
from db.telemetry.connection import open_telemetry
from db.telemetry.store import TelemetryStore
from tests.db.telemetry.world import MACHINES, arrive, sample
store = TelemetryStore(open_telemetry(sys.argv[1]), lambda: MACHINES)
for first in range(1, 1_000_000, 25):
    store.settle([arrive(sample(n)) for n in range(first, first + 25)], [])
    print(first + 24, flush=True)
"""


def test_a_killed_writer_leaves_whole_batches_and_every_one_it_told_of(
    place: str, telemetry: sa.Engine
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, place], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert writer.stdout is not None
    told = [int(writer.stdout.readline()) for _ in range(8)][-1]
    writer.send_signal(signal.SIGKILL)
    rest = [int(line) for line in writer.stdout.read().split()]
    writer.wait()
    told = max([told, *rest])
    with reading(telemetry) as connection:
        assert miscounted(connection, START) == ()
        stored = account(connection, "HD-1").stored
    assert stored in (told, told + 25)
    again = TelemetryStore(telemetry, lambda: MACHINES)
    settled = again.settle([arrive(sample(n)) for n in range(1, told + 50)], [])
    assert settled.conflicts == 0
    assert settled.repeated == stored
    assert again.watermarks()[0].seq == told + 49


def test_two_ingests_at_once_settle_every_number_once(place: str, telemetry: sa.Engine) -> None:
    batches = [[arrive(sample(n)) for n in range(first, first + 20)] for first in range(1, 600, 20)]
    found: list[int] = []

    def run(order: list[int]) -> None:
        engine = open_telemetry(place)
        store = TelemetryStore(engine, lambda: MACHINES)
        found.append(sum(store.settle(batches[at], []).stored for at in order))
        engine.dispose()

    forward = list(range(len(batches)))
    threads = [threading.Thread(target=run, args=(order,)) for order in (forward, forward[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found) == 600
    with reading(telemetry) as connection:
        assert miscounted(connection, START) == ()
        assert account(connection, "HD-1").stored == 600
    assert TelemetryStore(telemetry, lambda: MACHINES).watermarks()[0].seq == 600
    assert TelemetryStore(telemetry, lambda: MACHINES).watermarks()[0].boot == BOOT
