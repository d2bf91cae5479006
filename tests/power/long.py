"""The long run of power cuts: `python -m tests.power.long --cuts 1000 --seed 1`."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.faults.page import Teller, publish
from tests.power.cuts import run


def main() -> int:
    """Prints a verdict for each file; 1 if anything was damaged or lost."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cuts", type=int, default=1000)
    options.add_argument("--commits", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--page", action="store_true", help="write docs/reliability.md")
    given = options.parse_args()
    bad, tell = 0, Teller()
    for writer in ("spool", "telemetry"):
        with tempfile.TemporaryDirectory() as folder:
            verdict = run(writer, given.commits, given.cuts, given.seed, Path(folder))
        tell(f"seed {given.seed}, {given.commits} commits: {verdict}")
        bad += verdict.corrupt + verdict.lossy + verdict.beyond
    if given.page:
        asked = f"--cuts {given.cuts} --commits {given.commits} --seed {given.seed}"
        publish("power", f"python -m tests.power.long {asked}", tell.lines)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
