"""A WebSocket that stays open: whether its sign-in still holds is asked again and again.

A page that is left open would otherwise go on showing what is no longer its reader's to see.
"""

from __future__ import annotations

from collections.abc import Callable

from starlette.types import Message, Receive, Send

from dashboard.gate.activity import is_a_click
from dashboard.gate.looking import clicked, who
from dashboard.site import Site
from db.refusal import DatabaseRefusal

ASKED_AGAIN = 10.0
"""Seconds after which what was found out about a sign-in is asked again."""
_ENDED = 4401


class OpenLine:
    """One connection. Every message in either direction asks again if the last answer is old.
    `steady` counts seconds."""

    def __init__(
        self, site: Site, secret: str, receive: Receive, send: Send, steady: Callable[[], float]
    ) -> None:
        self._site = site
        self._secret = secret
        self._receive = receive
        self._send = send
        self._steady = steady
        self._asked_at = steady()
        self._over = False

    async def receive(self) -> Message:
        """The browser's next message; that it went away if nobody is signed in any more."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        click = is_a_click(message.get("bytes") or b"")
        if await self._holds(at_once=click):
            return message
        await self._end()
        return {"type": "websocket.disconnect", "code": _ENDED}

    async def send(self, message: Message) -> None:
        """Hands a message on to the browser, unless nobody is signed in any more."""
        if message["type"] != "websocket.send" or await self._holds(at_once=False):
            if not self._over:
                await self._send(message)
            return
        await self._end()

    async def _holds(self, *, at_once: bool) -> bool:
        now = self._steady()
        if self._over or (not at_once and now - self._asked_at < ASKED_AGAIN):
            return not self._over
        self._asked_at = now
        try:
            found = await who(self._site, self._secret)
            if found is not None and at_once:
                await clicked(self._site, self._secret, found)
        except DatabaseRefusal:
            return True
        return found is not None

    async def _end(self) -> None:
        if not self._over:
            self._over = True
            await self._send({"type": "websocket.close", "code": _ENDED})
