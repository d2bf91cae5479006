"""The long run of fuzzing: `python -m tests.fuzz.long --inputs 1000000 --seed 1`."""

from __future__ import annotations

import argparse

from devices.protocols.listed import PROTOCOL
from tests.fuzz.frames import bent, crushed
from tests.fuzz.payloads import fuzz


def main() -> None:
    """Prints counts for every parser; fails with the input at the first that must not be."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=1_000_000, help="payloads, and frames")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    for one in fuzz(given.inputs, given.seed):
        print(f"seed {given.seed}, payloads, {one}", flush=True)
    for name in PROTOCOL:
        each = given.inputs // (2 * len(PROTOCOL))
        print(f"seed {given.seed}, crushed, {crushed(name, each, given.seed)}", flush=True)
        print(f"seed {given.seed}, bent, {bent(name, each, given.seed)}", flush=True)


if __name__ == "__main__":
    main()
