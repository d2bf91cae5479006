"""The wall's addresses over a real telemetry database: who may look, and what they get."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Message

import dashboard.wall.routes
from dashboard.gate.cookies import SIGN_IN_COOKIE
from dashboard.site import Site
from dashboard.wall.hub import Hub
from dashboard.wall.routes import FILES, routes
from db.access.accounts import add_account
from db.access.displays import add_display, list_displays, revoke_display
from db.access.sign_ins import sign_in
from db.connection import writing
from db.load import load_layout
from db.telemetry.store import TelemetryStore
from domain.account import Account, DisplayKind, Role
from domain.telemetry import Arrival, LinkState, LinkStatus
from tests.dashboard.wall.moments import VALUES, heard
from tests.dashboard.world import NOW
from tests.db.telemetry.world import digest

PATIENCE = 30.0


def machines(site: Site) -> list[str]:
    """The center's machines, in the order of their stations."""
    with writing(site.here.database) as session:
        layout = load_layout(session, site.center)
    return [one.code for one in layout.machines]


def speak(site: Site, machine: str, number: int, seconds: float) -> None:
    """A machine says a sample, so many seconds before now."""
    row = heard(machine, seconds)
    assert row.sample is not None
    at = NOW - timedelta(seconds=seconds)
    sample = row.sample._replace(
        key=row.sample.key._replace(seq=number),
        origin=row.sample.origin._replace(ts=at),
        values={**VALUES, "venous_pressure_mmhg": 100.0 + number},
    )
    store = TelemetryStore(site.here.telemetry, lambda: frozenset({machine}))
    payload = repr(sample).encode()
    store.settle([Arrival(sample, at, digest(payload), payload)], [])
    link = LinkState(machine, "gw", sample.key.boot, LinkStatus.ONLINE, at, at)
    store.note(at, [link], [])
    store.beat("main", NOW)


def display(site: Site, kind: DisplayKind) -> str:
    """The secret of a display that was just made."""
    with writing(site.here.database) as session:
        return add_display(session, site.center, "Corridor", kind, "Li", NOW)


def signed_in(site: Site, *, must_change: bool = False) -> str:
    """The cookie of a technician."""
    account = Account("tech", "Wang", Role.TECHNICIAN, must_change)
    with writing(site.here.database) as session:
        add_account(session, site.center, account, "hashed", "Li", NOW)
        return sign_in(session, site.center, "tech", NOW)


def served(site: Site, hub: Hub) -> Starlette:
    """The wall alone, without the gate."""
    return Starlette(routes=routes(site, hub))


@asynccontextmanager
async def streaming(
    app: Starlette, path: str, query: str = "", cookie: str = ""
) -> AsyncIterator[Callable[[], Awaitable[Message]]]:
    """A request whose answer is read piece by piece, as no test client does it."""
    sent: asyncio.Queue[Message] = asyncio.Queue()
    gone = asyncio.Event()
    asked = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if asked:
            return asked.pop()
        await gone.wait()
        return {"type": "http.disconnect"}

    headers = [(b"cookie", f"{SIGN_IN_COOKIE}={cookie}".encode())] if cookie else []
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(),
        "query_string": query.encode(), "headers": headers, "http_version": "1.1",
        "scheme": "http", "server": ("testserver", 80), "client": ("test", 1), "root_path": "",
        "asgi": {"version": "3.0"},
    }  # fmt: skip
    task = asyncio.create_task(app(scope, receive, sent.put))

    async def piece() -> Message:
        return await asyncio.wait_for(sent.get(), PATIENCE)

    try:
        yield piece
    finally:
        gone.set()
        await asyncio.wait_for(task, PATIENCE)


def turn(message: Message) -> dict[str, Any]:
    """What a piece of the stream tells of a moment."""
    first = message["body"].decode().split("\n\n")[0]
    name, _, data = first.partition("\n")
    assert name == "event: turn"
    found: dict[str, Any] = json.loads(data.removeprefix("data: "))
    return found


