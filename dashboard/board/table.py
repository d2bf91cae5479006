"""What a board keeps between two looks: the week as it was read, and the drawing made of it.

Reading a center costs tenths of a second, looking whether anything has happened a thousandth.
What the web writes shows at once; what a command writes shows at the latest after `TRUST`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from dashboard.board.opened import Opened, opened, with_steps
from dashboard.board.payload import payload
from dashboard.desk import Desk
from dashboard.rights import Right
from db.access.audit import head
from db.drafts import last_step
from db.history import plan_in_force
from db.plans import list_plans

TRUST = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which week somebody wants to see; without a number its latest version."""

    monday: date
    number: int | None
    language: str


@dataclass(frozen=True, slots=True)
class Seen:
    """How far things had gone: versions, publications, steps of the draft, audit entries."""

    versions: int
    published: int
    step: int
    audited: int


@dataclass(frozen=True, slots=True)
class Table:
    """One week, read at a moment. `seen` changes whenever somebody does something; `text` is
    the drawing as JSON."""

    wish: Wish
    seen: Seen
    read_at: datetime
    opened: Opened
    text: str


def laid(
    session: Session, desk: Desk, wish: Wish, now: datetime, last: Table | None
) -> Table | None:
    """The week as it is now; the last one if nothing has happened since. `None` without a plan.

    Raises DatabaseRefusal if there is no version of that number.
    """
    seen = happened(session, desk.site.center, last.opened if last else None)
    known = last if last and last.wish == wish and now - last.read_at < TRUST else None
    if known and known.seen == seen:
        return known
    if known and _only_steps(known.seen, seen):
        found = _seen_by(desk, with_steps(session, known.opened, now))
        read_at = known.read_at
    else:
        number = _number(session, desk, wish)
        whole = opened(session, desk.site, wish.monday, number, now)
        if whole is None:
            return None
        found, read_at = _seen_by(desk, whole), now
    drawn = payload(
        found,
        desk.voice,
        editable=desk.actor.may(Right.EDIT_WEEK),
        override=desk.actor.may(Right.OVERRIDE),
    )
    text = json.dumps(drawn, ensure_ascii=False, separators=(",", ":"))
    return Table(wish, happened(session, desk.site.center, found), read_at, found, text)


def _number(session: Session, desk: Desk, wish: Wish) -> int | None:
    """Who does not edit is shown what is in force, not the latest draft."""
    if wish.number is not None or desk.actor.may(Right.EDIT_WEEK):
        return wish.number
    force = plan_in_force(list_plans(session, desk.site.center), wish.monday)
    return force.number if force else None


def _seen_by(desk: Desk, there: Opened) -> Opened:
    """Moves that nobody has saved are shown only to who may make them."""
    if desk.actor.may(Right.EDIT_WEEK) or not there.steps:
        return there
    return replace(there, steps=(), plan=there.stored.plan)


def happened(session: Session, center: str, there: Opened | None) -> Seen:
    """Something that differs after anybody's move, version, publication or other deed."""
    versions = list_plans(session, center)
    step = 0
    if there is not None:
        step = last_step(session, center, there.version.first_day, there.version.number)
    published = max((one.published.sequence for one in versions if one.published), default=0)
    return Seen(len(versions), published, step, head(session, center)[0])


def _only_steps(before: Seen, now: Seen) -> bool:
    """True if every deed since then was a step on this draft: each writes one audit entry."""
    same = (before.versions, before.published) == (now.versions, now.published)
    return same and now.step - before.step == now.audited - before.audited > 0
