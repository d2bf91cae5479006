"""The cookies that we set, and how they are read."""

from __future__ import annotations

from starlette.responses import Response

from dashboard.site import LANGUAGES

SIGN_IN_COOKIE = "clearshift_sign_in"
"""The secret of a sign-in; JavaScript never sees it."""
LANGUAGE_COOKIE = "clearshift_language"
FORM_COOKIE = "clearshift_form"
"""What a form of somebody who is not signed in is bound to."""
LANGUAGE_LASTS = 365 * 24 * 3600


def keep_sign_in(answer: Response, secret: str, *, secure: bool) -> None:
    """Gives the browser the secret of its sign-in, for as long as it is open."""
    answer.set_cookie(SIGN_IN_COOKIE, secret, httponly=True, samesite="lax", secure=secure)


def language_of(cookie: str | None, locale: str | None) -> str:
    """The language that somebody has chosen, else the one that the browser asks for, else
    English. `locale` is a language tag, or a whole Accept-Language header."""
    if cookie in LANGUAGES:
        return cookie
    for tag in (locale or "").split(","):
        language = tag.partition(";")[0].strip().replace("_", "-").partition("-")[0].lower()
        if language in LANGUAGES:
            return language
    return LANGUAGES[0]
