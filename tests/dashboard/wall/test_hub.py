"""The hub: one look for everybody, nobody's slow line holds up another's."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from typing import Any

from dashboard.site import Site
from dashboard.wall.ending import told_to_end
from dashboard.wall.frames import Kind
from dashboard.wall.hub import DEEPEST, Hub, Topic
from dashboard.wall.looking import NO_NEWS, Moment
from dashboard.wall.sparks import Sparks
from domain.words import words
from tests.dashboard.wall.moments import FLOOR, NOW, alarm, heard, seen

STAFF, CORRIDOR = Topic(Kind.STAFF, "en"), Topic(Kind.CORRIDOR, "zh")
PATIENCE = 20.0
LONG = 3600.0
UNREAD = "What is stored cannot be read just now."
"""All that anybody hears of a database who has not signed in."""


class Feed:
    """Moments out of nothing: each look is a second later."""

    def __init__(self) -> None:
        self.looks = 0
        self.newest = 0
        self.broken = self.unread = False
        self.sparks = Sparks(10, {"HD-1": ((1,), (2,), (3,))})

    def look(self) -> Moment:
        """The next moment."""
        self.looks += 1
        if self.unread:
            return Moment(NOW, NO_NEWS, FLOOR, Sparks(0, {}), None, (words("free"),))
        if self.broken:
            raise RuntimeError("the feed broke")
        at = NOW + timedelta(seconds=self.looks)
        shown = replace(seen(heard("HD-1", 1, alarm())), at=at)
        return Moment(at, self.newest, FLOOR, self.sparks, shown)

    def news(self) -> int:
        """The newest event's number."""
        return self.newest


def run(made: Callable[[], Awaitable[None]]) -> None:
    """A test's own loop, with a deadline for all of it."""

    async def whole() -> None:
        await asyncio.wait_for(made(), PATIENCE)

    asyncio.run(whole())


def events(message: bytes) -> dict[str, Any]:
    """The events of a message by name."""
    found = {}
    for part in message.decode().strip().split("\n\n"):
        name, _, data = part.partition("\n")
        found[name.removeprefix("event: ")] = json.loads(data.removeprefix("data: "))
    return found


async def until(condition: Callable[[], bool]) -> None:
    """Lets others run until something holds."""
    while not condition():
        await asyncio.sleep(0.002)


def test_everybody_gets_the_same_look_in_the_own_kind_and_language(site: Site) -> None:
    async def story() -> None:
        feed = Feed()
        async with (
            Hub(site, feed, every=LONG) as hub,
            aclosing(hub.watch(STAFF)) as one,
            aclosing(hub.watch(STAFF)) as other,
            aclosing(hub.watch(CORRIDOR)) as third,
        ):
            found = await asyncio.gather(anext(one), anext(other), anext(third))
            assert feed.looks == 1
            assert found[0] == found[1]
            assert hub.viewers == 3
        assert events(found[0])["turn"]["tiles"][0]["al"][0]["t"] == "venous pressure low"
        assert events(found[2])["turn"]["rows"][0]["t"] == "使用中"

    run(story)


def test_half_an_hour_is_sent_once_and_again_when_it_has_moved_on(site: Site) -> None:
    async def story() -> None:
        feed = Feed()
        async with (
            Hub(site, feed, every=0.01, glance=0.01) as hub,
            aclosing(hub.watch(STAFF)) as stream,
            aclosing(hub.watch(CORRIDOR)) as corridor,
        ):
            first, second = await anext(stream), await anext(stream)
            assert events(first)["sparks"] == {"end": 10, "lines": {"HD-1": [[1], [2], [3]]}}
            assert "sparks" not in events(second)
            feed.sparks = Sparks(11, {})
            while "sparks" not in (found := events(await anext(stream))):
                pass
            assert found["sparks"]["end"] == 11
            assert "sparks" not in events(await anext(corridor))

    run(story)


