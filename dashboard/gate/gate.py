"""The gate: what stands before everything that the server has.

Nothing passes it without a sign-in that holds but what `dashboard.gate.paths` lists. It
believes no header about who somebody is, and puts on every answer what the browser must not do.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.gate.cookies import LANGUAGE_COOKIE, SIGN_IN_COOKIE, language_of
from dashboard.gate.headers import app_policy, guard, without_claims
from dashboard.gate.looking import clicked, who
from dashboard.gate.open_line import OpenLine
from dashboard.gate.origin import named_right, own_origin
from dashboard.gate.pages import not_found, not_yours, out_of_order
from dashboard.gate.paths import Kind, Needs, Way, home_of, plain_path, way_of
from dashboard.rights import Right, may
from dashboard.site import Site
from db.access.sign_ins import SignIn
from db.refusal import DatabaseRefusal
from domain.account import Role

NO_SIGN_IN = 4401
"""The code with which a WebSocket is closed that nobody is signed in behind."""
FILES_WITHIN = 3.0
"""Seconds within which files of Streamlit's own are given to whom the last one was given."""
_SAFE = frozenset({"GET", "HEAD"})
_KEPT = frozenset({200, 206, 304})


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as far as the gate looks at it."""

    path: str
    query: str
    method: str
    headers: Headers
    secret: str
    language: str
    way: Way

    @property
    def by_a_person(self) -> bool:
        """True if a browser shows the answer as a page."""
        return self.method in _SAFE and "text/html" in self.headers.get("accept", "")


class Gate:
    """Pure ASGI, outermost. `hosts` are the names by which the server may be addressed, none
    for any; `steady` counts seconds."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        site: Site,
        hosts: tuple[str, ...] = (),
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._app = app
        self._site = site
        self._steady = steady
        self._here: dict[str, float] = {}
        self._hosts = tuple(host.lower() for host in hosts)
        index = Path(streamlit.__file__).parent / "static" / "index.html"
        self._app_policy = app_policy(index.read_text(encoding="utf-8"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Lets through, or answers itself."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        asked = _asked(scope)
        scope = dict(scope, headers=without_claims(scope["headers"]))
        send = self._guarding(send, asked)
        if scope["type"] == "websocket":
            await self._line(asked, scope, receive, send)
            return
        try:
            changing = asked.method not in _SAFE
            answer = self._misdirected(asked, changing=changing) or await self._judged(asked)
        except DatabaseRefusal as refused:
            answer = await out_of_order(self._site, asked.language, refused)
        await (answer or self._app)(scope, receive, send)

    def _misdirected(self, asked: Asked, *, changing: bool) -> Response | None:
        """What is answered to a request that is not for us, or not from a page of ours."""
        host = asked.headers.get("host")
        if not plain_path(asked.path):
            return PlainTextResponse("Address not allowed", 400)
        if not named_right(host, self._hosts):
            return PlainTextResponse("Host not allowed", 400)
        origin = asked.headers.get("origin")
        if changing and not own_origin(origin, host, secure=self._site.secure):
            return PlainTextResponse("Origin not allowed", 403)
        return None

    async def _judged(self, asked: Asked) -> Response | None:
        """What is answered instead of letting through."""
        if self._is_open(asked.way) or self._was_here(asked):
            return None
        found = await who(self._site, asked.secret)
        if found is None:
            return _sign_in_first(asked)
        if found.account.must_change and asked.way.need is not Needs.OTHER_PASSWORD:
            return _redirected("/password") if asked.by_a_person else _bare(403)
        if asked.way.need in (Needs.NEVER, Needs.SINGLE_SIGN_ON):
            return await not_found(self._site, asked.language) if asked.by_a_person else _bare(404)
        if isinstance(asked.way.need, Right) and not may(found.account.role, asked.way.need):
            return await not_yours(self._site, asked.language) if asked.by_a_person else _bare(403)
        if asked.way.kind is Kind.FILE:
            self._here = {asked.secret: self._steady()}
        if asked.by_a_person:
            await clicked(self._site, asked.secret, found)
        return _home_instead(asked, found.account.role)

    def _is_open(self, way: Way) -> bool:
        by_hospital = way.need is Needs.SINGLE_SIGN_ON and self._site.single_sign_on
        return way.need is Needs.NOTHING or bool(by_hospital)

    def _was_here(self, asked: Asked) -> bool:
        """True for the many files of a page that one browser fetches at once, and that are the
        same for everybody: whose they are is asked for the first of them."""
        here = self._here.get(asked.secret)
        if asked.way.kind is not Kind.FILE or here is None:
            return False
        return self._steady() - here < FILES_WITHIN

    async def _line(self, asked: Asked, scope: Scope, receive: Receive, send: Send) -> None:
        """A WebSocket: let through if somebody is signed in, and for as long as that holds."""
        found = await self._behind(asked)
        if found is None:
            await receive()
            await send({"type": "websocket.close", "code": NO_SIGN_IN})
            return
        line = OpenLine(self._site, asked.secret, receive, send, self._steady)
        await self._app(scope, line.receive, line.send)

    async def _behind(self, asked: Asked) -> SignIn | None:
        if self._misdirected(asked, changing=True) or asked.way.need is not Needs.SIGN_IN:
            return None
        try:
            found = await who(self._site, asked.secret)
        except DatabaseRefusal:
            return None
        return None if found is None or found.account.must_change else found

    def _guarding(self, send: Send, asked: Asked) -> Send:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                guard(
                    MutableHeaders(scope=message),
                    asked.way.kind,
                    self._app_policy,
                    secure=self._site.secure,
                    kept=message["status"] in _KEPT,
                )
            await send(message)

        return guarded


def _asked(scope: Scope) -> Asked:
    headers = Headers(scope=scope)
    cookies = cookie_parser(headers.get("cookie", ""))
    return Asked(
        path=scope["path"],
        query=scope.get("query_string", b"").decode("latin-1"),
        method=scope.get("method", "GET"),
        headers=headers,
        secret=cookies.get(SIGN_IN_COOKIE, ""),
        language=language_of(cookies.get(LANGUAGE_COOKIE), headers.get("accept-language")),
        way=way_of(scope["path"]),
    )


def _sign_in_first(asked: Asked) -> Response:
    if not asked.by_a_person:
        return _bare(401)
    back = f"?{urlencode({'next': asked.path})}" if isinstance(asked.way.need, Right) else ""
    return _redirected(f"/signin{back}")


def _home_instead(asked: Asked, role: Role) -> Response | None:
    """Streamlit knows a role's first screen only as its start page, not by its own address."""
    if not isinstance(asked.way.need, Right) or asked.path != home_of(role):
        return None
    return _redirected(f"/?{asked.query}" if asked.query else "/")


def _redirected(to: str) -> Response:
    return RedirectResponse(to, 303)


def _bare(status: int) -> Response:
    return PlainTextResponse({401: "Sign in", 403: "Not allowed", 404: "Not found"}[status], status)
