"""`clearshift accounts`: what is lost or no longer kept is said, and never by a missing line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.telemetry.connection import open_telemetry
from db.telemetry.migrations import upgrade
from db.telemetry.quarantining import Bounds, bound
from db.telemetry.store import TelemetryStore
from domain.telemetry import Quarantined
from tests.clearshift.cli import telemetry
from tests.clearshift.cli.calling import Ask
from tests.clearshift.cli.telemetry import spoke
from tests.db.telemetry.world import aside

ALL_IS_WELL = "Whatever was accepted is stored, in a spool, put aside or in conflict."


def books(ask: Ask, *options: str) -> dict[str, int]:
    (one,) = ask("accounts", "--json", *options).data["accounts"]
    return {name: one[name] for name in ("accepted", "stored", "in_spool", "lost")}


@pytest.mark.usefixtures("planned")
def test_what_a_gateway_that_never_comes_back_held_is_lost(ask: Ask) -> None:
    spoke([telemetry.sample("M01", 3, 1.0)])
    assert books(ask) == {"accepted": 3, "stored": 1, "in_spool": 2, "lost": 0}
    assert ALL_IS_WELL in ask("accounts").out
    assert "No gateway called gw-x" in ask("accounts", "--gone", "gw-x", code=2).err
    assert books(ask, "--gone", "gw") == {"accepted": 3, "stored": 1, "in_spool": 0, "lost": 2}
    page = ask("accounts", "--audit").out
    assert "2 of M01 are lost" in page
    assert ALL_IS_WELL not in page


@pytest.mark.usefixtures("planned")
def test_what_was_put_aside_and_is_no_longer_kept_is_said(ask: Ask) -> None:
    strays: list[Quarantined] = [replace(aside(None, "", str(n)), topic="t") for n in range(3)]
    engine = open_telemetry("sqlite:///telemetry.db")
    upgrade(engine)
    TelemetryStore(engine, frozenset).settle([], [*strays, aside(1), aside(2)])
    with engine.begin() as connection:
        bound(connection, {"", "HD-9"}, Bounds(messages=1))
    engine.dispose()
    lines = ask("accounts").lines
    assert "2 messages of - that were put aside are no longer kept." in lines
    assert "1 messages of HD-9 that were put aside are no longer kept." in lines
    assert ask("accounts", "--audit", "--json").data["dropped"] == {"": 2, "HD-9": 1}