def test_who_does_not_take_messages_loses_them_and_gets_the_newest(site: Site) -> None:
    async def story() -> None:
        feed = Feed()
        async with (
            Hub(site, feed, every=0.005, glance=0.005) as hub,
            aclosing(hub.watch(STAFF)) as slow,
            aclosing(hub.watch(STAFF)) as quick,
        ):
            await asyncio.gather(anext(slow), anext(quick))
            for _ in range(4 * DEEPEST):
                await anext(quick)
            looks = feed.looks
            waiting = [events(await anext(slow)) for _ in range(DEEPEST)]
            oldest = waiting[0]["turn"]["at"] - NOW.timestamp() * 1000
            assert oldest / 1000 > looks - 2 * DEEPEST
            assert any("sparks" in one for one in waiting)  # what was lost is sent again

    run(story)


def test_something_that_happened_makes_the_turn_come_sooner(site: Site) -> None:
    async def story() -> None:
        feed = Feed()
        async with (
            Hub(site, feed, every=LONG, glance=0.005) as hub,
            aclosing(hub.watch(STAFF)) as stream,
        ):
            await anext(stream)
            feed.newest = 7
            await anext(stream)
            assert feed.looks == 2

    run(story)


def test_nothing_is_read_while_nobody_watches(site: Site) -> None:
    async def story() -> None:
        feed = Feed()
        async with Hub(site, feed, every=0.005, glance=0.005) as hub:
            async with aclosing(hub.watch(STAFF)) as stream:
                await anext(stream)
            task = hub._task
            assert task is not None
            await until(task.done)
            looks = feed.looks
            async with aclosing(hub.watch(STAFF)) as stream:
                await anext(stream)
            assert feed.looks > looks

    run(story)


def test_a_failed_turn_ends_every_stream_and_the_next_watcher_begins_anew(site: Site) -> None:
    async def story() -> None:
        feed = Feed()
        async with Hub(site, feed, every=0.005, glance=0.005) as hub:
            stream = hub.watch(STAFF)
            await anext(stream)
            feed.broken = True
            assert await ended(stream)
            assert hub._task is not None
            assert isinstance(hub._task.exception(), RuntimeError)
            feed.broken = False
            async with aclosing(hub.watch(STAFF)) as again:
                assert events(await anext(again))["turn"]["tiles"]

    run(story)


def test_a_closed_hub_ends_its_streams_and_begins_none(site: Site) -> None:
    async def story() -> None:
        hub = Hub(site, Feed(), every=LONG)
        stream = hub.watch(STAFF)
        await anext(stream)
        hub.close()
        assert await ended(stream)
        assert await ended(hub.watch(STAFF))

    run(story)


def test_what_cannot_be_read_is_said_and_not_asked_for_at_once_again(site: Site) -> None:
    async def story() -> None:
        feed = Feed()
        feed.unread = True
        async with (
            Hub(site, feed, every=LONG) as hub,
            aclosing(hub.watch(STAFF)) as stream,
            aclosing(hub.watch(Topic(Kind.CORRIDOR, "en"))) as other,
        ):
            found = await asyncio.gather(anext(stream), anext(other))
        staff, corridor = (events(one)["turn"] for one in found)
        assert [one["t"] for one in corridor["banners"]] == [UNREAD]
        assert [one["t"] for one in staff["banners"]] == ["free"]
        assert staff["tiles"] is None

    run(story)


def test_the_process_is_told_to_end_and_so_is_the_hub() -> None:
    async def story() -> None:
        called: list[str] = []
        before = signal.signal(signal.SIGTERM, lambda *_: called.append("server"))
        try:
            with told_to_end(lambda: called.append("hub")):
                signal.raise_signal(signal.SIGTERM)
                await until(lambda: len(called) == 2)
            assert called == ["server", "hub"]
            signal.raise_signal(signal.SIGTERM)
            assert called == ["server", "hub", "server"]
        finally:
            signal.signal(signal.SIGTERM, before)

    run(story)


async def ended(stream: AsyncIterator[bytes]) -> bool:
    """True once a stream gives nothing more."""
    async for _ in stream:
        pass
    return True
