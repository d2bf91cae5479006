"""One measurement in this process: `python -m benchmarks.child TASK ARGUMENTS ROW`.

Task and arguments as a `Job` has them, the arguments in JSON; the row is written as JSON into
the file, so that whatever a solver prints does no harm.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from time import perf_counter

BEGIN = perf_counter()
"""When this process started to load the program."""


def main(task: str, arguments: str, file: str) -> None:
    """Measures and writes."""
    module = import_module(f"benchmarks.measure.{task}")
    row = module.measure(**json.loads(arguments))
    Path(file).write_text(json.dumps(asdict(row)), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
