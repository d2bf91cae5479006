"""One turn a second for everybody who watches the wall: read once, said once in each language,
and the same bytes put into everybody's queue.

Nobody's slow line holds up another's: who has not taken three messages loses them and gets
the newest. Nothing is read while nobody watches. An alarm or a new phase makes the turn come
sooner. If a turn fails, all streams end: their pages say so and ask again.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Protocol

from dashboard.site import Site
from dashboard.wall.ending import told_to_end
from dashboard.wall.frames import Kind, frame, spark_frame
from dashboard.wall.looking import Moment, looking_of
from db.sheets.edition import Voice

EVERY = 1.0
"""Seconds between two turns."""
GLANCE = 0.2
"""Seconds between two looks at whether something has happened; two turns are twice as far apart
at least, however much happens."""
DEEPEST = 3


class Feed(Protocol):
    """Where moments come from; called in worker threads."""

    def look(self) -> Moment:
        """The present."""
        ...

    def news(self) -> int:
        """The number of the newest event."""
        ...


@dataclass(frozen=True, slots=True)
class Topic:
    """What a page watches, in which language."""

    kind: Kind
    language: str


@dataclass(eq=False, slots=True)
class _Viewer:
    topic: Topic
    queue: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)
    sparks: int = -1
    """Which course of half an hour it has."""


class Hub:
    """Hands the moments of a site to whoever watches. Lives in one event loop."""

    def __init__(
        self,
        site: Site,
        feed: Feed | None = None,
        every: float = EVERY,
        glance: float = GLANCE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._site, self._feed = site, feed or looking_of(site)
        self._every, self._glance, self._clock = every, glance, clock
        self._viewers: set[_Viewer] = set()
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._end = ExitStack()
        self._course = (-1, b"")

    async def __aenter__(self) -> Hub:
        self._closed = False
        self._end.enter_context(told_to_end(self.close))
        return self

    async def __aexit__(self, *_: object) -> None:
        self.close()
        self._end.close()

    @property
    def viewers(self) -> int:
        """How many watch."""
        return len(self._viewers)

    def close(self) -> None:
        """Ends every stream, and begins none any more."""
        self._closed = True
        self._dismiss()
        if self._task is not None:
            self._task.cancel()

    async def watch(self, topic: Topic) -> AsyncGenerator[bytes, None]:
        """What to send to a page, from now until the hub is closed or the page is gone."""
        viewer = _Viewer(topic)
        if self._closed:
            return
        self._viewers.add(viewer)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._turns())
        try:
            while (message := await viewer.queue.get()) is not None:
                yield message
        finally:
            self._viewers.discard(viewer)

    async def _turns(self) -> None:
        try:
            while self._viewers:
                begun = self._clock()
                moment = await asyncio.to_thread(self._feed.look)
                await self._tell(moment)
                await self._rest(begun, moment.event)
        finally:
            self._dismiss()

    async def _tell(self, moment: Moment) -> None:
        """To everybody, made once a topic; lines of half an hour only to who lacks them."""
        if self._course[0] != moment.sparks.end:
            self._course = (moment.sparks.end, spark_frame(moment.sparks))
        for topic in {viewer.topic for viewer in self._viewers}:
            voice = Voice(topic.language, self._site.speak(topic.language, moment.at.year))
            message = await asyncio.to_thread(frame, moment, topic.kind, voice)
            for viewer in [one for one in self._viewers if one.topic == topic]:
                _put(viewer, message, self._course)

    async def _rest(self, begun: float, event: int) -> None:
        """Until the next turn is due, or something has happened."""
        pause = 2 * self._glance
        while (left := begun + self._every - self._clock()) > 0 and self._viewers:
            await asyncio.sleep(min(left, pause))
            pause = self._glance
            still = self._clock() < begun + self._every
            if still and await asyncio.to_thread(self._feed.news) > event:
                return

    def _dismiss(self) -> None:
        for viewer in self._viewers:
            viewer.queue.put_nowait(None)


def _put(viewer: _Viewer, message: bytes, course: tuple[int, bytes]) -> None:
    if viewer.queue.qsize() >= DEEPEST:
        while not viewer.queue.empty():
            viewer.queue.get_nowait()
        viewer.sparks = -1
    if viewer.topic.kind is not Kind.CORRIDOR and viewer.sparks != course[0]:
        viewer.sparks = course[0]
        message += course[1]
    viewer.queue.put_nowait(message)
