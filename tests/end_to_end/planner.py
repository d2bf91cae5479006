"""A planner as a process of its own, held where a test wants it.

The log of its search goes into a pipe: with its data read, the process waits before the search
until somebody opens the other end, and what it writes tells that the search is under way.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).parents[2]


class Planner:
    """A running `clearshift plan` in a folder."""

    def __init__(self, folder: Path, *options: str) -> None:
        self._pipe = folder / "log.pipe"
        os.mkfifo(self._pipe)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clearshift", "plan", "--log", self._pipe.name, *options],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def hear(self, text: str) -> None:
        """Waits until the process has said it."""
        assert self.process.stdout is not None
        assert any(text in line for line in self.process.stdout), f"never said: {text}"

    @contextmanager
    def searching(self) -> Iterator[TextIO]:
        """Lets the search begin; what it logs can be read line by line."""
        with self._pipe.open(encoding="utf-8") as log:
            yield log

    def end(self) -> tuple[int, str, str]:
        """Exit code, output and errors."""
        out, err = self.process.communicate()
        return self.process.returncode, out, err
