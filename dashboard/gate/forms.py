"""Forms of our own pages: read within a limit, and only from a page that we gave out."""

from __future__ import annotations

import hmac
from urllib.parse import parse_qsl

from starlette.requests import Request

from dashboard.gate.cookies import FORM_COOKIE, SIGN_IN_COOKIE
from db.access.tokens import digest

LARGEST = 16 * 1024
_FIELDS = 40


class NotAForm(Exception):
    """What was sent is too large or no form."""


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form; of a repeated one the last. Raises NotAForm."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise NotAForm
    try:
        fields = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict"
        )
    except ValueError:
        raise NotAForm from None
    return dict(fields)


def form_token(request: Request, fallback: str = "") -> str:
    """What a form of this browser has to bring back; made from a secret that only the browser
    has, so that nobody else can fill it in."""
    secret = request.cookies.get(SIGN_IN_COOKIE) or request.cookies.get(FORM_COOKIE) or fallback
    return digest(f"form:{secret}") if secret else ""


def brought_back(request: Request, fields: dict[str, str]) -> bool:
    """True if the form came from a page that this browser was given."""
    expected = form_token(request)
    return bool(expected) and hmac.compare_digest(expected, fields.get("token", ""))
