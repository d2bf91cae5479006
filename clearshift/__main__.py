"""Start of the program: `clearshift`, or `python -m clearshift`."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import NoReturn

from clearshift.cli.main import main


def run() -> NoReturn:
    """Runs the command line and leaves with its exit code. A terminal that cannot show a
    character gets its number, for a name must never vanish."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))


if __name__ == "__main__":
    run()
