"""Turns into a program that ends when the one who started it does, however that ends.

Run as a file by `clearshift.processes`, never imported: `python tethered.py PARENT PROGRAM
ARGUMENTS ...`. Linux tells a process of its parent's death if it asks; asking must be done in
the child, and before it is another program. Standard library only, so that it costs nothing.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

TELL_OF_DEATH = 1
"""PR_SET_PDEATHSIG of <linux/prctl.h>; outlives the change into another program."""
ORPHAN = 3
"""Exit code if the parent has died already."""


def main(arguments: list[str]) -> int:
    """Never returns if all is well. Raises OSError if the program cannot be run."""
    parent, program = int(arguments[0]), arguments[1:]
    ctypes.CDLL(None).prctl(TELL_OF_DEATH, int(signal.SIGTERM), 0, 0, 0)
    if os.getppid() != parent:
        return ORPHAN
    os.execvp(program[0], program)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
