"""Any history of arrivals, repeats, conflicts, gaps, new boots and two ingests ends in books that
add up, with nothing lost and nothing doubled."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from db.telemetry.accounts import accounts, conflicts, miscounted
from db.telemetry.codes import milliseconds
from db.telemetry.read import latest_samples, minute_trend, reading
from db.telemetry.store import TelemetryStore
from db.telemetry.tables import sample as samples
from domain.telemetry import Account, Arrival, BootHeld, Key, Quarantined, SpoolReport
from tests.db.telemetry.conftest import empty
from tests.db.telemetry.world import BOOT, LATER_BOOT, MACHINES, START, arrive, aside, at, sample

TMP = "tmp_mmhg"
Pair = tuple[str, str]
keys = st.builds(
    Key, st.sampled_from(sorted(MACHINES)), st.sampled_from((BOOT, LATER_BOOT)), st.integers(1, 9)
)
said = st.tuples(keys, st.sampled_from(("", "", "", "other")), st.booleans())


def arrival_of(key: Key, content: str) -> Arrival:
    seconds = key.seq * 20 + (3_600 if key.boot == LATER_BOOT else 0)
    entry = sample(key.seq, key.machine, key.boot, seconds, **{TMP: key.seq + len(content)})
    return arrive(entry, content)


def aside_of(key: Key, content: str) -> Quarantined:
    found = arrival_of(key, content)
    return Quarantined("t", found.payload, "because", at(1), key.machine, key, "gw", found.digest)


class Histories(RuleBasedStateMachine):
    """The model: what each key was met with first, and what else."""

    def __init__(self, telemetry: sa.Engine) -> None:
        super().__init__()
        self.telemetry = telemetry

    @initialize()
    def begin(self) -> None:
        with self.telemetry.begin() as connection:
            empty(connection)
        self.ingests = [TelemetryStore(self.telemetry, lambda: MACHINES) for _ in range(2)]
        self.first: dict[Key, tuple[str, bool]] = {}
        self.contents: dict[Key, set[str]] = {}
        self.given: dict[Pair, int] = {}
        self.held: dict[Pair, int] = {}
        self.gone: set[Pair] = set()
        self.met: list[Pair] = []

    @rule(batch=st.lists(said, max_size=8), which=st.integers(0, 1))
    def settle(self, batch: list[tuple[Key, str, bool]], which: int) -> None:
        good = [(key, content) for key, content, bad in batch if not bad]
        bad = [(key, content) for key, content, bad in batch if bad]
        settled = self.ingests[which].settle(
            [arrival_of(*one) for one in good], [aside_of(*one) for one in bad]
        )
        for kept, part in ((True, good), (False, bad)):
            for key, content in part:
                self.meet((key.machine, key.boot))
                self.first.setdefault(key, (content, kept))
                self.contents.setdefault(key, set()).add(content)
        for mark in settled.watermarks:
            assert mark.seq == self.watermark(mark.machine, mark.boot)
        total = settled.stored + settled.repeated + settled.conflicts + settled.quarantined
        assert total == len(batch)

    @rule(key=keys, first=st.none() | st.integers(1, 10), rest=st.booleans())
    def gateway_says(self, key: Key, first: int | None, rest: bool) -> None:
        other = LATER_BOOT if key.boot == BOOT else BOOT
        held = [BootHeld(key.boot, key.seq, first), BootHeld(other, 1)][: 1 + rest]
        report = SpoolReport(key.machine, "gw", key.boot, tuple(held))
        self.ingests[0].note(at(0), [], [report])
        for one in held:
            pair = (key.machine, one.boot)
            self.meet(pair)
            self.given[pair] = max(one.given, self.given.get(pair, 0))
            self.held[pair] = one.first or 0
            self.gone.discard(pair)
        before = self.met[: self.met.index((key.machine, key.boot))]
        self.gone |= {(key.machine, other)} & set(before) if not rest else set()

    @rule()
    def upkeep(self) -> None:
        while self.ingests[1].tend(START + timedelta(hours=3)):
            pass

    def meet(self, pair: Pair) -> None:
        if pair not in self.met:
            self.met.append(pair)

    def watermark(self, machine: str, boot: str) -> int:
        held = self.held.get((machine, boot), 0)
        free = (n for n in range(20) if Key(machine, boot, n + 1) not in self.first)
        return next(n for n in free if n + 1 >= held)

    def expected(self, machine: str) -> Account:
        mine = {key for key in self.first if key.machine == machine}
        torn = {key for key in mine if len(self.contents[key]) > 1}
        stored = sum(self.first[key][1] for key in mine - torn)
        given = lost = 0
        for pair in ((machine, BOOT), (machine, LATER_BOOT)):
            seen = max((key.seq for key in mine if key.boot == pair[1]), default=0)
            last = max(seen, self.given.get(pair, 0))
            given += last
            end = last if pair in self.gone else min(last, self.held.get(pair, 0) - 1)
            lost += sum(Key(*pair, n) not in mine for n in range(1, end + 1))
        quarantined = len(mine) - len(torn) - stored
        left = given - len(mine) - lost
        return Account(machine, given, stored, left, quarantined, len(torn), lost)

    @invariant()
    def the_books_are_those_of_the_model(self) -> None:
        with reading(self.telemetry) as connection:
            assert miscounted(connection, START - timedelta(days=1)) == ()
            for one in accounts(connection):
                assert one.adds_up
                assert one == self.expected(one.machine)
            torn = {key for key in self.first if len(self.contents[key]) > 1}
            assert {side.key for side in conflicts(connection)} == torn

    @invariant()
    def rows_are_the_first_contents_once_each_and_the_present_is_the_newest(self) -> None:
        with reading(self.telemetry) as connection:
            found = connection.execute(sa.select(samples.c.ts, samples.c[TMP])).all()
            present = {one.sample.key for one in latest_samples(connection)}
        kept = {key: content for key, (content, good) in self.first.items() if good}
        rows = [arrival_of(key, content) for key, content in kept.items()]
        expected = [(milliseconds(one.entry.origin.ts), int(one.entry.values[TMP])) for one in rows]
        assert sorted(tuple(row) for row in found) == sorted(expected)
        newest = {m: max((key for key in kept if key.machine == m), default=None) for m in MACHINES}
        assert present == {key for key in newest.values() if key is not None}

    def teardown(self) -> None:
        """Minute values are what a computation from the rows gives."""
        while self.ingests[0].tend(START + timedelta(hours=4)):
            pass
        with reading(self.telemetry) as connection:
            for machine in MACHINES:
                points = minute_trend(connection, machine, TMP, START, START + timedelta(hours=2))
                stored = [
                    content for key, (content, good) in self.first.items()
                    if good and key.machine == machine
                ]  # fmt: skip
                assert sum(point.count for point in points) == len(stored)


def test_every_history_adds_up(telemetry: sa.Engine) -> None:
    most = 40 if telemetry.dialect.name == "sqlite" else 10

    class Here(Histories):
        def __init__(self) -> None:
            super().__init__(telemetry)

    run_state_machine_as_test(Here, settings=settings(max_examples=most, stateful_step_count=12))


def test_a_message_without_a_number_changes_no_books(store: TelemetryStore) -> None:
    assert store.settle([], [aside(None)]).watermarks == ()
