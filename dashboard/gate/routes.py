"""The routes around signing in. Who may use which stands in `dashboard.gate.paths`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from dashboard.gate.cookies import LANGUAGE_COOKIE, LANGUAGE_LASTS
from dashboard.gate.door import Door
from dashboard.gate.hospital import HospitalDoor
from dashboard.gate.origin import local, own_path
from dashboard.gate.pages import not_found
from dashboard.gate.passwords import PasswordDoor
from dashboard.gate.paths import HOSPITAL, OPEN
from dashboard.gate.provider import CALLBACK
from dashboard.gate.reader import language_at
from dashboard.site import LANGUAGES, Site
from dashboard.style.css import tokens

_FILES = {"door.css": "text/css", "mark.svg": "image/svg+xml"}
_KEPT = {"Cache-Control": "public, max-age=3600"}


def routes(site: Site) -> list[BaseRoute]:
    """Signing in and out, the password, the language, whether the server lives."""
    door = Door(site)
    passwords = PasswordDoor(site)
    return [
        *_hospital(site),
        Route("/signin", door.sign_in, methods=["GET", "POST"]),
        Route("/signin/{name}", _file, methods=["GET"]),
        Route("/signout", door.sign_out, methods=["GET", "POST"]),
        Route("/password", passwords.change, methods=["GET", "POST"]),
        Route("/language/{language}", _language(site), methods=["GET"]),
        Route("/signed-in", _nothing_to_say, methods=["GET"]),
        Route("/healthz", _alive, methods=["GET"]),
    ]


def nothing_else(site: Site) -> list[BaseRoute]:
    """Put behind all routes of ours: below the open addresses there is nothing but those. Without
    it Streamlit would answer the rest with its own page, to somebody who is not signed in."""

    below = [f"{way.path}{{rest:path}}" for way in OPEN if way.path.endswith("/")]
    streamlits = [way.path for way in HOSPITAL]
    return [Route(path, Nothing(site)) for path in (*below, *streamlits)]


def _hospital(site: Site) -> list[BaseRoute]:
    """The way to the identity provider and back, where there is one."""
    if not site.single_sign_on:
        return []
    door = HospitalDoor(site)
    return [
        Route("/signin/hospital", door.leave, methods=["GET"]),
        Route(CALLBACK, door.come_back, methods=["GET"]),
    ]


class Nothing:
    """Answers every method with the page that says so; an object, because a function would be
    asked for GET only."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads nothing of the request but its language."""
        answer = await not_found(self._site, language_at(Request(scope)))
        await answer(scope, receive, send)


async def _alive(request: Request) -> Response:
    """That the process answers; nothing about what is in it."""
    del request
    return PlainTextResponse("ok")


async def _nothing_to_say(request: Request) -> Response:
    """For pages that ask whether they are still signed in; the gate has answered if not."""
    del request
    return Response(status_code=204)


async def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _FILES:
        return PlainTextResponse("Not found", 404)
    text = files("dashboard.gate").joinpath("static", name).read_text(encoding="utf-8")
    if name.endswith(".css"):
        text = f"{tokens()}\n{text}"
    return Response(text, media_type=_FILES[name], headers=_KEPT)


def _language(site: Site) -> Callable[[Request], Awaitable[Response]]:
    async def change(request: Request) -> Response:
        language = request.path_params["language"]
        if language not in LANGUAGES:
            return await not_found(site, language_at(request))
        back = request.query_params.get("next")
        answer = RedirectResponse(local(back) if back else own_path(request), 303)
        answer.set_cookie(
            LANGUAGE_COOKIE, language, max_age=LANGUAGE_LASTS, httponly=True, samesite="lax",
            secure=site.secure,
        )  # fmt: skip
        return answer

    return change
