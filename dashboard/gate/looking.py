"""Who is behind a request: asked of the database each time, so that what was ended is ended."""

from __future__ import annotations

from anyio import to_thread

from dashboard.site import Site
from db.access.sign_ins import SignIn, note_click, standing
from db.connection import reading, writing


async def who(site: Site, secret: str) -> SignIn | None:
    """The sign-in that a browser's secret opens, if it still holds. Raises DatabaseRefusal."""
    if not secret:
        return None
    return await to_thread.run_sync(_who, site, secret)


async def clicked(site: Site, secret: str, found: SignIn) -> None:
    """Moves the idle limit on, if it is worth a write."""
    if found.to_be_noted(site.clock()):
        await to_thread.run_sync(_clicked, site, secret)


def _who(site: Site, secret: str) -> SignIn | None:
    with reading(site.here.database) as session:
        return standing(session, site.center, secret, site.clock())


def _clicked(site: Site, secret: str) -> None:
    with writing(site.here.database) as session:
        note_click(session, site.center, secret, site.clock())
