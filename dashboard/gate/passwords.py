"""Changing one's own password, of one's own will or because somebody else knows it."""

from __future__ import annotations

from collections.abc import Sequence

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from dashboard.gate.cookies import SIGN_IN_COOKIE, keep_sign_in
from dashboard.gate.forms import NotAForm, brought_back, form_token, read_form
from dashboard.gate.looking import who
from dashboard.gate.pages import page
from dashboard.gate.reader import language_at
from dashboard.gate.throttle import PER_ACCOUNT, Throttle
from dashboard.site import Site
from db.access.accounts import set_password, stored_password
from db.access.audit import append
from db.access.passwords import SHORTEST, hashed, matches, objections
from db.access.sign_ins import sign_in
from db.connection import reading, writing
from domain.account import Account
from domain.words import Words, words


class PasswordDoor:
    """The page on which a password is changed, with what it remembers of wrong tries."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._tries = Throttle(PER_ACCOUNT)

    async def change(self, request: Request) -> Response:
        """The form, and what is sent with it."""
        found = await who(self._site, request.cookies.get(SIGN_IN_COOKIE, ""))
        if found is None:
            return RedirectResponse("/signin", 303)
        if request.method == "GET":
            return await self._form(request, found.account, ())
        try:
            fields = await read_form(request)
        except NotAForm:
            return PlainTextResponse("Not a form", 400)
        if not brought_back(request, fields):
            return PlainTextResponse("Form not allowed", 403)
        faults = await self._faults(found.account, fields)
        if faults:
            return await self._form(request, found.account, faults)
        secret = await to_thread.run_sync(self._keep, found.account, fields["password"])
        answer = RedirectResponse("/", 303)
        keep_sign_in(answer, secret, secure=self._site.secure)
        return answer

    async def _faults(self, account: Account, fields: dict[str, str]) -> tuple[Words, ...]:
        former, wanted = fields.get("former", ""), fields.get("password", "")
        now = self._site.clock().timestamp()
        if self._tries.take(account.name, now):
            return (words("Too many tries. Please wait a minute."),)
        if not await to_thread.run_sync(self._is_former, account.name, former):
            return (words("The present password is wrong."),)
        self._tries.give_back(account.name, now)
        found = list(objections(wanted, account.name, former))
        if fields.get("again", "") != wanted:
            found.append(words("The new password was typed differently the second time."))
        return tuple(found)

    def _is_former(self, name: str, typed: str) -> bool:
        with reading(self._site.here.database) as session:
            stored = stored_password(session, self._site.center, name)
        return matches(typed, stored)

    def _keep(self, account: Account, password: str) -> str:
        """Stores it, ends every sign-in of the account and begins another in this browser."""
        site, stored, now = self._site, hashed(password), self._site.clock()
        with writing(site.here.database) as session:
            set_password(session, site.center, account.name, stored, now, must_change=False)
            append(session, site.center, now, account.name, account.role, "account.password",
                   account.name, None, None)  # fmt: skip
            return sign_in(session, site.center, account.name, now)

    async def _form(self, request: Request, account: Account, faults: Sequence[Words]) -> Response:
        language = language_at(request)
        say = self._site.speak(language, None)
        values = {
            "token": form_token(request),
            "name": account.name,
            "faults": [say(fault) for fault in faults],
            "shortest": SHORTEST,
        }
        must = words("Somebody else knows your password. Choose one that only you know.")
        may = words("After this, all other browsers in which you are signed in are signed out.")
        texts = _TEXTS | {"text": must if account.must_change else may}
        return await page(
            self._site, language, "password.html", texts, values, 400 if faults else 200
        )


_TEXTS = {
    "title": words("Change the password"),
    "former_label": words("Present password"),
    "password_label": words("New password"),
    "again_label": words("New password again"),
    "rules": words(
        "At least {count} characters; a few words in a row are easy to remember.", count=SHORTEST
    ),
    "act": words("Change the password"),
    "leave": words("Sign out"),
}
