"""How values of the domain are packed into columns, and back.

A code that was stored once means the same for ever: add to these tables, never change them.
Values are whole numbers at the resolution that their quantity keeps; a missing one is NULL.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import repeat
from operator import mul
from typing import TypeVar

from domain.quantity import BY_NAME, QUANTITIES, row_of
from domain.telemetry import Mode, Phase, Validity

_T = TypeVar("_T")
MODES: dict[Mode, int] = {
    Mode.PRE_TREATMENT: 1,
    Mode.TREATMENT: 2,
    Mode.POST_TREATMENT: 3,
    Mode.DISINFECTION: 4,
    Mode.IDLE: 5,
    Mode.SERVICE: 6,
}
PHASES: dict[Phase, int] = {
    Phase.OFF: 1,
    Phase.SELF_TEST: 2,
    Phase.PRIMING: 3,
    Phase.READY: 4,
    Phase.CONNECTING: 5,
    Phase.TREATMENT: 6,
    Phase.REINFUSION: 7,
    Phase.DRAIN: 8,
    Phase.DISINFECTION: 9,
    Phase.IDLE: 10,
    Phase.SERVICE: 11,
}
VALIDITIES: dict[Validity, int] = {
    Validity.VALID: 1,
    Validity.QUESTIONABLE: 2,
    Validity.INVALID: 3,
    Validity.NOT_AVAILABLE: 4,
    Validity.CALCULATED: 5,
}
MODE_OF_CODE = {code: mode for mode, code in MODES.items()}
PHASE_OF_CODE = {code: phase for phase, code in PHASES.items()}
_VALIDITY_OF_CODE = {code: validity for validity, code in VALIDITIES.items()}

NAMES: tuple[str, ...] = tuple(quantity.name for quantity in QUANTITIES)
"""The columns of a table; the quality refers to a quantity by its place in them, so that a
quantity is only ever added at the end."""
SCALE: dict[str, int] = {quantity.name: 10**quantity.decimals for quantity in QUANTITIES}
_SCALES = tuple(float(SCALE[name]) for name in BY_NAME)
_PLACE = {name: place for place, name in enumerate(NAMES)}
_rounded = float.__round__
"""In half the time that `round` needs, which first looks for what it is given."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def milliseconds(moment: datetime) -> int:
    """Since 1970, UTC; what is finer is dropped."""
    return (moment - _EPOCH) // _MILLISECOND


def moment(stamp: int) -> datetime:
    """The moment of a stored number of milliseconds, in UTC."""
    return _EPOCH + stamp * _MILLISECOND


def packed_values(
    many: Iterable[Mapping[str, float]], missing: _T
) -> Iterator[tuple[int | _T, ...]]:
    """A row for each, in the order of `BY_NAME`. Made column by column: as a rule all machines
    say a quantity, or none does."""
    columns = zip(*map(row_of, many), strict=False)  # of one length, and strict takes time
    return zip(*map(_packed, columns, _SCALES, repeat(missing)), strict=False)


def _packed(column: Sequence[float | None], scale: float, missing: _T) -> list[int | _T]:
    try:
        return list(map(_rounded, map(mul, column, repeat(scale))))
    except TypeError:  # somebody did not say it
        return [missing if value is None else _rounded(value * scale) for value in column]


def values_of(columns: Sequence[int | None]) -> dict[str, float]:
    """The values that are there, of columns in that order."""
    return {
        name: column / scale
        for name, column, scale in zip(BY_NAME, columns, _SCALES, strict=True)
        if column is not None
    }


def packed_quality(quality: Mapping[str, Validity]) -> bytes | None:
    """Two bytes an entry: the place of the quantity, the code of its validity."""
    if not quality:
        return None
    pairs = sorted((_PLACE[name], VALIDITIES[validity]) for name, validity in quality.items())
    return bytes(byte for pair in pairs for byte in pair)


def quality_of(packed: bytes | None) -> dict[str, Validity]:
    """The entries that are there."""
    pairs = packed or b""
    return {NAMES[pairs[at]]: _VALIDITY_OF_CODE[pairs[at + 1]] for at in range(0, len(pairs), 2)}
