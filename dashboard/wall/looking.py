"""One look at all machines for everybody who watches, however many they are.

Where stations stand and the course of half an hour are asked for once a minute, the rest at
every look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from dashboard.site import Site
from dashboard.wall.floor import FloorPlan, floor_plan
from dashboard.wall.sparks import LASTING, QUANTITIES, Sparks, sparks
from dashboard.watching import Seen, seen_at
from db.care.present import present
from db.connection import reading
from db.load import load_layout
from db.refusal import DatabaseRefusal
from db.telemetry.glance import minute_means, newest_event
from db.telemetry.read import reading as reading_telemetry
from domain.register import Register
from domain.words import Words

SELDOM = timedelta(minutes=1)
NO_NEWS = 2**63
"""Larger than any event's number: nothing new can be seen before the next turn."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was there at a look, or why nothing could be read. `event` is the newest event that
    it holds: a larger number means that something has happened since."""

    at: datetime
    event: int
    floor: FloorPlan
    sparks: Sparks
    seen: Seen | None
    reasons: tuple[Words, ...] = ()


class Looking:
    """The databases of a site as the wall asks them; any thread may look."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._lock = Lock()
        self._register: Register | None = None
        self._floor = FloorPlan()
        self._sparks = Sparks(0, {})
        self._asked: datetime | None = None
        self._last: Moment | None = None

    def look(self, at_most: timedelta = timedelta()) -> Moment:
        """The present, or what somebody else has just seen if that is not older than
        `at_most`."""
        with self._lock:
            now = self._site.clock()
            last = self._last
            if last is None or not timedelta() <= now - last.at < at_most:
                last = self._last = self._looked(now)
            return last

    def news(self) -> int:
        """The number of the newest event; the same as before where it cannot be read."""
        try:
            with reading_telemetry(self._site.here.telemetry) as connection:
                return newest_event(connection)
        except DatabaseRefusal:
            return 0

    def _looked(self, now: datetime) -> Moment:
        try:
            event = self.news()
            if self._asked is None or not timedelta() <= now - self._asked < SELDOM:
                self._ask(now)
                self._asked = now
            there = present(self._site.here, now, self._register)
            seen = seen_at(there, now, self._site.escalation)
        except DatabaseRefusal as refused:
            return Moment(now, NO_NEWS, self._floor, self._sparks, None, refused.reasons)
        return Moment(now, event, self._floor, self._sparks, seen)

    def _ask(self, now: datetime) -> None:
        """What changes seldom."""
        here = self._site.here
        if here.center is not None:
            with reading(here.database) as session:
                self._register = load_layout(session, here.center)
            self._floor = floor_plan(self._register)
        with reading_telemetry(here.telemetry) as connection:
            found = minute_means(connection, QUANTITIES, now - LASTING, now)
        self._sparks = sparks(found, now)


_made: list[tuple[Site, Looking]] = []
_making = Lock()


def looking_of(site: Site) -> Looking:
    """The one of this process, shared by the stream and by pages without it."""
    with _making:
        for known, looking in _made:
            if known is site:
                return looking
        _made[:] = [(site, Looking(site))]
        return _made[0][1]