def test_the_staff_hears_what_was_stored_and_soon_what_is_stored_next(site: Site) -> None:
    first, *_ = machines(site)
    speak(site, first, 1, 2)
    cookie = signed_in(site)

    async def story() -> None:
        async with Hub(site, every=0.02, glance=0.02) as hub:
            app = served(site, hub)
            async with streaming(app, "/stream/wall", "lang=zh", cookie) as piece:
                start = await piece()
                headers = dict(start["headers"])
                assert start["status"] == 200
                assert headers[b"content-type"].startswith(b"text/event-stream")
                assert headers[b"cache-control"] == b"no-store"
                assert (await piece())["body"] == b"retry: 1000\n\n"
                shown = turn(await piece())
                tile = next(one for one in shown["tiles"] if one["m"] == first)
                assert tile["v"]["ven"] == ["101", "live"]
                assert (tile["pht"], tile["age"]) == ("治疗", 2000)
                assert len(shown["tiles"]) == len(machines(site))
                speak(site, first, 2, 1)
                while tile["v"]["ven"][0] != "102":
                    shown = turn(await piece())
                    tile = next(one for one in shown["tiles"] if one["m"] == first)
                assert hub.viewers == 1
            assert hub.viewers == 0

    asyncio.run(story())


def test_a_corridor_gets_its_stations_and_nothing_else(site: Site) -> None:
    first, *_ = machines(site)
    speak(site, first, 1, 2)
    secret = display(site, DisplayKind.CORRIDOR)

    async def story() -> None:
        async with (
            Hub(site, every=0.02) as hub,
            streaming(served(site, hub), f"/wall/{secret}/stream") as piece,
        ):
            await piece()
            await piece()
            shown = turn(await piece())
        assert set(shown) == {"at", "tz", "blind", "gen", "rows"}
        assert shown["rows"][0] | {"age": 0, "keep": 0} == {
            "s": "A01", "st": "running", "t": "in use", "min": 82, "about": False,
            "age": 0, "keep": 0,
        }  # fmt: skip
        assert first not in json.dumps(shown)

    asyncio.run(story())


def test_a_display_that_was_revoked_goes_dark(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dashboard.wall.routes, "ASKED_AGAIN", 0.0)
    secret = display(site, DisplayKind.STATION)

    async def story() -> None:
        async with Hub(site, every=0.02) as hub:
            async with streaming(served(site, hub), f"/wall/{secret}/stream") as piece:
                await piece()
                await piece()
                assert turn(await piece())["tiles"]
                with writing(site.here.database) as session:
                    ((key, _),) = list_displays(session, site.center)
                    revoke_display(session, site.center, key, NOW)
                while (await piece()).get("more_body"):
                    pass
            async with streaming(served(site, hub), f"/wall/{secret}/stream") as piece:
                assert (await piece())["status"] == 404

    asyncio.run(story())


def test_nobody_sees_the_staffs_stream_without_a_sign_in_that_holds(site: Site) -> None:
    client = TestClient(served(site, Hub(site)))
    assert client.get("/stream/wall").status_code == 401
    client.cookies.set(SIGN_IN_COOKIE, "guessed")
    assert client.get("/stream/wall").status_code == 401
    client.cookies.set(SIGN_IN_COOKIE, signed_in(site, must_change=True))
    assert client.get("/stream/wall").status_code == 401


def test_a_display_has_a_page_of_its_kind_in_the_language_of_its_address(site: Site) -> None:
    client = TestClient(served(site, Hub(site)))
    corridor, station = (display(site, kind) for kind in DisplayKind)
    there = client.get(f"/wall/{corridor}?lang=zh").text
    assert '<html lang="zh">' in there
    assert "机位" in there
    assert "Information only" in there
    assert "仅供参考" in there
    assert "corridor.js" in there
    assert "station.js" in client.get(f"/wall/{station}").text


def test_an_unknown_address_shows_nothing(site: Site) -> None:
    client = TestClient(served(site, Hub(site)))
    assert client.get("/wall/guessed").status_code == 404
    assert client.get("/wall/guessed/stream").status_code == 404
    assert client.get("/wall/files/wall.py").status_code == 404


@pytest.mark.parametrize("name", FILES)
def test_the_files_of_the_pages_are_served(site: Site, name: str) -> None:
    answer = TestClient(served(site, Hub(site))).get(f"/wall/files/{name}")
    assert answer.headers["content-type"].startswith(FILES[name])
    assert ("--ground" in answer.text) is name.endswith(".css")
