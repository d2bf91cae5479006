"""What the suites of faults, power cuts and load send: samples of 25 values whose content says
which one of its machine it is, so that a loss, a swap or a change would show."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from domain.quantity import QUANTITIES
from domain.telemetry import Generation, Key, Mode, Origin, Phase, Sample

MOST = 5_000_000
"""Numbers there are."""
VALUES = 25
_LOW, _HIGH = "uf_target_ml", "blood_flow_ml_min"
_CHECK = "venous_pressure_mmhg"
_FIRST = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def sample(
    machine: str,
    boot: str,
    seq: int,
    number: int,
    *,
    gateway: str = "gw-a",
    at: datetime = _FIRST,
) -> Sample:
    """The `number`-th sample that a source has for a machine."""
    values = {
        quantity.name: float(int(quantity.low) + 1 + (number + place) % 3)
        for place, quantity in enumerate(QUANTITIES[:VALUES])
    }
    values[_LOW], values[_HIGH] = float(number % 10_000), float(number // 10_000)
    values[_CHECK] = float(_check(number))
    return Sample(
        Key(machine, boot, seq),
        Origin(gateway, "jsdt3", Generation.TEST, at),
        Mode.TREATMENT,
        Phase.TREATMENT,
        False,
        values,
    )


COLUMNS = (_LOW, _HIGH, _CHECK)
"""Columns from which `number_of` reads; whole numbers, stored as they are."""


def number_of(row: Mapping[str, int]) -> int:
    """Which sample a stored row is. Raises ValueError if it is none of ours, or altered."""
    number = row[_HIGH] * 10_000 + row[_LOW]
    if row[_CHECK] != _check(number):
        raise ValueError(f"an altered row: {dict(row)}")
    return number


def _check(number: int) -> int:
    return number * 31 % 599
