"""`python -m benchmarks [NAME ...] [--seeds N] [--out FILE] [--tiny]`.

Without names everything is measured. `tables` measures nothing and makes the tables of
`docs/benchmarks.md` anew from the stored results; `timefold` and `nodered` prepare those peers.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.families import FAMILIES
from benchmarks.family import Family
from benchmarks.peers import nodered_setup, timefold_setup
from benchmarks.records import RESULTS, read_records, write_records
from benchmarks.run import run_family
from benchmarks.scale import FULL, TINY
from benchmarks.tables import PAGE, footer, renewed

_OTHERS = ("tables", "timefold", "nodered")
_ALL = (*FAMILIES, *_OTHERS)


def main(argv: Sequence[str]) -> int:
    """Measures what was asked for; the exit code is 1 if a measurement failed."""
    asked = _parser().parse_args(argv)
    names = asked.names or ["timefold", "nodered", *FAMILIES]
    unknown = set(names) - set(_ALL)
    if unknown:
        say(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(_ALL)}")
        return 2
    if "timefold" in names:
        say(f"timefold: {timefold_setup.set_up()}")
    if "nodered" in names:
        say(f"nodered: {nodered_setup.set_up()}")
    chosen = [FAMILIES[name] for name in names if name in FAMILIES]
    if asked.out and len(chosen) != 1:
        say("--out takes the results of exactly one family")
        return 2
    if asked.tiny and not asked.out:
        say("--tiny only tries the harness; give --out FILE, so that no real result is lost")
        return 2
    failed = [family.name for family in chosen if not _measured(family, asked)]
    if not asked.out:
        write_tables()
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(_ALL))
    parser.add_argument("--seeds", type=int, help="seeds of each size, by default the full number")
    parser.add_argument("--out", type=Path, help="another file for the raw results of one family")
    parser.add_argument("--tiny", action="store_true", help="tiny centers, to try the harness")
    return parser


def _measured(family: Family, asked: argparse.Namespace) -> bool:
    """Runs and stores a family; true if every measurement has a result."""
    begin = perf_counter()
    records = run_family(family, TINY if asked.tiny else FULL, asked.seeds, say)
    write_records(asked.out or RESULTS / f"{family.name}.jsonl", records)
    say(f"\n{family.title}\n\n{family.report(records)}{footer(records)}")
    say(f"{family.name}: {perf_counter() - begin:.0f} s in all\n")
    return not records.failures


def write_tables() -> None:
    """Makes the tables of the page anew from all results there are."""
    found = sections()
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    say(f"{PAGE}: {', '.join(found) or 'no results'}")


def sections() -> dict[str, str]:
    """What the page has to show of each family that has results."""
    found = {}
    for name, family in FAMILIES.items():
        file = RESULTS / f"{name}.jsonl"
        if file.exists():
            records = read_records(file, family.row)
            found[name] = family.report(records) + footer(records)
    return found


def say(line: str) -> None:
    """A line for whoever waits."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
