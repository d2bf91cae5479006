"""Signing in and out.

An unknown name, a closed account and a wrong password get the same answer after the same work,
so that nobody learns from it who has an account.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboard.gate.cookies import FORM_COOKIE, SIGN_IN_COOKIE, keep_sign_in
from dashboard.gate.forms import NotAForm, brought_back, form_token, read_form
from dashboard.gate.looking import who
from dashboard.gate.origin import local, own_path
from dashboard.gate.pages import page
from dashboard.gate.reader import address_of, language_at
from dashboard.gate.throttle import PER_ACCOUNT, PER_ADDRESS, Throttle
from dashboard.site import Site
from db.access.accounts import find_account, plain_name, stored_password
from db.access.audit import append
from db.access.passwords import matches
from db.access.sign_ins import sign_in, sign_out, standing
from db.access.tokens import digest, fresh
from db.connection import reading, writing
from domain.account import Account
from domain.words import Words, words

AT_ONCE = 2
"""So many passwords are held against their hashes at once: each takes 64 MiB."""


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody's try to sign in."""

    name: str
    password: str
    address: str
    next: str
    former: str


class Door:
    """The sign-in of one site, with what it remembers of wrong tries."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._accounts = Throttle(PER_ACCOUNT)
        self._addresses = Throttle(PER_ADDRESS)
        self._limiter: CapacityLimiter | None = None

    async def sign_in(self, request: Request) -> Response:
        """The form, and what is sent with it."""
        if request.method == "POST":
            return await self._tried(request)
        secret = request.cookies.get(SIGN_IN_COOKIE, "")
        if await who(self._site, secret):
            return RedirectResponse(local(request.query_params.get("next", "/")), 303)
        note = words("Your sign-in has ended. What you saved is kept.") if secret else None
        next_one = local(request.query_params.get("next", "/"))
        answer = await self._form(request, Try("", "", "", next_one, ""), note=note)
        if secret:
            answer.delete_cookie(SIGN_IN_COOKIE)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """Ends the sign-in in the database: at once for a link on one of our pages, after a
        question for one from anywhere else."""
        if request.method == "POST":
            fields = await _fields(request)
            if fields is None or not brought_back(request, fields):
                return PlainTextResponse("Form not allowed", 403)
        elif own_path(request) == "/" and request.headers.get("sec-fetch-site") != "same-origin":
            return await self._question(request)
        secret = request.cookies.get(SIGN_IN_COOKIE, "")
        await to_thread.run_sync(self._leave, secret)
        answer = RedirectResponse("/signin", 303)
        answer.delete_cookie(SIGN_IN_COOKIE)
        return answer

    async def _tried(self, request: Request) -> Response:
        fields = await _fields(request)
        if fields is None:
            return PlainTextResponse("Not a form", 400)
        tried = Try(
            plain_name(fields.get("name", ""))[:64],
            fields.get("password", ""),
            address_of(request),
            local(fields.get("next", "/")),
            request.cookies.get(SIGN_IN_COOKIE, ""),
        )
        if not brought_back(request, fields):
            again = words("The page was open for too long. Please try again.")
            return await self._form(request, tried, again, status=400)
        if wait := self._wait(tried):
            return await self._throttled(request, tried, wait)
        found = await self._checked(tried)
        if found is None:
            wrong = words("The name or the password is wrong.")
            return await self._form(request, tried, wrong, status=401)
        account, secret = found
        self._forgive(tried)
        return self._let_in(account, secret, tried)

    def _let_in(self, account: Account, secret: str, tried: Try) -> Response:
        answer = RedirectResponse("/password" if account.must_change else tried.next, 303)
        keep_sign_in(answer, secret, secure=self._site.secure)
        answer.delete_cookie(FORM_COOKIE)
        return answer

    def _wait(self, tried: Try) -> float:
        now = self._site.clock().timestamp()
        wait = self._addresses.take(tried.address, now)
        return wait or self._accounts.take(tried.name, now)

    def _forgive(self, tried: Try) -> None:
        now = self._site.clock().timestamp()
        self._addresses.give_back(tried.address, now)
        self._accounts.give_back(tried.name, now)

    async def _checked(self, tried: Try) -> tuple[Account, str] | None:
        self._limiter = self._limiter or CapacityLimiter(AT_ONCE)
        right = await to_thread.run_sync(self._right, tried, limiter=self._limiter)
        return await to_thread.run_sync(self._begin, tried, right)

    def _right(self, tried: Try) -> str | None:
        with reading(self._site.here.database) as session:
            stored = stored_password(session, self._site.center, tried.name)
        return stored if matches(tried.password, stored) else None

    def _begin(self, tried: Try, right: str | None) -> tuple[Account, str] | None:
        """Signs in if the account is still open and has the password that was found right."""
        site, now = self._site, self._site.clock()
        with writing(site.here.database) as session:
            account = find_account(session, site.center, tried.name)
            held = stored_password(session, site.center, tried.name)
            if account is None:
                return None
            if right is None or right != held:
                append(session, site.center, now, account.name, account.role, "sign_in.refused",
                       account.name, None, None)  # fmt: skip
                return None
            secret = sign_in(session, site.center, account.name, now, tried.former)
            append(session, site.center, now, account.name, account.role, "sign_in",
                   account.name, None, None)  # fmt: skip
        return account, secret

    def _leave(self, secret: str) -> None:
        site, now = self._site, self._site.clock()
        with writing(site.here.database) as session:
            found = standing(session, site.center, secret, now)
            if found is None:
                return
            sign_out(session, site.center, secret, now)
            append(session, site.center, now, found.account.name, found.account.role, "sign_out",
                   found.account.name, None, None)  # fmt: skip

    async def _question(self, request: Request) -> Response:
        texts = {
            "title": words("Sign out"),
            "text": words("Sign out in this browser?"),
            "act": words("Sign out"),
            "back": words("Stay signed in"),
        }
        values = {"token": form_token(request)}
        return await page(self._site, language_at(request), "sign_out.html", texts, values)

    async def _throttled(self, request: Request, tried: Try, wait: float) -> Response:
        seconds = ceil(wait)
        said = words("Too many tries. Please wait {seconds} seconds.", seconds=seconds)
        answer = await self._form(request, tried, said, status=429)
        answer.headers["Retry-After"] = str(seconds)
        return answer

    async def _form(
        self,
        request: Request,
        tried: Try,
        fault: Words | None = None,
        note: Words | None = None,
        status: int = 200,
    ) -> Response:
        language = language_at(request)
        say = self._site.speak(language, None)
        notes = [note] if note else []
        if self._site.demo:
            notes.append(words("Demo: names and password stand in the terminal."))
        bound = request.cookies.get(FORM_COOKIE) or fresh()
        values = {
            "token": digest(f"form:{bound}"),
            "next": tried.next,
            "name": tried.name,
            "faults": [say(fault)] if fault else [],
            "notes": [say(one) for one in notes],
            "hospital": bool(self._site.single_sign_on),
        }
        answer = await page(self._site, language, "sign_in.html", _TEXTS, values, status)
        answer.set_cookie(
            FORM_COOKIE, bound, httponly=True, samesite="lax", secure=self._site.secure
        )
        return answer


async def _fields(request: Request) -> dict[str, str] | None:
    try:
        return await read_form(request)
    except NotAForm:
        return None


_TEXTS = {
    "title": words("Sign in"),
    "name_label": words("User name"),
    "password_label": words("Password"),
    "act": words("Sign in"),
    "or_else": words("or"),
    "by_hospital": words("Use the hospital's account"),
    "forgotten": words("Password forgotten? An administrator of your center gives you another."),
}
