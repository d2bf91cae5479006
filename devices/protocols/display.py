"""Writes numbers as a machine's display holds them: fixed width, rounded to its resolution.
For simulated machines only: the drivers read with code of their own.
"""

from __future__ import annotations


def shown(value: float | None, width: int, decimals: int) -> str:
    """The number, padded with zeros behind the sign; with fewer decimals where it would not
    fit, and blank where there is none or it does not fit at all."""
    if value is None:
        return " " * width
    for places in range(decimals, -1, -1):
        text = f"{_without_minus_zero(value, places):0{width}.{places}f}"
        if len(text) == width:
            return text
    return " " * width


def _without_minus_zero(value: float, places: int) -> float:
    rounded = round(value, places)
    return rounded if rounded else 0.0
