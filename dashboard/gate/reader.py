"""Who reads a plain page, and in which language."""

from __future__ import annotations

from starlette.requests import Request

from dashboard.gate.cookies import LANGUAGE_COOKIE, language_of


def language_at(request: Request) -> str:
    """The language of a browser's choice or habit."""
    chosen = request.cookies.get(LANGUAGE_COOKIE)
    return language_of(chosen, request.headers.get("accept-language"))


def address_of(request: Request) -> str:
    """Whom tries are counted against: the machine at the other end, or the one that a reverse
    proxy on this machine names, which the server itself has put there."""
    return request.client.host if request.client else "-"
