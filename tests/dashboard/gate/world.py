"""A gate with a stub behind it, accounts of every role, and a clock that tests turn."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard.gate.gate import Gate
from dashboard.gate.routes import nothing_else, routes
from dashboard.site import Site
from db.access.accounts import add_account
from db.connection import writing
from domain.account import Account, Role
from tests.dashboard.world import NOW, site_at

PASSWORD = "four quiet blue boats"
HOST = "testserver"
ORIGIN = f"http://{HOST}"
QUICK = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""The same password for everybody, hashed with little work."""
NEWCOMER = "newcomer"
PAGE = {"accept": "text/html", "host": HOST}


@dataclass
class Clock:
    """A moment that a test moves."""

    now: datetime = NOW
    steady: float = 0.0

    def pass_by(self, time: timedelta) -> None:
        """Lets both clocks run."""
        self.now += time
        self.steady += time.total_seconds()


def name_of(role: Role) -> str:
    """The account that a role has in these tests; the same as `desk_at` uses."""
    return role.value.replace(" ", "-")


def add_accounts(site: Site) -> None:
    """One ready account for each role, and a nurse who has to change the password."""
    ready = [Account(name_of(role), name_of(role).title(), role, False) for role in Role]
    with writing(site.here.database) as session:
        for account in (*ready, Account(NEWCOMER, "Newcomer", Role.NURSE, must_change=True)):
            add_account(session, site.center, account, QUICK, "-", NOW)


def site_with(world: Path, clock: Clock, *, secure: bool = False, demo: bool = False) -> Site:
    """What serves a world, by a clock that a test turns."""
    return replace(site_at(world, demo=demo), clock=lambda: clock.now, secure=secure)


def stub(site: Site, clock: Clock, hosts: tuple[str, ...] = (HOST,)) -> Starlette:
    """The gate and its own routes before something that answers everything with what it was
    asked."""
    guard = Middleware(Gate, site=site, hosts=hosts, steady=lambda: clock.steady)
    behind = [WebSocketRoute("/{rest:path}", _echo), Mount("/", _told)]
    return Starlette(routes=[*routes(site), *nothing_else(site), *behind], middleware=[guard])


async def _told(scope: object, receive: object, send: object) -> None:
    request = Request(scope, receive)  # type: ignore[arg-type]
    answer: Response = JSONResponse({"reached": request.url.path, "headers": dict(request.headers)})
    await answer(scope, receive, send)  # type: ignore[arg-type]


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_bytes(await socket.receive_bytes())
    except WebSocketDisconnect:
        return


def browser(app: Starlette, base: str = ORIGIN) -> TestClient:
    """A browser that follows no redirect by itself."""
    return TestClient(app, base_url=base, headers=PAGE, follow_redirects=False)


def token_of(page: str) -> str:
    """The hidden token of a page's form."""
    found = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert found is not None, page
    return found[1]


def try_sign_in(
    client: TestClient, name: str, password: str = PASSWORD, back: str = "/"
) -> tuple[int, str, str]:
    """Opens the form, fills it in; status, where it leads and what it says."""
    client.cookies.delete("clearshift_sign_in")
    token = token_of(client.get("/signin").text)
    fields = {"name": name, "password": password, "token": token, "next": back}
    answer = client.post("/signin", data=fields, headers={"origin": origin_of(client)})
    return answer.status_code, answer.headers.get("location", ""), answer.text


def origin_of(client: TestClient) -> str:
    """What a browser says of the page that a form was on."""
    return str(client.base_url).rstrip("/")


def enter(client: TestClient, name: str) -> str:
    """Signs in; the secret that the browser has got."""
    status, to, said = try_sign_in(client, name)
    assert (status, to) in ((303, "/"), (303, "/password")), said
    return str(client.cookies["clearshift_sign_in"])
