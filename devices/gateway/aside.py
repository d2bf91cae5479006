"""Specimens of what could not be taken: a few of each kind, so that a technician sees what a line
says, and a line full of noise does not fill the spool with it.

They travel as events, numbered and spooled like any other; ingest puts them aside whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from devices.protocols.protocol import Garbage
from devices.protocols.veil import printable, veiled

FIRST, LONGEST = 60.0, 3600.0
"""Seconds without another specimen of a kind; twice as many after each, while it goes on."""

KINDS = 32
"""That are told apart, for a machine."""

SHOWN, LONGEST_TEXT = 300, 400
"""Bytes of a specimen, and characters of an event's text."""


@dataclass(slots=True)
class _Wait:
    until: float
    seconds: float


class Aside:
    """What has been shown of one machine, and when. `now` never jumps."""

    def __init__(self) -> None:
        self._waits: dict[str, _Wait] = {}

    def garbage(self, garbage: Garbage, now: float) -> str | None:
        """The words for bytes that are no frame; `None` if such were shown of late."""
        return self._words(f"no frame ({garbage.fault.value})", veiled(garbage.raw), now)

    def refused(self, reason: str, shown: bytes, now: float) -> str | None:
        """The words for a frame that cannot be; `shown` are its bytes without the patient."""
        return self._words(reason, shown, now)

    def _words(self, reason: str, shown: bytes, now: float) -> str | None:
        wait = self._waits.get(reason)
        if wait is not None and now < wait.until:
            return None
        if wait is None and len(self._waits) >= KINDS:
            return None
        goes_on = wait is not None and now < wait.until + wait.seconds
        seconds = min(LONGEST, 2 * wait.seconds) if wait is not None and goes_on else FIRST
        self._waits[reason] = _Wait(now + seconds, seconds)
        return specimen(reason, shown)


def specimen(reason: str, shown: bytes) -> str:
    """The text of the event."""
    text = f"{reason} | {len(shown)} bytes: {printable(shown, SHOWN)}"
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 3] + "..."
