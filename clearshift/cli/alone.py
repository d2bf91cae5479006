"""A folder that only one program at a time may work in."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clearshift.cli.refusal import Refusal
from domain.words import Words


@contextmanager
def alone(folder: Path, taken: Words) -> Iterator[None]:
    """The folder, which must exist, ours until the end of the block; the system gives it back
    however we end. Raises Refusal with `taken` if another program has it."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(taken) from None
        yield
