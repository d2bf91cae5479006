"""Changing the center's data: all of it checked, stored at once, and told row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dashboard.acts.acting import NotAllowed, acting
from dashboard.desk import Actor
from dashboard.rights import Right
from dashboard.site import Site
from db.load import load_register
from db.save import RowChange, save_register
from domain.register import Register
from domain.words import words


def keep(
    site: Site, actor: Actor, act: str, before: Register, after: Register
) -> tuple[RowChange, ...]:
    """Stores another state of the center, if it still is as it was when somebody began.

    Raises NotAllowed if somebody else has changed it meanwhile or if it is another center's,
    DatabaseRefusal.
    """
    if after.center.code != site.center:
        raise NotAllowed(
            words(
                "This is the center {found}, and here is {here}; nothing was changed.",
                found=after.center.code,
                here=site.center,
            )
        )
    with acting(site, actor, Right.EDIT_MASTER, act, site.center) as deed:
        if load_register(deed.session, site.center) != before:
            raise NotAllowed(
                words(
                    "Somebody else has changed the center's data meanwhile; nothing was stored."
                    " Load it again."
                )
            )
        changes = save_register(deed.session, after)
        deed.after = summary(changes)
    return changes


def summary(changes: Sequence[RowChange]) -> dict[str, dict[str, int]]:
    """How many rows of which table came, went and changed: no names, no results."""
    counted = Counter((change.table, change.kind) for change in changes)
    found: dict[str, dict[str, int]] = {}
    for (table, kind), count in sorted(counted.items()):
        found.setdefault(table, {})[kind] = count
    return found
