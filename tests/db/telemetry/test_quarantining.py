"""What is put aside has a bound; what is dropped for it is counted, and the books still hold."""

from __future__ import annotations

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from db.telemetry.accounts import account, miscounted, quarantined
from db.telemetry.quarantining import Bounds, bound, drop_old, dropped
from db.telemetry.read import reading
from db.telemetry.store import TelemetryStore
from db.telemetry.tables import put_aside, quarantine
from domain.telemetry import Account
from tests.db.telemetry.conftest import empty
from tests.db.telemetry.world import MACHINES, START, arrive, aside, sample

MUCH = 10**9


def within(
    telemetry: sa.Engine, messages: int = MUCH, size: int = MUCH, in_all: int = MUCH
) -> None:
    with telemetry.begin() as connection:
        bound(connection, {"HD-8", "HD-9", ""}, Bounds(messages, size, in_all))


def left(telemetry: sa.Engine) -> list[tuple[str, int | None]]:
    rows = sa.select(quarantine.c.machine, quarantine.c.seq).order_by(quarantine.c.no)
    with telemetry.connect() as connection:
        assert miscounted(connection, START) == ()
        weights = connection.execute(
            sa.select(put_aside.c.machine, put_aside.c.kept, put_aside.c.bytes)
            .where(put_aside.c.kept > 0)
            .order_by(put_aside.c.machine)
        ).all()
        counted = connection.execute(
            sa.select(quarantine.c.machine, sa.func.count(), sa.func.sum(sa.func.length(_PAYLOAD)))
            .group_by(quarantine.c.machine)
            .order_by(quarantine.c.machine)
        ).all()
        assert [tuple(row) for row in weights] == [tuple(row) for row in counted]
        return [(row.machine, row.seq) for row in connection.execute(rows)]


_PAYLOAD = quarantine.c.payload


def test_beyond_so_many_messages_the_oldest_go_and_are_counted(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([], [aside(seq) for seq in range(1, 8)])
    store.settle([], [aside(1, "HD-8")])
    within(telemetry, messages=3)
    assert left(telemetry) == [("HD-9", 5), ("HD-9", 6), ("HD-9", 7), ("HD-8", 1)]
    with reading(telemetry) as connection:
        assert dropped(connection) == {"HD-9": 4}
        assert account(connection, "HD-9") == Account("HD-9", 7, 0, 0, 7, 0)
        assert [(one.machine, one.keyed) for one in quarantined(connection)] == [
            ("HD-8", 1), ("HD-9", 3),
        ]  # fmt: skip


def test_beyond_so_many_bytes_the_oldest_go(store: TelemetryStore, telemetry: sa.Engine) -> None:
    store.settle([], [aside(seq, content="x" * 100) for seq in range(1, 6)])
    within(telemetry, size=250)
    assert left(telemetry) == [("HD-9", 4), ("HD-9", 5)]


def test_beyond_so_many_bytes_of_all_the_machine_that_has_most_loses(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([], [aside(seq, content="x" * 100) for seq in range(1, 6)])
    store.settle([], [aside(1, "HD-8")])
    within(telemetry, in_all=250)
    assert left(telemetry) == [("HD-9", 4), ("HD-9", 5), ("HD-8", 1)]


def test_messages_without_a_number_are_bounded_too(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([], [aside(None, "", str(n)) for n in range(5)] + [aside(None, "", "4")])
    within(telemetry, messages=2)
    assert left(telemetry) == [("", None), ("", None)]
    with reading(telemetry) as connection:
        assert dropped(connection) == {"": 3}


def test_a_dropped_message_that_comes_again_is_a_repeat(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([], [aside(1), aside(2)])
    within(telemetry, messages=1)
    assert store.settle([], [aside(1)]).repeated == 1
    assert left(telemetry) == [("HD-9", 2)]


def test_a_dropped_side_of_a_conflict_leaves_the_books_right(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([], [aside(1), aside(2)])
    store.settle([arrive(sample(1, "HD-9"), "now it can be read")], [])
    within(telemetry, messages=1)
    assert left(telemetry) == [("HD-9", 2)]
    with reading(telemetry) as connection:
        assert account(connection, "HD-9") == Account("HD-9", 2, 0, 0, 1, 1)


def test_what_is_dropped_for_its_age_is_counted_too(
    store: TelemetryStore, telemetry: sa.Engine
) -> None:
    store.settle([], [aside(1), aside(None)])
    with telemetry.begin() as connection:
        assert drop_old(connection, 0) == 0
        assert drop_old(connection, 2**50) == 2
        assert dropped(connection) == {"HD-9": 2}
    assert left(telemetry) == []


steps = st.lists(
    st.tuples(st.sampled_from(("HD-8", "HD-9")), st.integers(1, 6), st.integers(1, 300)),
    max_size=12,
)


def test_whatever_comes_the_bounds_the_weights_and_the_books_hold(telemetry: sa.Engine) -> None:
    few = 30 if telemetry.dialect.name == "sqlite" else 5

    @settings(max_examples=few)
    @given(steps, st.integers(1, 4), st.integers(200, 700))
    def holds(came: list[tuple[str, int, int]], messages: int, size: int) -> None:
        with telemetry.begin() as connection:
            empty(connection)
        store = TelemetryStore(telemetry, lambda: MACHINES)
        for machine, seq, length in came:
            store.settle([], [aside(seq, machine, "x" * length)])
            within(telemetry, messages, size)
        kept = left(telemetry)
        for machine in ("HD-8", "HD-9"):
            assert sum(one == machine for one, _ in kept) <= messages

    holds()


def test_nothing_is_dropped_within_the_bounds(store: TelemetryStore, telemetry: sa.Engine) -> None:
    store.settle([], [aside(seq) for seq in range(1, 8)])
    assert len(left(telemetry)) == 7
    with reading(telemetry) as connection:
        assert dropped(connection) == {}
