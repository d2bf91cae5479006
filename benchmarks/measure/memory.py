"""This process's peak of memory."""

from __future__ import annotations

import resource


def peak_mib() -> int:
    """The largest resident set so far, in MiB (Linux counts KiB)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
