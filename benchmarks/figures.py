"""Statistics of a few numbers, and how they are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil, exp, log
from statistics import fmean, median

__all__ = [
    "exponent",
    "geometric_mean",
    "median",
    "number",
    "p95",
    "percent",
    "percentile",
    "seconds",
    "share",
]


def p95(values: Iterable[float]) -> float:
    """The 95th percentile by nearest rank: of 20 values the 19th, of 5 the largest."""
    ordered = sorted(values)
    return ordered[ceil(0.95 * len(ordered)) - 1]


def percentile(values: Iterable[float], share: float) -> float:
    """Any percentile by nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def geometric_mean(values: Iterable[float]) -> float:
    """The mean for ratios. Values must be above 0."""
    return exp(fmean(log(value) for value in values))


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """The k of time = c * size^k that fits best, by least squares of the logarithms."""
    across, up = [log(size) for size in sizes], [log(time) for time in times]
    middle, height = fmean(across), fmean(up)
    spread = sum((x - middle) ** 2 for x in across)
    return sum((x - middle) * (y - height) for x, y in zip(across, up, strict=True)) / spread


def seconds(value: float) -> str:
    """Milliseconds below a tenth of a second, then hundredths, from ten seconds on tenths."""
    if value < 0.1:
        return f"{1000 * value:.0f} ms"
    return f"{value:.2f} s" if value < 10 else f"{value:.1f} s"


def number(value: float, digits: int = 2) -> str:
    """A plain number."""
    return f"{value:.{digits}f}"


def share(hits: int, of: int) -> str:
    """How many of how many."""
    return f"{hits} of {of}"


def percent(value: float) -> str:
    """A share of one as a percentage."""
    return f"{100 * value:.2f} %"
