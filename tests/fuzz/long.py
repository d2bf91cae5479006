"""The long run of fuzzing: `python -m tests.fuzz.long --inputs 1000000 --seed 1`."""

from __future__ import annotations

import argparse

from devices.protocols.listed import PROTOCOL
from devices.protocols.protocol import Check
from tests.faults.page import Teller, publish
from tests.fuzz.frames import bent, crushed, once
from tests.fuzz.payloads import fuzz
from tests.fuzz.treatment import calm, moved

TRUSTED = 10
"""A protocol whose frames TCP carries is bent so many times more seldom: what comes of it is no
figure of ours, and its messages are long."""


def main() -> None:
    """Prints counts for every parser; fails with the input at the first that must not be."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--inputs", type=int, default=1_000_000, help="payloads, and frames")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--page", action="store_true", help="write docs/reliability.md")
    given = options.parse_args()
    tell = Teller()
    for one in fuzz(given.inputs, given.seed):
        tell(f"seed {given.seed}, payloads, {one}")
    for name in PROTOCOL:
        each = given.inputs // (2 * len(PROTOCOL))
        tell(f"seed {given.seed}, crushed, {crushed(name, each, given.seed)}")
        some = each if PROTOCOL[name].check is Check.SUM else each // TRUSTED
        tell(f"seed {given.seed}, bent, {bent(name, some, given.seed)}")
        tell(f"seed {given.seed}, bent, {moved(name, some // 2, given.seed)}")
        if (single := once(name, some // 2, given.seed)).inputs:
            tell(f"seed {given.seed}, bent, {single}")
        tell(f"seed {given.seed}, {calm(name, given.seed)}")
    if given.page:
        asked = f"--inputs {given.inputs} --seed {given.seed}"
        publish("fuzz", f"python -m tests.fuzz.long {asked}", tell.lines)


if __name__ == "__main__":
    main()
