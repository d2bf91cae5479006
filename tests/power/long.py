"""The long run of power cuts: `python -m tests.power.long --cuts 1000 --seed 1`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.power.cuts import run


def main() -> int:
    """Prints a verdict for each file; 1 if anything was damaged or lost."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cuts", type=int, default=1000)
    options.add_argument("--commits", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    bad = 0
    for writer in ("spool", "telemetry"):
        with tempfile.TemporaryDirectory() as folder:
            verdict = run(writer, given.commits, given.cuts, given.seed, Path(folder))
        print(f"seed {given.seed}, {given.commits} commits: {verdict}", flush=True)
        bad += verdict.corrupt + verdict.lossy + verdict.beyond
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
