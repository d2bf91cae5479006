"""Who is connected when within a turn, so that no nurse has two patients at once.

A shift says when its first patients are connected; a choreography says by how many minutes each
of the others begins later. Whoever has no cue begins with the shift. `Problem.session` adds the
minutes, so that slips, calendars, pages and every rule go by the same times.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from types import MappingProxyType

from domain.calendar import Turn
from domain.words import words

_NO_DELAY = timedelta()


@dataclass(frozen=True, slots=True, order=True)
class Cue:
    """A patient of a turn is connected `delay` minutes after the shift begins, by the zone's
    nurse of that number; the first is 1."""

    day: date
    shift: str
    patient: str
    delay: int
    nurse: int

    @property
    def turn(self) -> Turn:
        """Date and shift."""
        return Turn(self.day, self.shift)


@dataclass(frozen=True)
class Choreography:
    """The cues of a plan; sorted, so equal ones are equal values."""

    cues: tuple[Cue, ...] = ()

    @staticmethod
    def of(cues: Iterable[Cue]) -> Choreography:
        """A choreography from cues in any order; of two for the same session the earlier."""
        found = {(cue.patient, cue.turn): cue for cue in sorted(cues, reverse=True)}
        return Choreography(tuple(sorted(found.values())))

    @cached_property
    def by_session(self) -> Mapping[tuple[str, Turn], Cue]:
        """Each session's cue by patient and turn."""
        return MappingProxyType({(cue.patient, cue.turn): cue for cue in self.cues})

    @cached_property
    def _delays(self) -> Mapping[tuple[str, Turn], timedelta]:
        return {key: timedelta(minutes=cue.delay) for key, cue in self.by_session.items()}

    def delay(self, patient: str, turn: Turn) -> timedelta:
        """How much later than the shift the patient is connected."""
        return self._delays.get((patient, turn), _NO_DELAY)


UNSTAGGERED = Choreography()
"""Everybody begins with the shift."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a center works, from a day on: two tasks of a nurse begin at least `apart`
    minutes after each other, nobody is connected more than `latest` minutes after the shift's
    begin, and times are told in steps of `step` minutes."""

    valid_from: date
    apart: int
    latest: int
    step: int
    source: str

    def __post_init__(self) -> None:
        if self.apart < 1 or self.latest < 0 or self.step < 1:
            raise ValueError(f"no pace to work at: {self}")

    @property
    def delays(self) -> tuple[int, ...]:
        """The minutes by which a session may begin later than its shift."""
        return tuple(range(0, self.latest + 1, self.step))


STANDARD_PACE = Pace(
    date(2021, 1, 1),
    apart=10,
    latest=90,
    step=5,
    source=str(words("Practice: connecting a patient takes a nurse ten to fifteen minutes")),
)
"""Where a center has set nothing of its own."""
