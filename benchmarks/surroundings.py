"""The machine and the versions that figures were measured with."""

from __future__ import annotations

import ctypes
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from benchmarks.peers.nodered_setup import nodered_version
from benchmarks.peers.timefold_setup import timefold_version
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
        versions={
            "clearshift": __version__,
            **{name: version(name) for name in PACKAGES},
            "HiGHS": _highs(),
            "Timefold": timefold_version() or "not set up",
            "Node-RED": nodered_version() or "not set up",
        },
    )


def _highs() -> str:
    """The version of the HiGHS inside OR-Tools, which nothing but its own library tells."""
    spec = find_spec("ortools")
    folders = spec.submodule_search_locations if spec else None
    library = next(Path(folders[0]).rglob("libhighs.so*"), None) if folders else None
    if library is None:
        return "unknown"
    told = ctypes.CDLL(str(library)).Highs_version
    told.restype = ctypes.c_char_p
    return str(told().decode())


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
