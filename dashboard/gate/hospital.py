"""Signing in with the hospital's account: the provider says who somebody is, the account here what
they may. No account is ever made from outside, and every way back leaves an entry in the audit.

Whoever comes this way needs no password. A one-time password that the account may still have is
therefore made void rather than asked to be changed: it is one that somebody else knows, its owner
may never have seen it, and nobody would ever use it for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from anyio import to_thread
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from dashboard.gate.cookies import SIGN_IN_COOKIE, keep_sign_in
from dashboard.gate.looking import who
from dashboard.gate.origin import local
from dashboard.gate.pages import page
from dashboard.gate.provider import Claims, come_back, leave
from dashboard.gate.reader import address_of, language_at
from dashboard.gate.throttle import PER_ADDRESS, Throttle
from dashboard.site import Site
from db.access.accounts import find_account, plain_name, set_password
from db.access.audit import append
from db.access.first_accounts import STARTER
from db.access.passwords import hashed
from db.access.sign_ins import sign_in
from db.access.tokens import fresh
from db.connection import reading, writing
from domain.words import Words, words

LONGEST_NAME = 64


class Turned(StrEnum):
    """Why somebody who came back was turned away, as the audit names it."""

    FAILED = "sign_in.hospital_failed"
    UNKNOWN = "sign_in.hospital_unknown"
    CLOSED = "sign_in.hospital_closed"


@dataclass(frozen=True, slots=True)
class Arrived:
    """How a way back ended: with the secret of a sign-in, or turned away. `name` is what the
    provider calls who came, empty if it said nothing that can be believed."""

    name: str
    secret: str = ""
    turned: Turned | None = None


class HospitalDoor:
    """The way to the hospital's identity provider and back, with what it remembers of failures."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._tries = Throttle(PER_ADDRESS)

    async def leave(self, request: Request) -> Response:
        """Sends a browser to the provider, unless it is signed in already."""
        back = local(request.query_params.get("next", "/"))
        found = await who(self._site, request.cookies.get(SIGN_IN_COOKIE, ""))
        if found is not None and not found.account.must_change:
            return RedirectResponse(back, 303)
        answer = await leave(request, back)
        return answer or await self._told(request, _SILENT, status=503)

    async def come_back(self, request: Request) -> Response:
        """Signs in whom the provider names, if there is an account of that name."""
        address, now = address_of(request), self._site.clock().timestamp()
        if wait := self._tries.take(address, now):
            return await self._throttled(request, wait)
        found = await come_back(request)
        name = account_name(found.claims, self._site.single_sign_on)
        former = request.cookies.get(SIGN_IN_COOKIE, "")
        arrived = await to_thread.run_sync(self._arrive, name, address, former)
        if arrived.turned is not None:
            return await self._told(request, _reason(arrived), status=403)
        self._tries.give_back(address, now)
        answer = RedirectResponse(local(found.back), 303)
        keep_sign_in(answer, arrived.secret, secure=self._site.secure)
        return answer

    def _arrive(self, name: str, address: str, former: str) -> Arrived:
        site, now = self._site, self._site.clock()
        spare = hashed(fresh()) if self._has_one_time_password(name) else ""
        with writing(site.here.database) as session:
            account = find_account(session, site.center, name) if name else None
            if account is None or not account.enabled:
                return self._turned(session, name, address, known=account is not None)
            role = account.role
            if account.must_change and spare:
                set_password(session, site.center, name, spare, now, must_change=False)
                append(session, site.center, now, name, role, "account.void", name, None, None)
            secret = sign_in(session, site.center, name, now, former)
            append(session, site.center, now, name, role, "sign_in.hospital", name, None, None)
        return Arrived(name, secret)

    def _has_one_time_password(self, name: str) -> bool:
        with reading(self._site.here.database) as session:
            account = find_account(session, self._site.center, name)
        return account is not None and account.enabled and account.must_change

    def _turned(self, session: Session, name: str, address: str, *, known: bool) -> Arrived:
        """Writes down who came, or at least from where."""
        site, now = self._site, self._site.clock()
        turned = Turned.CLOSED if known else Turned.UNKNOWN if name else Turned.FAILED
        append(session, site.center, now, name or STARTER, "", turned.value, name or address,
               None, None)  # fmt: skip
        return Arrived(name, turned=turned)

    async def _throttled(self, request: Request, wait: float) -> Response:
        seconds = ceil(wait)
        said = words("Too many tries. Please wait {seconds} seconds.", seconds=seconds)
        answer = await self._told(request, said, status=429)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    async def _told(self, request: Request, reason: Words, status: int) -> Response:
        texts = {
            "title": words("The hospital's account did not let you in"),
            "text": reason,
            "back": words("To the sign-in"),
        }
        return await page(self._site, language_at(request), "told.html", texts, status=status)


def account_name(claims: Claims | None, claim: str) -> str:
    """What the account is called, by what the provider says; empty if it says nothing that can
    be believed. An address that nobody has confirmed is none, and letters that only look like
    others, or turn into them, make no name."""
    told = (claims or {}).get(claim)
    if claims is None or not isinstance(told, str) or not told.isascii() or not told.isprintable():
        return ""
    if claim == "email" and claims.get("email_verified", True) not in (True, "true"):
        return ""
    name = plain_name(told)
    return name if len(name) <= LONGEST_NAME else ""


def _reason(arrived: Arrived) -> Words:
    match arrived.turned:
        case Turned.UNKNOWN:
            return words(
                "The hospital knows you as {name}, but there is no account of that name here. An"
                " administrator of your center can make one.",
                name=arrived.name,
            )
        case Turned.CLOSED:
            return words(
                "The account {name} is closed. Ask an administrator of your center.",
                name=arrived.name,
            )
    return words(
        "What came back from the hospital's sign-in is not valid, too old or was used before."
        " Please begin again."
    )


_SILENT = words("The hospital's sign-in does not answer. Sign in with name and password.")
