"""What Linux knows of this process: its age and its peak of memory."""

from __future__ import annotations

import os
import resource
import time
from pathlib import Path

_START_FIELD = 19
"""Of `/proc/self/stat`, counted from the field behind the name: start in ticks since boot."""


def age_seconds() -> float:
    """Seconds since this process was started, to the hundredth."""
    fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    started = int(fields[_START_FIELD]) / os.sysconf("SC_CLK_TCK")
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


def peak_mib() -> int:
    """The largest resident set so far, in MiB (Linux counts KiB)."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
