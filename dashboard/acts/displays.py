"""Making and revoking displays."""

from __future__ import annotations

from datetime import datetime

from dashboard.acts.acting import acting
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.access.displays import add_display, revoke_display
from domain.account import Display, DisplayKind


def make(
    site: Site, actor: Actor, title: str, kind: DisplayKind, expires_at: datetime | None
) -> str:
    """Makes a display and returns the secret of its address. Raises NotAllowed,
    DatabaseRefusal."""
    with acting(site, actor, Right.KEEP_DISPLAYS, "display.add", title.strip()) as deed:
        secret = add_display(
            deed.session, site.center, title, kind, actor.name, deed.now, expires_at
        )
        deed.after = {"kind": kind, "expires_at": expires_at}
    return secret


def revoke(site: Site, actor: Actor, key: str, display: Display) -> None:
    """Closes a display's address for good. Raises NotAllowed, DatabaseRefusal."""
    with acting(site, actor, Right.KEEP_DISPLAYS, "display.revoke", display.title) as deed:
        deed.before = display
        revoke_display(deed.session, site.center, key, deed.now)
