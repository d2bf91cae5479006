"""The machine and the versions that figures were measured with."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.records import Surroundings
from clearshift import __version__

PACKAGES = ("numpy", "ortools", "sqlalchemy")


def surroundings() -> Surroundings:
    """This machine, now."""
    return Surroundings(
        day=datetime.now(UTC).date().isoformat(),
        machine=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gib=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        load=round(os.getloadavg()[0], 2),
        python=platform.python_version(),
        versions={"clearshift": __version__, **{name: version(name) for name in PACKAGES}},
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())

