"""A month is made while samples of it arrive."""

from __future__ import annotations

import threading
import time

import sqlalchemy as sa

from db.telemetry.connection import open_telemetry
from db.telemetry.partitions import make_month
from db.telemetry.store import TelemetryStore
from domain.telemetry import Settled
from tests.db.telemetry.conftest import empty
from tests.db.telemetry.world import MACHINES, START, arrive, sample

DEADLINE = 30.0
LATER = START.replace(year=2031)
"""A month that no other test makes."""
_WAITING = sa.text(
    "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'sample'::regclass"
)


def wait_for_a_waiting_writer(telemetry: sa.Engine) -> None:
    end = time.monotonic() + DEADLINE
    with telemetry.connect().execution_options(isolation_level="AUTOCOMMIT") as onlooker:
        while not onlooker.scalar(_WAITING):
            assert time.monotonic() < end, "no writer waits"
            time.sleep(0.01)


def test_a_sample_that_comes_while_its_month_is_made_goes_into_the_month(
    migrated_server: str,
) -> None:
    """It had been sent on to the rest before, and was refused there: such a sample would have
    been put aside."""
    telemetry = open_telemetry(migrated_server)
    store, done = TelemetryStore(telemetry, lambda: MACHINES), list[Settled]()
    first, second = (
        arrive(sample(number, seconds=(LATER - START).total_seconds())) for number in (1, 2)
    )
    store.settle([first], [])
    writing = threading.Thread(target=lambda: done.append(store.settle([second], [])))
    try:
        with telemetry.begin() as making:
            made = make_month(making, LATER, 0)
            writing.start()
            wait_for_a_waiting_writer(telemetry)
        writing.join(DEADLINE)
        with telemetry.begin() as connection:
            rest = connection.exec_driver_sql("SELECT count(*) FROM sample_rest").scalar_one()
    finally:
        with telemetry.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS sample_y2031m03")
            empty(connection)
        telemetry.dispose()
    assert (made, [one.stored for one in done], rest) == (True, [1], 0)
