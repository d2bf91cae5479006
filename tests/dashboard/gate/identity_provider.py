"""A hospital's identity provider, small and whole: discovery, authorization, token and keys over
HTTP on this machine. It can be told to answer wrongly, in one way at a time.

Tokens are put together here by hand (RFC 7515), so that what is tested is not also what tests.
"""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import uvicorn
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit import config
from streamlit.runtime.secrets import secrets_singleton

CLIENT, SECRET = "clearshift", "the client's own secret"
DISCOVERY = "/.well-known/openid-configuration"
COOKIE_SECRET = "forty characters that nobody can guess .."
_NUMBERS = count(1)


@cache
def key(number: int = 0) -> rsa.RSAPrivateKey:
    """A key of the provider; another number is somebody else's."""
    del number
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """`says` are the claims of whoever signs in there next; `wrong` replaces claims of the token
    that the provider sets itself, `forged` signs with somebody else's key, `unsigned` not at
    all; `tokenless` says nothing of who it is, `silent` does not work. `codes` are those that were
    given out and not used yet, `asked` the addresses that were."""

    url: str
    says: dict[str, Any] = field(default_factory=lambda: {"preferred_username": "nurse"})
    wrong: dict[str, Any] = field(default_factory=dict)
    forged: bool = False
    unsigned: bool = False
    tokenless: bool = False
    silent: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def become_right(self) -> None:
        """From now on everything is as it should be."""
        for name, value in vars(Provider(self.url)).items():
            setattr(self, name, value)

    def metadata(self) -> dict[str, Any]:
        """What a client has to know."""
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent after somebody has typed a password here."""
        code = f"code-{next(_NUMBERS)}"
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A token for a code, once, and only to the client that asked for it."""
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        query = self.codes.pop(form.get("code", ""), None)
        if authorization != f"Basic {expected}" or query is None:
            return 400, {"error": "invalid_grant"}
        proof = _plain(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if proof != query.get("code_challenge"):
            return 400, {"error": "invalid_grant"}
        told = {"access_token": "opaque", "token_type": "Bearer", "expires_in": 300}
        proven = {} if self.tokenless else {"id_token": self._id_token(query.get("nonce", ""))}
        return 200, told | proven

    def _id_token(self, nonce: str) -> str:
        now = int(time.time())
        claims = {"iss": self.url, "sub": "4711", "aud": CLIENT, "iat": now, "exp": now + 300,
                  "nonce": nonce} | self.says | self.wrong  # fmt: skip
        header = {"alg": "none" if self.unsigned else "RS256", "kid": "1", "typ": "JWT"}
        head = f"{_plain(json.dumps(header).encode())}.{_plain(json.dumps(claims).encode())}"
        if self.unsigned:
            return f"{head}."
        signer = key(1) if self.forged else key()
        return f"{head}.{_plain(signer.sign(head.encode(), padding.PKCS1v15(), SHA256()))}"


@contextmanager
def provider() -> Iterator[Provider]:
    """One that runs until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as line:
        there = Provider(f"http://127.0.0.1:{line.getsockname()[1]}")
        settings = uvicorn.Config(_desk(there), log_level="warning", lifespan="off")
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, args=([line],), daemon=True)
        thread.start()
        yield there
        server.should_exit = True
        thread.join()


def _desk(there: Provider) -> Starlette:
    """The provider's addresses."""

    def discovery(request: Request) -> Response:
        there.asked.append(request.url.path)
        return JSONResponse({} if there.silent else there.metadata(), 503 if there.silent else 200)

    def keys(request: Request) -> Response:
        there.asked.append(request.url.path)
        return JSONResponse({"keys": [_public(key())]})

    def authorize(request: Request) -> Response:
        there.asked.append(request.url.path)
        query = dict(request.query_params)
        if query.get("client_id") != CLIENT or query.get("response_type") != "code":
            return JSONResponse({"error": "invalid_request"}, 400)
        return RedirectResponse(there.authorize(query), 302)

    async def token(request: Request) -> Response:
        there.asked.append(request.url.path)
        form = dict(parse_qsl((await request.body()).decode()))
        status, document = there.token(form, request.headers.get("authorization", ""))
        return JSONResponse(document, status)

    return Starlette(
        routes=[
            Route(DISCOVERY, discovery),
            Route("/keys", keys),
            Route("/authorize", authorize),
            Route("/token", token, methods=["POST"]),
        ]
    )


def secrets_of(there: Provider, origin: str, **changed: str) -> str:
    """What stands in Streamlit's secrets.toml for a server at `origin`."""
    rows = {
        "redirect_uri": f"{origin}/oauth2callback",
        "cookie_secret": COOKIE_SECRET,
        "client_id": CLIENT,
        "client_secret": SECRET,
        "server_metadata_url": f"{there.url}{DISCOVERY}",
    } | changed
    return "[auth]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in rows.items())


@contextmanager
def streamlit_secrets(file: Path) -> Iterator[None]:
    """Streamlit reads its secrets from this file, and from its usual places again afterwards."""
    usual = config.get_option("secrets.files")
    secrets_singleton._reset()
    config.set_option("secrets.files", [str(file)])
    try:
        yield
    finally:
        config.set_option("secrets.files", usual)
        secrets_singleton._reset()


def _public(private: rsa.RSAPrivateKey) -> dict[str, str]:
    numbers = private.public_key().public_numbers()
    return {
        "kty": "RSA", "kid": "1", "use": "sig", "alg": "RS256",
        "n": _plain(numbers.n.to_bytes(256, "big")), "e": _plain(numbers.e.to_bytes(3, "big")),
    }  # fmt: skip


def _plain(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
