"""What a screen is given: who looks at it, in which language, at which moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dashboard.rights import Right, may
from dashboard.site import Site
from db.sheets.edition import Voice
from domain.account import Role
from domain.words import Say


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody signed in, as of the moment the page began."""

    name: str
    shown: str
    role: Role

    def may(self, right: Right) -> bool:
        """True if the role has the right; every write asks the database again."""
        return may(self.role, right)


@dataclass(frozen=True, slots=True)
class Desk:
    """One run of a screen. `now` is in the center's own time zone."""

    site: Site
    actor: Actor
    voice: Voice
    now: datetime

    @property
    def say(self) -> Say:
        """What says words on this screen."""
        return self.voice.say

    @property
    def zone(self) -> ZoneInfo:
        """The center's."""
        zone = self.now.tzinfo
        if not isinstance(zone, ZoneInfo):
            raise TypeError(f"the desk's moment is not in the center's zone: {self.now!r}")
        return zone
