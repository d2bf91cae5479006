"""From a gateway's spool to the books: what a disk took with it is lost, what was left is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.telemetry.accounts import accounts
from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from db.telemetry.read import reading
from db.telemetry.store import TelemetryStore
from devices.gateway.books import Books
from devices.gateway.spool import Fresh, Spool
from devices.ingest.notes import Notes
from devices.wire.messages import digest, encode
from devices.wire.states import decode_link, encode_link
from domain.telemetry import Account, Arrival, LinkState, LinkStatus, Watermark
from tests.devices.ingest.world import BOOT, KNOWN, NOON, sample

NEXT = "b" * 32


@pytest.fixture
def telemetry(tmp_path: Path) -> Iterator[sa.Engine]:
    engine = open_telemetry(f"sqlite:///{tmp_path / 'telemetry.db'}")
    upgrade(engine)
    yield engine
    engine.dispose()


def accepted(spool: Spool, boot: str, first: int, last: int) -> None:
    numbers = range(first, last + 1)
    fresh = [Fresh("HD-1", boot, n, False, encode(sample(n, boot=boot))) for n in numbers]
    spool.keep(fresh, {})


def arrived(store: TelemetryStore, boot: str, *numbers: int) -> tuple[Watermark, ...]:
    payloads = {n: encode(sample(n, boot=boot)) for n in numbers}
    batch = [Arrival(sample(n, boot=boot), NOON, digest(p), p) for n, p in payloads.items()]
    return store.settle(batch, []).watermarks


def heard(store: TelemetryStore, boot: str, books: Books) -> None:
    """A link, over the wire and into the books."""
    state = LinkState("HD-1", "gw", boot, LinkStatus.ONLINE, NOON, NOON)
    notes = Notes()
    notes.link(decode_link(encode_link(books.report(state, NOON))))
    notes.write(store, NOON)


@pytest.mark.parametrize(("died", "in_spool", "lost"), [(False, 6, 0), (True, 0, 6)])
def test_what_a_new_boot_finds_in_its_spool_decides(
    tmp_path: Path, telemetry: sa.Engine, died: bool, in_spool: int, lost: int
) -> None:
    store, spool = TelemetryStore(telemetry, lambda: KNOWN), Spool(tmp_path / "one.db")
    books = Books(BOOT, ())
    accepted(spool, BOOT, 1, 10)
    books.kept("HD-1", 10)
    marks = arrived(store, BOOT, 1, 2, 3, 4)
    books.forgot(spool.forget(marks))
    heard(store, BOOT, books)
    spool.close()
    again = Spool(tmp_path / ("two.db" if died else "one.db"))
    books = Books(NEXT, again.holdings())
    accepted(again, NEXT, 1, 1)
    books.kept("HD-1", 1)
    heard(store, NEXT, books)
    again.close()
    with reading(telemetry) as connection:
        assert accounts(connection) == (Account("HD-1", 11, 4, in_spool + 1, 0, 0, lost),)
