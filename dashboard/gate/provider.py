"""Streamlit's own login, driven from our side: to the hospital's identity provider and back.

Streamlit would put what the provider said into cookies that last thirty days. Here its answer is
opened before it goes out, read once and thrown away: no browser ever gets such a cookie, and none
that a browser brings along is believed.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from http.cookies import SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import Response
from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    get_redirect_uri,
    get_secrets_auth_section,
    is_authlib_installed,
    validate_auth_credentials,
)
from streamlit.errors import Error as StreamlitError
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_auth_routes import create_auth_routes
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from domain.words import Words, words

CALLBACK = "/oauth2callback"
"""Where the provider sends a browser back to; Streamlit fixes it."""
SHORTEST_SECRET = 32
_LOGIN = "/auth/login"
_PROVIDER = "default"
"""Streamlit's name for the provider whose keys stand in `[auth]` itself."""
_BACK = "back"

Claims = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Return:
    """Somebody who comes back from the provider: what it says of them, nothing if anything was
    wrong; and where in this server they wanted to go."""

    claims: Claims | None
    back: str


def login_faults(address: str) -> tuple[Words, ...]:
    """What is missing before anybody can sign in by the hospital; `address` is how browsers
    reach this server, such as "https://plan.example.org"."""
    if not is_authlib_installed():
        return (words("Single sign-on needs the package Authlib, which is not installed."),)
    try:
        validate_auth_credentials(_PROVIDER)
    except StreamlitError as error:
        said = " ".join(str(error).split())
        return (words("Single sign-on is not set up: {fault}", fault=said),)
    return tuple(_setup_faults(address))


async def leave(request: Request, back: str) -> Response | None:
    """Sends the browser to the provider; `None` if the provider does not answer. What the
    browser has to bring back stands in its session, for one try at a time."""
    request.session.clear()
    request.session[_BACK] = back
    query = urlencode({"provider": encode_provider_token(_PROVIDER)}).encode()
    answer = await _endpoint(_LOGIN)(Request({**request.scope, "query_string": query}))
    return answer if answer.status_code < 400 and "location" in answer.headers else None


async def come_back(request: Request) -> Return:
    """What Streamlit finds: it holds the state against this browser's session, fetches the token
    for the code, and checks its signature, issuer, audience, nonce and time."""
    back = str(request.session.get(_BACK, "/"))
    claims = _claims(await _endpoint(CALLBACK)(request))
    request.session.clear()
    return Return(claims, back)


def _endpoint(path: str) -> Callable[[Request], Awaitable[Response]]:
    found: Any = next(route.endpoint for route in create_auth_routes("") if route.path == path)
    endpoint: Callable[[Request], Awaitable[Response]] = found
    return endpoint


def _claims(answer: Response) -> Claims | None:
    """What Streamlit wanted to put into cookies; large ones come in parts."""
    jar = SimpleCookie()
    for header in answer.headers.getlist("set-cookie"):
        jar.load(header)

    def signed(name: str) -> bytes | None:
        held = jar.get(name)
        return decode_signed_value(get_cookie_secret(), name, held.value) if held else None

    found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    claims: Claims | None = json.loads(found) if found else None
    return claims


def _setup_faults(address: str) -> Iterator[Words]:
    section = get_secrets_auth_section()
    expected, found = f"{address}{CALLBACK}", get_redirect_uri(section)
    if found != expected:
        yield words("redirect_uri in [auth] is {found}; expected {expected}.",
                    found=found or "-", expected=expected)  # fmt: skip
    if len(str(section.get("cookie_secret", ""))) < SHORTEST_SECRET:
        yield words("cookie_secret in [auth] needs {count} random characters at least.",
                    count=SHORTEST_SECRET)  # fmt: skip
    url = str(section.get("server_metadata_url", "-"))
    if not _private(url):
        yield words("server_metadata_url in [auth] is {url}; expected an address that begins"
                    " with https:, or anybody on the way could sign in as anybody.",
                    url=url)  # fmt: skip


def _private(url: str) -> bool:
    """True if nobody on the way can read or change what comes from there."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and _here(parts.hostname or ""))


def _here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
