"""Minute values are right whatever comes late, and what is old goes in small pieces."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import sqlalchemy as sa

from db.telemetry.accounts import accounts, quarantined
from db.telemetry.connection import open_telemetry
from db.telemetry.read import (
    Point,
    events_after,
    latest_samples,
    minute_trend,
    reading,
    samples,
    trend,
)
from db.telemetry.retention import AT_ONCE
from db.telemetry.store import TelemetryStore
from db.telemetry.tables import dirty
from db.telemetry.tables import sample as stored_samples
from domain.telemetry import Account
from tests.db.telemetry.world import MACHINES, alarm, arrive, aside, at, sample

TMP = "tmp_mmhg"
DAYS = timedelta(days=1)


def tend(store: TelemetryStore, now: datetime) -> int:
    """Until nothing is left to do; the number of pieces."""
    pieces = 1
    while store.tend(now):
        pieces += 1
    return pieces


def minutes(telemetry: sa.Engine) -> tuple[Point, ...]:
    with reading(telemetry) as connection:
        return minute_trend(connection, "HD-1", TMP, at(0), at(600))


def test_a_minute_is_least_mean_most_and_number_of_its_readings(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    values = {1: 90.0, 2: 100.0, 59: 125.0, 60: 7.0}
    store.settle([arrive(sample(n, tmp_mmhg=value)) for n, value in values.items()], [])
    store.settle([arrive(sample(30, venous_pressure_mmhg=1))], [])
    tend(store, at(180))
    assert minutes(telemetry) == (
        Point(at(0), 90.0, 105.0, 125.0, 3),
        Point(at(60), 7.0, 7.0, 7.0, 1),
    )


def test_a_minute_waits_until_it_is_over(store: TelemetryStore, telemetry: sa.Engine) -> None:
    store.settle([arrive(sample(1, tmp_mmhg=90))], [])
    tend(store, at(60))
    assert minutes(telemetry) == ()
    tend(store, at(70))
    assert len(minutes(telemetry)) == 1


def test_late_and_repeated_samples_come_out_right(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(sample(2, tmp_mmhg=100))], [])
    tend(store, at(120))
    late = arrive(sample(1, tmp_mmhg=80), late=500)
    store.settle([late, late], [])
    tend(store, at(2_000))
    assert minutes(telemetry) == (Point(at(0), 80.0, 90.0, 100.0, 2),)
    with telemetry.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(dirty)) == 0


def test_the_course_of_a_quantity_has_every_reading_and_no_missing_one(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([arrive(sample(n, dialysate_cond_ms_cm=14 + n / 100)) for n in (1, 2)], [])
    store.settle([arrive(sample(3, tmp_mmhg=1))], [])
    with reading(telemetry) as connection:
        course = trend(connection, "HD-1", "dialysate_cond_ms_cm", at(0), at(60))
        assert trend(connection, "HD-7", "dialysate_cond_ms_cm", at(0), at(60)) == ()
    assert course == (Point(at(1), 14.01, 14.01, 14.01, 1), Point(at(2), 14.02, 14.02, 14.02, 1))


def test_what_is_too_old_goes_and_the_books_and_minutes_and_events_stay(
    telemetry: sa.Engine,
) -> None:
    store = TelemetryStore(telemetry, lambda: MACHINES, keep_days=90)
    store.settle([arrive(sample(n, tmp_mmhg=90)) for n in range(1, 1_000)], [aside(1)])
    store.settle([arrive(alarm(1_000))], [])
    tend(store, at(2_000))
    new = arrive(sample(1_001, seconds=91 * 86_400))
    store.settle([new], [])
    tend(store, at(0) + 125 * DAYS)
    with reading(telemetry) as connection:
        assert samples(connection, "HD-1", at(0), at(2_000)) == ()
        assert [one.sample.key.seq for one in latest_samples(connection)] == [1_001]
        assert [one.number for one in events_after(connection, 0)] == [1]
        assert quarantined(connection) == ()
        assert accounts(connection) == (
            Account("HD-1", 1_001, 1_001, 0, 0, 0), Account("HD-9", 1, 0, 0, 1, 0),
        )  # fmt: skip
    assert len(minutes(telemetry)) == 10
    assert store.settle([arrive(sample(5, tmp_mmhg=90))], []).repeated == 1


def test_a_late_sample_of_a_minute_whose_samples_are_gone_does_not_spoil_it(
    telemetry: sa.Engine,
) -> None:
    store = TelemetryStore(telemetry, lambda: MACHINES, keep_days=90)
    store.settle([arrive(sample(n, tmp_mmhg=90)) for n in (1, 2)], [])
    tend(store, at(200))
    tend(store, at(0) + 125 * DAYS)
    store.settle([arrive(sample(3, tmp_mmhg=10), late=125 * 86_400)], [])
    tend(store, at(300) + 125 * DAYS)
    assert minutes(telemetry) == (Point(at(0), 90.0, 90.0, 90.0, 2),)


def test_a_clock_in_another_year_does_not_make_us_forget_what_came_today(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    wrong = -3_000 * 86_400
    store.settle([arrive(sample(1, seconds=wrong), late=-wrong)], [])
    tend(store, at(100))
    with reading(telemetry) as connection:
        assert len(latest_samples(connection)) == 1


def test_a_piece_of_upkeep_is_small(telemetry: sa.Engine) -> None:
    """How long one takes is the computer's matter, how much it does is not. PostgreSQL drops
    whole months, which costs the same whatever is in them."""
    store = TelemetryStore(telemetry, lambda: MACHINES, keep_days=1)
    for first in range(1, 6_000, 1_000):
        store.settle([arrive(sample(n)) for n in range(first, first + 1_000)], [])
    store.settle([], [aside(n) for n in range(1, 1_000)])
    left, pieces, more = _samples(telemetry), [], True
    while more:
        more = store.tend(at(0) + 40 * DAYS)
        before, left = left, _samples(telemetry)
        pieces.append(before - left)
    assert left == 0
    assert len(pieces) >= 5
    if telemetry.dialect.name == "sqlite":
        assert max(pieces) <= AT_ONCE


def _samples(telemetry: sa.Engine) -> int:
    with reading(telemetry) as connection:
        found = connection.scalar(sa.select(sa.func.count()).select_from(stored_samples))
    assert found is not None
    return int(found)


def test_the_writer_goes_on_while_another_ingest_tends(place: str, telemetry: sa.Engine) -> None:
    store = TelemetryStore(telemetry, lambda: MACHINES, keep_days=1)
    for first in range(1, 6_000, 1_000):
        store.settle([arrive(sample(n)) for n in range(first, first + 1_000)], [])
    other = open_telemetry(place)
    tending = TelemetryStore(other, lambda: MACHINES, keep_days=1)
    thread = threading.Thread(target=tend, args=(tending, at(0) + 40 * DAYS))
    thread.start()
    stored, late = 0, 40 * 86_400.0
    while thread.is_alive() or not stored:
        fresh = [arrive(sample(10_000 + stored, seconds=late))]
        stored += store.settle(fresh, []).stored
    thread.join()
    other.dispose()
    assert stored
