"""The wall's addresses: the staff's stream, and pages with streams of their own for displays.

A display's page is served by the secret in its address alone. What may be seen there is decided
by the kind of the display, here and not in the page; a revoked one goes dark within a minute.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.templating import Jinja2Templates

from dashboard.gate.cookies import LANGUAGE_COOKIE, SIGN_IN_COOKIE, language_of
from dashboard.gate.pages import not_found
from dashboard.rights import Right, may
from dashboard.site import LANGUAGES, Site
from dashboard.style.css import text, tokens
from dashboard.wall.frames import HELLO, Kind
from dashboard.wall.hub import Hub, Topic
from dashboard.wall.labels import corridor_labels, wall_labels
from dashboard.wall.payload import encoded
from db.access.displays import find_display
from db.access.sign_ins import standing
from db.connection import reading
from db.refusal import DatabaseRefusal
from domain.account import Display, DisplayKind
from domain.words import words

ASKED_AGAIN = 60.0
"""Seconds after which a stream asks again whether it may go on."""
FILES = {
    "live.js": "text/javascript",
    "wall.js": "text/javascript",
    "station.js": "text/javascript",
    "corridor.js": "text/javascript",
    "wall.css": "text/css",
    "corridor.css": "text/css",
}
_KIND = {DisplayKind.CORRIDOR: Kind.CORRIDOR, DisplayKind.STATION: Kind.STATION}
_PAGES = {Kind.CORRIDOR: "corridor.html", Kind.STATION: "station.html"}
_templates = Jinja2Templates(directory=Path(__file__).with_name("templates"))
Allowed = Callable[[], Awaitable[bool]]


def routes(site: Site, hub: Hub) -> list[BaseRoute]:
    """What the server has of the wall besides the staff's screen."""

    async def staff(request: Request) -> Response:
        secret = request.cookies.get(SIGN_IN_COOKIE, "")

        async def allowed() -> bool:
            return await to_thread.run_sync(_may_watch, site, secret)

        if not await _still(allowed):
            return PlainTextResponse("Sign in", 401)
        return _stream(hub, Topic(Kind.STAFF, _language(request)), allowed)

    async def page(request: Request) -> Response:
        display = await _display(site, request)
        if display is None:
            return await not_found(site, _language(request))
        return _page(site, request, display)

    async def stream(request: Request) -> Response:
        display = await _display(site, request)
        if display is None:
            return PlainTextResponse("Not found", 404)

        async def allowed() -> bool:
            return await _display(site, request) is not None

        return _stream(hub, Topic(_KIND[display.kind], _language(request)), allowed)

    return [
        Route("/stream/wall", staff),
        Route("/wall/files/{name}", _file),
        Route("/wall/{secret}", page),
        Route("/wall/{secret}/stream", stream),
    ]


def _language(request: Request) -> str:
    """A display has nobody who could choose: its address may say so."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return language_of(chosen, request.headers.get("accept-language"))


def _may_watch(site: Site, secret: str) -> bool:
    with reading(site.here.database) as session:
        found = standing(session, site.center, secret, site.clock())
    if found is None or found.account.must_change:
        return False
    return may(found.account.role, Right.SEE_MACHINES)


async def _display(site: Site, request: Request) -> Display | None:
    return await to_thread.run_sync(_found, site, request.path_params["secret"])


def _found(site: Site, secret: str) -> Display | None:
    with reading(site.here.database) as session:
        return find_display(session, site.center, secret, site.clock())


def _page(site: Site, request: Request, display: Display) -> Response:
    kind, language = _KIND[display.kind], _language(request)
    say = site.speak(language, None)
    labels = corridor_labels(site, say) if kind is Kind.CORRIDOR else wall_labels(site, say)
    title = say(words("Stations") if kind is Kind.CORRIDOR else words("Machines"))
    there = {
        "language": language,
        "title": title,
        "data": encoded(
            {
                "url": f"{request.url.path}/stream?lang={language}",
                "language": language,
                "title": title,
                "words": labels,
            }
        ).decode(),
    }
    return _templates.TemplateResponse(request, _PAGES[kind], there)


def _stream(hub: Hub, topic: Topic, allowed: Allowed) -> Response:
    async def messages() -> AsyncIterator[bytes]:
        yield HELLO
        asked = time.monotonic()
        async with aclosing(hub.watch(topic)) as watched:
            async for message in watched:
                if time.monotonic() - asked > ASKED_AGAIN:
                    if not await _still(allowed):
                        return
                    asked = time.monotonic()
                yield message

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(messages(), media_type="text/event-stream", headers=headers)


async def _still(allowed: Allowed) -> bool:
    """Nobody may look who cannot be asked about."""
    try:
        return await allowed()
    except DatabaseRefusal:
        return False


async def _file(request: Request) -> Response:
    """What the pages of displays load; the same for everybody."""
    name = request.path_params["name"]
    if name not in FILES:
        return PlainTextResponse("Not found", 404)
    there = text("dashboard.wall", name)
    if name.endswith(".css"):
        there = f"{tokens()}\n{there}"
    return Response(there, media_type=FILES[name])
