"""The way to the hospital's identity provider and back, step by step, and what came of it."""

from __future__ import annotations

import httpx
from starlette.testclient import TestClient

from dashboard.site import Site
from db.access.audit import Asked, list_entries
from db.connection import reading
from tests.dashboard.gate.world import ORIGIN
from tests.dashboard.world import desk_at

COOKIE, SESSION = "clearshift_sign_in", "_streamlit_session"
START, CALLBACK = "/signin/hospital", "/oauth2callback"
FETCH = {"accept": "*/*"}


def to_provider(client: TestClient, back: str = "/") -> str:
    """Presses the button; where the browser is sent."""
    answer = client.get(START, params={"next": back})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["location"])


def at_provider(address: str) -> str:
    """Somebody types a password at the provider's; where the browser is sent back to."""
    answer = httpx.get(address)
    assert answer.status_code == 302, answer.text
    location = str(answer.headers["location"])
    assert location.startswith(f"{ORIGIN}{CALLBACK}?")
    return location.removeprefix(ORIGIN)


def arrive(client: TestClient, back: str = "/") -> httpx.Response:
    """The whole way."""
    answer: httpx.Response = client.get(at_provider(to_provider(client, back)))
    return answer


def acts(site: Site) -> list[tuple[str, str, str]]:
    """Who did what to whom, in order."""
    with reading(site.here.database) as session:
        entries = list_entries(session, site.center, Asked(), desk_at(site).zone)
    return [(one.who, one.act, one.subject) for one in reversed(entries)]


def signed_in(client: TestClient) -> bool:
    return bool(client.get("/signed-in", headers=FETCH).status_code == 204)


def turned_away(client: TestClient, answer: httpx.Response, status: int = 403) -> None:
    assert (answer.status_code, COOKIE in client.cookies) == (status, False), answer.text
    assert not signed_in(client)
