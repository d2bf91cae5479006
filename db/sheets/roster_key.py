"""The hidden sheet by which a roster's workbook is known when it comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

TITLE = "_key"
FORMAT = "clearshift roster 1"


class BrokenRosterKey(ValueError):
    """The hidden sheet is not as it was written."""


@dataclass(frozen=True, slots=True)
class RosterKey:
    """Of which center, weeks and version a workbook is; the fingerprint is the roster's."""

    center: str
    first_day: date
    weeks: int
    version: int
    fingerprint: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The key as texts."""
        return (self.center, self.first_day.isoformat(), str(self.weeks), str(self.version),
                self.fingerprint)  # fmt: skip

    def digest(self) -> str:
        """A check sum, to notice that somebody edited the hidden sheet."""
        return hashlib.sha256("\x1f".join(self.cells).encode()).hexdigest()[:16]


def roster_key_lines(key: RosterKey) -> Iterable[tuple[str, ...]]:
    """The hidden sheet's lines, as text only."""
    return ((FORMAT, key.digest()), key.cells)


def read_roster_key(lines: Sequence[Sequence[str]]) -> RosterKey:
    """The key from its lines. Raises BrokenRosterKey if they are not what was written."""
    try:
        (form, digest, *_), (center, first_day, weeks, version, fingerprint, *_) = lines
        key = RosterKey(
            center, date.fromisoformat(first_day), int(weeks), int(version), fingerprint
        )
    except ValueError as error:
        raise BrokenRosterKey(str(error)) from error
    if (form, digest) != (FORMAT, key.digest()):
        raise BrokenRosterKey("digest")
    return key
