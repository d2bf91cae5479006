"""Headers: which of a request's are believed, and which every answer gets."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache

from starlette.datastructures import MutableHeaders

from dashboard.gate.paths import Kind

Raw = Iterable[tuple[bytes, bytes]]

_BELIEVED = frozenset({b"x-xsrftoken", b"x-requested-with"})
"""The only headers of the kind "x-..." that are handed on: the first is Streamlit's own guard."""
_NEVER_BELIEVED = frozenset({b"authorization", b"forwarded", b"remote-user", b"via"})

PLAIN_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'"
)
"""For our own pages: nothing from elsewhere, no script in the page itself."""


def without_claims(headers: Raw) -> list[tuple[bytes, bytes]]:
    """A request's headers without any that says who somebody is or where they come from: those
    are for the gate to say, and a browser could write anything there."""
    return [(name, value) for name, value in headers if not _claims(name.lower())]


def guard(
    headers: MutableHeaders, kind: Kind, app_policy: str, *, secure: bool, kept: bool = True
) -> None:
    """Puts the headers on an answer that tell the browser what it must not do. A page of ours
    may set a policy of its own, Streamlit's may not. Unless `kept`, no browser keeps even a
    file."""
    if kind is Kind.PLAIN:
        headers.setdefault("Content-Security-Policy", PLAIN_POLICY)
    else:
        headers["Content-Security-Policy"] = app_policy
    headers["X-Content-Type-Options"] = "nosniff"
    headers["X-Frame-Options"] = "DENY"
    headers["Referrer-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
    headers["X-Robots-Tag"] = "noindex, nofollow"
    if not kept or kind is not Kind.FILE:
        headers["Cache-Control"] = "no-store"
    if secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
        _encrypted_only(headers)


def app_policy(index: str) -> str:
    """What Streamlit's page needs: its styles are made by scripts, its charts are compiled in
    the browser, and components are loaded from memory. Scripts within the page run only if they
    are those of `index`, the page as it was installed."""
    scripts = " ".join(f"'sha256-{_sha(text)}'" for text in _scripts(index))
    return (
        "default-src 'self';"
        f" script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob: {scripts};"
        " style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:;"
        " font-src 'self' data:; connect-src 'self' data: blob:; media-src 'self' blob:;"
        " worker-src 'self' blob:; frame-src 'none'; object-src 'none';"
        " form-action 'self'; base-uri 'self'; frame-ancestors 'none'"
    )


def _encrypted_only(headers: MutableHeaders) -> None:
    """Streamlit's own cookies do not say that they go by HTTPS only."""
    for place, (name, value) in enumerate(headers.raw):
        if name == b"set-cookie" and b"; secure" not in value.lower():
            headers.raw[place] = (name, value + b"; Secure")


@cache
def _claims(name: bytes) -> bool:
    foreign = name.startswith(b"x-") and name not in _BELIEVED
    return foreign or b"_" in name or name in _NEVER_BELIEVED


def _scripts(index: str) -> list[str]:
    return re.findall(r"<script>(.*?)</script>", index, re.DOTALL)


def _sha(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
